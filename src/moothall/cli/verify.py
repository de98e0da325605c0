"""``moothall verify``: check every council's audit log."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moothall.cli import django_setup

if TYPE_CHECKING:
    from moothall.foundation.audit.chain import Verified

NOTED = re.compile(r"\S+ (\S+) (\d{1,18}) ([0-9a-f]{64})")


@click.command(name="verify")
@click.option("--council", "slug", help="Check this council only, by its short name in addresses.")
@click.option(
    "--note",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, best on another machine, in which the end of each chain is noted and earlier notes are checked.",
)
def command(slug: str | None, note: Path | None) -> int:
    """Check that nobody has changed, removed or put in an entry of the audit log.

    Ends with 1 when something is found. A log that was written anew as a whole, with all its digests, can only be
    found by what was noted elsewhere before: give --note.
    """
    django_setup.start()

    from moothall.foundation.audit import chain  # noqa: PLC0415 - needs Django started
    from moothall.foundation.councils.models import Council  # noqa: PLC0415

    councils = Council.objects.filter(**({"slug": slug} if slug else {})).order_by("slug")
    if slug and not councils:
        raise click.ClickException(f"There is no council “{slug}”.")
    notes = _read(note)
    found = [chain.verify(council, noted=notes.get(council.slug)) for council in councils]
    for verified in found:
        _print(verified)
    gone = [] if slug else sorted(set(notes) - {each.council for each in found})
    for each in gone:
        click.echo(f"{each}: its log was noted elsewhere, and there is no such council any more.", err=True)
    if note:
        _write(note, [each for each in found if not each.flaws])
    return 1 if gone or any(each.flaws for each in found) else 0


def _print(verified: Verified) -> None:
    for number in verified.set_back:
        click.echo(f"{verified.council}: entry {number} says an earlier time than one before it: look at the clock.")
    if not verified.flaws:
        click.echo(f"{verified.council}: {verified.entries} entries, all in order. End: {verified.digest[:16]}")
        return
    click.echo(f"{verified.council}: {verified.entries} entries, {len(verified.flaws)} wrong:", err=True)
    for flaw in verified.flaws:
        click.echo(f"  {f'entry {flaw.number} ' if flaw.number else ''}{flaw.message}", err=True)


def _read(note: Path | None) -> dict[str, dict[int, str]]:
    """The notes made earlier, a line each: time, council, number, digest."""
    noted: dict[str, dict[int, str]] = {}
    if note and note.exists():
        for count, line in enumerate(note.read_text("utf-8").splitlines(), 1):
            found = NOTED.fullmatch(line)
            if found is None:
                raise click.ClickException(
                    f"Line {count} of {note} is no note of the end of a log. Nothing was checked."
                )
            noted.setdefault(found[1], {}).setdefault(int(found[2]), found[3])  # the first note counts
    return noted


def _write(note: Path, found: list[Verified]) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with note.open("a", encoding="utf-8") as file:
        file.writelines(f"{now} {each.council} {each.entries} {each.digest}\n" for each in found if each.entries)
