"""``moothall inspect``: what is in a PDF, and what the press would take out of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from moothall.core.pdf.reader import inspect, readable
from moothall.core.pdf.reader.inspection import to_plain


@click.command(name="inspect")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "machine", is_flag=True, help="Print JSON for machines.")
def command(file: Path, machine: bool) -> None:
    """Say what is in a PDF: pages, tags, fonts, text, risks.

    Example: moothall inspect scan.pdf
    """
    found = inspect(file)
    click.echo(json.dumps(to_plain(found), indent=2) if machine else "\n".join(readable(found)))
