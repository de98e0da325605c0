"""``moothall migrate``: bring the database to this version."""

from __future__ import annotations

import click

from moothall.cli import django_setup


@click.command(name="migrate")
@click.option("--check", is_flag=True, help="Change nothing; end with 1 when something is to be done.")
def command(check: bool) -> None:
    """Make the tables, or bring them to this version of Moothall. Safe to call at every start."""
    django_setup.start()

    from django.core.management import call_command  # noqa: PLC0415 - needs Django started

    call_command("migrate", interactive=False, verbosity=1, check_unapplied=check)
