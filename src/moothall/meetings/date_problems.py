"""What speaks against a day for a meeting: clashes, holidays, recess, elections. No database; warnings, never bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from moothall.core.clocks import Calendar
from moothall.core.wording import ENGLISH, Words, listed, say


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
    words: Words = ENGLISH,
) -> tuple[Concern, ...]:
    """Everything that speaks against the proposed meetings, in their order; a clash is told once, at the later row."""
    found: list[Concern] = []
    for row, sitting in enumerate(proposed):
        found += _of_day(row, sitting, calendar, words)
        found += _of_periods(row, sitting, periods, words)
        if sitting.start < now:
            found.append(
                Concern(row, Against.PAST, words.gettext("{day} is past.").format(day=say(sitting.day, words)))
            )
        for other in (*existing, *proposed[:row]):
            found += _of_two(row, sitting, other, words)
    return tuple(found)


def _of_day(row: int, sitting: Sitting, calendar: Calendar, words: Words) -> Iterator[Concern]:
    if why := calendar.why_not(sitting.day):
        weekend = why in {"Saturday", "Sunday"}
        told = words.gettext("{day} is a weekend.") if weekend else words.gettext("{day} does not count: {why}.")
        yield Concern(row, Against.DAY, told.format(day=say(sitting.day, words), why=words.gettext(why)))


def _of_periods(row: int, sitting: Sitting, periods: Sequence[Span], words: Words) -> Iterator[Concern]:
    told = words.gettext("{day} is in “{period}”.")
    for span in periods:
        if span.first_day <= sitting.day <= span.last_day:
            yield Concern(row, Against.PERIOD, told.format(day=say(sitting.day, words), period=span.name))


def _of_two(row: int, one: Sitting, other: Sitting, words: Words) -> Iterator[Concern]:
    time, day = f"{other.start.astimezone(one.start.tzinfo):%H:%M}", say(other.day, words)
    if one.body == other.body and one.day == other.day:
        told = words.gettext("{body} meets at {time} on {day} already.")
        yield Concern(row, Against.BODY, told.format(body=one.body, time=time, day=day))
    if not one.meets(other):
        return
    if one.room and one.room == other.room:
        told = words.gettext("{room} is taken by {body} at {time} on {day}.")
        yield Concern(row, Against.ROOM, told.format(room=one.room, body=other.body, time=time, day=day))
    both = sorted(name for _, name in one.people & other.people)
    if both and one.body != other.body:
        told = words.ngettext(
            "{people} sits on {body} and {other}, which meets at {time} on {day}.",
            "{people} sit on {body} and {other}, which meets at {time} on {day}.",
            len(both),
        )
        people = _told(both, words)
        yield Concern(
            row, Against.MEMBERS, told.format(people=people, body=one.body, other=other.body, time=time, day=day)
        )


def _told(names: Sequence[str], words: Words) -> str:
    """ "Anna Lee", "Anna Lee, Ben Okoro and 2 others" """
    if len(names) <= 3:
        return listed(names, words)
    others = words.ngettext("{number} other", "{number} others", len(names) - 2).format(number=len(names) - 2)
    return listed([*names[:2], others], words)
