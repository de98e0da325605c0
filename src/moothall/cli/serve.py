"""``moothall serve``: the site, and the worker of its jobs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from moothall.cli import django_setup

PEM = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="serve")
@click.option("--address", default="127.0.0.1", show_default=True, help="The address of this machine to serve at.")
@click.option("--port", default=8000, show_default=True, help="The port to serve at.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer; as many as cores when not given.")
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Threads in each process.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Run a worker of the jobs beside the site.")
@click.option("--certificate", type=PEM, help="A TLS certificate, when no proxy ends TLS.")
@click.option("--key", type=PEM, help="The certificate's key.")
def command(
    *,
    address: str,
    port: int,
    workers: int | None,
    threads: int,
    jobs: bool,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Serve every council of this installation until told to stop (SIGTERM or Ctrl-C).

    Nothing is served, and everything that is missing is said, when the tables are behind or the settings are not
    safe. The address /health answers 200 while the database does.
    """
    django_setup.start()
    django_setup.at_work()
    _ready(address, tls=bool(certificate and key))
    django_setup.warn()

    from moothall.server.server import Wanted, become  # noqa: PLC0415 - needs Django started

    become(
        Wanted(
            address=address,
            port=port,
            workers=workers or os.cpu_count() or 1,
            threads=threads,
            jobs=jobs,
            certificate=str(certificate) if certificate else None,
            key=str(key) if key else None,
        )
    )


def _ready(address: str, *, tls: bool) -> None:
    from django.conf import settings  # noqa: PLC0415 - needs Django started
    from django.core.management import call_command  # noqa: PLC0415

    from moothall.server.readiness import Place, obstacles  # noqa: PLC0415

    found = obstacles(Place(address, tls))
    if found:
        raise click.ClickException("Nothing is served:\n" + "\n".join(f"- {each}" for each in found))
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
