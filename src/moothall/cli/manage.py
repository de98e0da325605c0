"""``moothall manage``: Django's own commands."""

from __future__ import annotations

import click

from moothall.cli import django_setup


@click.command(
    name="manage",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as ``moothall manage check --deploy``."""
    django_setup.start()

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs Django started

    execute_from_command_line(["moothall manage", *arguments])
