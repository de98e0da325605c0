"""A list brought in: first rehearsed with the real verbs and taken back, then entered, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from moothall.actor import Actor
from moothall.errors import NotThere, Refused
from moothall.importers.kinds import CALENDAR, Importing, proposal
from moothall.importers.sheets import Row, SheetRefused
from moothall.importers.words import Unreadable
from moothall.meetings.actions import NotConfirmed, plan_year
from moothall.meetings.concerns import Concern
from moothall.meetings.planning import Proposal, check
from moothall.meetings.queries import concerns_about


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of a row: what would be entered, or why it cannot be; and what speaks against it."""

    number: int
    made: str
    error: str = ""
    concerns: tuple[Concern, ...] = ()


def check_headings(kind: Importing, rows: Sequence[Row]) -> None:
    """Raise SheetRefused for a list without rows, or whose columns are not the kind's."""
    if not rows:
        raise SheetRefused("There is no row below the heading.")
    headings = set(rows[0].cells)
    if missing := kind.missing(headings):
        raise SheetRefused(f"These columns are missing: {', '.join(sorted(missing))}.")
    if unknown := kind.unknown(headings):
        raise SheetRefused(
            f"These columns are not known: {', '.join(sorted(unknown))}. "
            f"There are: {', '.join(column.name for column in kind.columns)}."
        )


def rehearse(kind: Importing, rows: Sequence[Row], *, by: Actor) -> list[Told]:
    """What would become of every row. Nothing stays written."""
    with transaction.atomic():
        told = _meetings(rows, by)[1] if kind is CALENDAR else [_one(kind, row, by) for row in rows]
        transaction.set_rollback(True)
    return told


def bring_in(kind: Importing, rows: Sequence[Row], *, confirmed: Collection[str] = (), by: Actor) -> list[Told]:
    """Enter every row, or none: what was told is returned, and when a row has an error nothing was written.

    ``confirmed`` are keys of the concerns about meetings that somebody has read. Raises NotConfirmed.
    """
    with transaction.atomic():
        if kind is CALENDAR:
            proposals, told = _meetings(rows, by)
            if not _wrong(told):
                plan_year(proposals=proposals, confirmed=confirmed, by=by)
        else:
            told = [_one(kind, row, by) for row in rows]
        if _wrong(told):
            transaction.set_rollback(True)
    return told


def _wrong(told: Sequence[Told]) -> bool:
    return any(each.error for each in told)


def _one(kind: Importing, row: Row, by: Actor) -> Told:
    try:
        with transaction.atomic():
            kind.check(row.cells)
            return Told(row.number, kind.enter(row.cells, by))
    except NotThere:
        return Told(row.number, "", "It names something that is not there.")
    except (Unreadable, Refused) as error:
        return Told(row.number, "", str(error))


def _meetings(rows: Sequence[Row], by: Actor) -> tuple[list[Proposal], list[Told]]:
    proposals, told = [], []
    for row in rows:
        try:
            CALENDAR.check(row.cells)
            found = proposal(row.cells, by)
            check(found)
        except (Unreadable, Refused) as error:
            told.append(Told(row.number, "", str(error)))
        else:
            proposals.append(found)
            told.append(Told(row.number, f"{found.body}, {found.time:%H:%M} on {found.day:%A} {found.day:%d %B %Y}"))
    if _wrong(told):
        return proposals, told
    concerns = concerns_about(by.council, proposals, at=by.at)
    of_row = [tuple(each for each in concerns if each.row == number) for number in range(len(told))]
    return proposals, [Told(each.number, each.made, "", own) for each, own in zip(told, of_row, strict=True)]


__all__ = ["NotConfirmed", "Told", "bring_in", "check_headings", "rehearse"]
