"""``moothall work``: do the jobs in line."""

from __future__ import annotations

import datetime as dt
import signal
from typing import Any

import click

from moothall.cli import django_setup


@click.command(name="work")
@click.option("--once", is_flag=True, help="Do what is due and nobody is at, and end; for a timer.")
@click.option("--until-empty", is_flag=True, help="End when no job is due and none is at work.")
@click.option(
    "--lease",
    type=click.FloatRange(min=0.2),
    default=60.0,
    show_default=True,
    help="After how many seconds without a sign of life a job is given to another worker.",
)
@click.option("--limit", type=click.FloatRange(min=1), default=900.0, show_default=True, help="Seconds a job may take.")
def command(once: bool, until_empty: bool, lease: float, limit: float) -> None:
    """Do the jobs in line, until told to stop (SIGTERM or Ctrl-C): then the job at hand is brought to its end.

    ``moothall serve`` runs one worker already. Several may run at once, on several machines. What recurs (the check of
    the audit log and the like) is put in line by whichever worker looks first, once each time.
    """
    django_setup.start()
    django_setup.at_work()
    django_setup.warn()

    from moothall.foundation.jobs.worker import Worker  # noqa: PLC0415 - needs Django started

    worker = Worker(lease=dt.timedelta(seconds=lease), limit=dt.timedelta(seconds=limit), interval=min(1.0, lease / 4))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stop(worker))
    click.echo(f"Worker {worker.name} at work.", err=True)
    work = worker.run_once if once else worker.run_until_empty if until_empty else worker.run
    work()


def _stop(worker: Any) -> None:
    click.echo("Stopping when the job at hand is done.", err=True)
    worker.stop()
