"""``moothall demo``: the meeting pack of Avonmere, a council that does not exist."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from moothall.cli.pack import default_store, open_store
from moothall.cli.showing import Progress, summary
from moothall.core.press.meeting_file import load
from moothall.core.press.pack import build
from moothall.demo_files import demo_folder

MEETING = "avonmere/2014-11-24/meeting.toml"


@click.command(name="demo")
@click.option("--out", type=click.Path(path_type=Path), default=Path("var/demo"), help="Where the demo is written.")
@click.option("--no-serve", is_flag=True, help="Stop after the summary.")
def command(out: Path, no_serve: bool) -> None:
    """Publish the meeting pack of the demo council, Avonmere."""
    began = time.monotonic()
    pack = out / "2014-11-24"
    with Progress() as progress:
        made = build(load(demo_folder() / MEETING), pack, store=open_store(_cache(out)), progress=progress.step)
    summary(made, time.monotonic() - began)
    if not no_serve:
        click.echo(f"\nOpen {(pack / 'html' / 'index.html').resolve().as_uri()} in a browser.")


def _cache(out: Path) -> Path:
    return default_store() if os.environ.get("MOOTHALL_CACHE") else out / "cache"
