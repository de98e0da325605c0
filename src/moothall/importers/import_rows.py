"""A list brought in: first rehearsed with the real verbs and taken back, then entered, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.foundation.actors import Actor
from moothall.foundation.audit import chain
from moothall.foundation.errors import NotThere, Refused
from moothall.foundation.translation import say
from moothall.importers.cell_values import Unreadable
from moothall.importers.duplicates import alike
from moothall.importers.kinds import CALENDAR, Importing, proposal
from moothall.importers.references import Names
from moothall.importers.spreadsheets import Row, SheetRefused
from moothall.meetings.actions import NotConfirmed, plan_year
from moothall.meetings.date_problems import Concern
from moothall.meetings.proposals import Proposal, check
from moothall.meetings.queries import concerns_about


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of a row: what would be entered, or why it cannot be; and what speaks against it.

    ``doubt``: it looks like something that is there already. ``code`` names the error, whatever it says.
    """

    number: int
    made: str
    error: str = ""
    concerns: tuple[Concern, ...] = ()
    doubt: str = ""
    code: str = ""


class Doubted(Refused):
    """Rows look like what is there already, and nobody has said that they are meant: show them, and ask."""

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__(" ".join(each.doubt for each in told if each.doubt))
        self.told = list(told)


def check_headings(kind: Importing, rows: Sequence[Row]) -> None:
    """Raise SheetRefused for a list without rows, or whose columns are not the kind's."""
    if not rows:
        raise SheetRefused(_("There is no row below the heading."), code="empty")
    headings = set(rows[0].cells)
    if missing := kind.missing(headings):
        message = _("These columns are missing: {columns}.")
        raise SheetRefused(message.format(columns=", ".join(sorted(missing))), code="missing-columns")
    if unknown := kind.unknown(headings):
        there = ", ".join(column.name for column in kind.columns)
        message = _("These columns are not known: {columns}. There are: {there}.")
        raise SheetRefused(message.format(columns=", ".join(sorted(unknown)), there=there), code="unknown-columns")


def rehearse(kind: Importing, rows: Sequence[Row], *, by: Actor) -> list[Told]:
    """What would become of every row. Nothing stays written."""
    with transaction.atomic():
        by = _alone(by)
        told = _meetings(rows, by)[1] if kind is CALENDAR else _ones(kind, rows, by)
        transaction.set_rollback(True)
    return told


def doubts(told: Sequence[Told]) -> str:
    """Names all that is in doubt, so that a page can say that somebody has read it; "" without any."""
    found = [f"{each.number}/{each.doubt}" for each in told if each.doubt]
    return hashlib.sha256("\n".join(found).encode()).hexdigest() if found else ""


def bring_in(
    kind: Importing, rows: Sequence[Row], *, confirmed: Collection[str] = (), meant: str | None = None, by: Actor
) -> list[Told]:
    """Enter every row, or none: what was told is returned, and when a row has an error nothing was written.

    ``confirmed`` are keys of the concerns about meetings that somebody has read; ``meant`` is what ``doubts`` said of
    the rows that they have read (None: whatever is in doubt). Raises NotConfirmed, Doubted.
    """
    with transaction.atomic():
        by = _alone(by)
        if kind is CALENDAR:
            proposals, told = _meetings(rows, by)
            if not _wrong(told):
                plan_year(proposals=proposals, confirmed=confirmed, by=by)
        else:
            told = _ones(kind, rows, by)
            if meant is not None and not _wrong(told) and doubts(told) != meant:
                raise Doubted(told)
        if _wrong(told):
            transaction.set_rollback(True)
    return told


def _alone(by: Actor) -> Actor:
    """Hold the council's log for the whole list, so that nobody's act comes in between: not even one on roles."""
    chain.lock(by.council)
    return by.steadied()


def _wrong(told: Sequence[Told]) -> bool:
    return any(each.error for each in told)


def _ones(kind: Importing, rows: Sequence[Row], by: Actor) -> list[Told]:
    """Each row by itself; what looks like a row before it, or like what was there before, is in doubt."""
    doubt = alike(kind.name, rows, by)
    names = Names(by)
    return [replace(_one(kind, row, by, names), doubt=doubt.get(row.number, "")) for row in rows]


def _one(kind: Importing, row: Row, by: Actor, names: Names) -> Told:
    try:
        with transaction.atomic():
            kind.check(row.cells)
            return Told(row.number, kind.enter(row.cells, by, names))
    except NotThere:
        return Told(row.number, "", _("It names something that is not there."), code=NotThere.code)
    except (Unreadable, Refused) as error:
        return Told(row.number, "", str(error), code=error.code)


def _meetings(rows: Sequence[Row], by: Actor) -> tuple[list[Proposal], list[Told]]:
    proposals, told, names = [], [], Names(by)
    for row in rows:
        try:
            CALENDAR.check(row.cells)
            found = proposal(row.cells, names)
            check(found)
        except (Unreadable, Refused) as error:
            told.append(Told(row.number, "", str(error), code=error.code))
        else:
            proposals.append(found)
            told.append(
                Told(
                    row.number,
                    _("{body}, {time} on {day}").format(
                        body=found.body, time=f"{found.time:%H:%M}", day=say(found.day)
                    ),
                )
            )
    if _wrong(told):
        return proposals, told
    concerns = concerns_about(by.council, proposals, at=by.at)
    of_row = [tuple(each for each in concerns if each.row == number) for number in range(len(told))]
    return proposals, [Told(each.number, each.made, "", own) for each, own in zip(told, of_row, strict=True)]


__all__ = ["Doubted", "NotConfirmed", "Told", "bring_in", "check_headings", "doubts", "rehearse"]
