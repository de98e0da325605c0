"""``moothall demo``: Avonmere, a council that does not exist: its site, its books and one meeting's pack."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import click

from moothall.cli import django_setup
from moothall.cli.output import Progress, summary
from moothall.cli.pack import default_store, open_store
from moothall.core.packs.meeting_file import load
from moothall.core.packs.pack import build
from moothall.foundation.demo_files import demo_folder

MEETING = "avonmere/2014-11-24/meeting.toml"
TODAY = dt.date(2014, 11, 24)


@click.command(name="demo")
@click.option("--out", type=click.Path(path_type=Path), default=Path("var/demo"), help="Where the demo is written.")
@click.option("--no-serve", is_flag=True, help="Stop after the summary.")
@click.option("--fresh", is_flag=True, help="Enter the council anew, forgetting what was changed in it.")
@click.option("--port", default=8000, show_default=True, help="Where the site is served on this machine.")
def command(out: Path, no_serve: bool, fresh: bool, port: int) -> None:
    """Build the demo council, Avonmere; publish a meeting's pack and check its figures; serve the site.

    A second time, what is there already is kept.
    """
    began = time.monotonic()
    pack = out / "2014-11-24"
    with Progress() as progress:
        made = build(
            load(demo_folder() / MEETING), pack, store=open_store(_cache(out)), progress=progress.step, alone=True
        )
    summary(made, time.monotonic() - began)
    _check_figures(pack)
    _council(out / "council", fresh=fresh)
    click.echo(f"\nThe pack: {(pack / 'html' / 'index.html').resolve().as_uri()}")
    if not no_serve:
        _serve(port)


def _cache(out: Path) -> Path:
    return default_store() if os.environ.get("MOOTHALL_CACHE") else out / "cache"


def _check_figures(pack: Path) -> None:
    """Say in a line or two what the checker finds; the pack is made of a real one and has its slips."""
    from moothall.core.figures import Severity, check_paper, read_paper  # noqa: PLC0415 - keeps --help quick

    report = check_paper(read_paper(pack / "pack.pdf"))
    worst = [each for each in report.findings if each.severity > Severity.ROUNDING]
    click.echo(f"\nFigures: {len(worst)} findings. moothall check {pack / 'pack.pdf'} tells them all.")
    for each in worst[:3]:
        click.echo(click.wrap_text(each.message, 100, "  - ", "    "))


def _council(folder: Path, *, fresh: bool) -> None:
    """Enter the demo council into a database of its own, all or nothing, unless it is there."""
    os.environ |= {
        "MOOTHALL_MODE": "development",
        "MOOTHALL_DATA": str(folder.absolute()),
        "MOOTHALL_DEMO": TODAY.isoformat(),
        "DATABASE_URL": "",
    }
    if fresh:
        for file in folder.glob("moothall.sqlite3*"):
            file.unlink()
    django_setup.start()

    from django.core.management import call_command  # noqa: PLC0415 - needs Django started

    from moothall.demo.council import build as build_council  # noqa: PLC0415
    from moothall.foundation.councils.models import Council  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    council = Council.objects.first() or build_council(TODAY)
    click.echo(f"\n{council.name} is in {folder}: bodies, members, the meetings of 2014-15, a forward plan.")


def _serve(port: int) -> None:
    from django.conf import settings  # noqa: PLC0415 - needs Django started

    from moothall.demo.files import logins  # noqa: PLC0415
    from moothall.demo.logins import PASSWORD  # noqa: PLC0415
    from moothall.server.server import Wanted, become  # noqa: PLC0415

    click.echo(f"\nOpen http://127.0.0.1:{port}/ in a browser; Ctrl-C ends. Here it is always 24 November 2014.")
    click.echo(f"Sign in at http://127.0.0.1:{port}/account/login/ with the password {PASSWORD} as one of:")
    for login in logins():
        click.echo(f"  {login.role:<18} {login.email}")
    click.echo(
        f"No email leaves this machine: emails, with the links in them, are files in {settings.EMAIL_FILE_PATH}."
    )
    become(Wanted(address="127.0.0.1", port=port, workers=1, threads=2, jobs=True))
