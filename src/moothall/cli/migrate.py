"""``moothall migrate``: bring the database to this version."""

from __future__ import annotations

import click

from moothall.cli import house


@click.command(name="migrate")
@click.option("--check", is_flag=True, help="Change nothing; end with 1 when something is to be done.")
def command(check: bool) -> None:
    """Make the tables, or bring them to this version of Moothall. Safe to call at every start."""
    house.start()

    from django.conf import settings  # noqa: PLC0415 - needs Django started
    from django.core.management import call_command  # noqa: PLC0415

    if not check:
        from moothall.audit.written import take_everything_away  # noqa: PLC0415
        from moothall.errors import Refused  # noqa: PLC0415

        try:
            take_everything_away(settings.WRITTEN_PAGES)
        except Refused as error:
            raise click.ClickException(str(error)) from None
    call_command("migrate", interactive=False, verbosity=1, check_unapplied=check)
