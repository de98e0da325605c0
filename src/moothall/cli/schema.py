"""``moothall schema``: the JSON Schema of a meeting file, for editors that complete and check as one types."""

from __future__ import annotations

import json

import click

from moothall.core.packs.meeting import meeting_schema


@click.command(name="schema")
def command() -> None:
    """Print the JSON Schema of a meeting file."""
    click.echo(json.dumps(meeting_schema(), indent=2))
