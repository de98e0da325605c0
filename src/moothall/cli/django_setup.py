"""Starts Django for the commands that need it, with SQLite's folder made; and who is at work in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

LOCK = "at-work.lock"


def start() -> None:
    """Set Django up from the environment. Raises SystemExit with a paragraph of help when something is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.settings")

    import django  # noqa: PLC0415 - only the commands that need it pay for it
    from django.conf import settings  # noqa: PLC0415

    settings.DATA.mkdir(parents=True, exist_ok=True)
    django.setup()


def at_work() -> None:
    """Keep a restore away for as long as this process lives, also when it becomes another program.

    Raises ClickException while a backup is being restored here.
    """
    if not _locked(together=True):
        raise click.ClickException("A backup is being restored here: wait until that is done.")


def warn() -> None:
    """Say on standard error what works only in part, at every start of the site or a worker."""
    from moothall.server.readiness import warnings  # noqa: PLC0415 - needs Django started

    for each in warnings():
        click.secho(f"WARNING: {each}", err=True, bold=True, fg="yellow")


@contextmanager
def stopped() -> Iterator[None]:
    """The time in which nobody is at work in this folder. Raises ClickException when somebody is."""
    place = _locked(together=False)
    if place is None:
        raise click.ClickException(
            "The site or a worker is running here: stop it first (moothall serve, moothall work)."
        )
    try:
        yield
    finally:
        os.close(place)


def _locked(*, together: bool) -> int | None:
    """The lock of the data folder, which the system lets go when the process ends; None when others have it."""
    import fcntl  # noqa: PLC0415 - not on Windows, where nothing is served

    from django.conf import settings  # noqa: PLC0415

    place = os.open(settings.DATA / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    os.set_inheritable(place, True)
    try:
        fcntl.flock(place, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        return None
    return place
