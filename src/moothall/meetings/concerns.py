"""What speaks against a day for a meeting: clashes, holidays, recess, elections. No database; warnings, never bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from moothall.core.clocks import Calendar, say


class Against(StrEnum):
    """What a concern is about."""

    MEMBERS = "members"
    ROOM = "room"
    BODY = "body"
    DAY = "day"
    PERIOD = "period"
    PAST = "past"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look at before entering meeting number ``row`` (from 0) of a list."""

    row: int
    against: Against
    message: str

    @property
    def key(self) -> str:
        """Names the concern, so that a page can say that somebody has read it."""
        return f"{self.row}/{self.against}/{self.message}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as far as clashes go: aware times, its local day, and who sits on the body, as id and name."""

    body: str
    start: dt.datetime
    end: dt.datetime
    day: dt.date
    room: str = ""
    people: frozenset[tuple[int, str]] = frozenset()

    def meets(self, other: Sitting) -> bool:
        """Whether the two overlap; one that begins when the other ends does not."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Span:
    """A recess or an election; both days included."""

    name: str
    first_day: dt.date
    last_day: dt.date


def concerns(
    proposed: Sequence[Sitting],
    existing: Sequence[Sitting],
    *,
    calendar: Calendar,
    periods: Sequence[Span],
    now: dt.datetime,
) -> tuple[Concern, ...]:
    """Everything that speaks against the proposed meetings, in their order; a clash is told once, at the later row."""
    found: list[Concern] = []
    for row, sitting in enumerate(proposed):
        found += _of_day(row, sitting, calendar, periods, now)
        for other in (*existing, *proposed[:row]):
            found += _of_two(row, sitting, other)
    return tuple(found)


def _of_day(
    row: int, sitting: Sitting, calendar: Calendar, periods: Sequence[Span], now: dt.datetime
) -> Iterator[Concern]:
    if why := calendar.why_not(sitting.day):
        is_name = why == f"{sitting.day:%A}"
        told = "is a weekend" if is_name else f"does not count: {why}"
        yield Concern(row, Against.DAY, f"{say(sitting.day)} {told}.")
    for span in periods:
        if span.first_day <= sitting.day <= span.last_day:
            yield Concern(row, Against.PERIOD, f"{say(sitting.day)} is in “{span.name}”.")
    if sitting.start < now:
        yield Concern(row, Against.PAST, f"{say(sitting.day)} is past.")


def _of_two(row: int, one: Sitting, other: Sitting) -> Iterator[Concern]:
    when = f"{other.start.astimezone(one.start.tzinfo):%H:%M} on {say(other.day)}"
    if one.body == other.body and one.day == other.day:
        yield Concern(row, Against.BODY, f"{one.body} meets at {when} already.")
    if not one.meets(other):
        return
    if one.room and one.room == other.room:
        yield Concern(row, Against.ROOM, f"{one.room} is taken by {other.body} at {when}.")
    both = sorted(name for _, name in one.people & other.people)
    if both and one.body != other.body:
        yield Concern(row, Against.MEMBERS, f"{_told(both)} on {one.body} and {other.body}, which meets at {when}.")


def _told(names: Sequence[str]) -> str:
    """ "Anna Lee sits", "Anna Lee, Ben Okoro and 2 others sit" """
    if len(names) == 1:
        return f"{names[0]} sits"
    shown, more = (names, 0) if len(names) <= 3 else (names[:2], len(names) - 2)
    last = f"{more} others" if more else shown[-1]
    return f"{', '.join(shown if more else shown[:-1])} and {last} sit"
