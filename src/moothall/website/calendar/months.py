"""Months and years as pages show them. No database, no clock."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moothall.core.clocks import add_months, day_before, first_of_month
from moothall.meetings.public import PublicMeeting


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's table, and what is on."""

    day: dt.date
    meetings: tuple[PublicMeeting, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks from Monday to Sunday, with None for the days of other months."""

    first: dt.date
    weeks: tuple[tuple[Day | None, ...], ...]


def last_day(first: dt.date) -> dt.date:
    """The last day of the month that begins on ``first``."""
    return day_before(add_months(first, 1))


def months(meetings: Iterable[PublicMeeting]) -> list[tuple[dt.date, list[PublicMeeting]]]:
    """Meetings in order of time, by the first day of their month."""
    return [(first, list(found)) for first, found in groupby(meetings, key=lambda each: first_of_month(each.day))]


def year(number: int, meetings: Sequence[PublicMeeting]) -> list[Month]:
    """The twelve months of a year, with their meetings."""
    on: dict[dt.date, tuple[PublicMeeting, ...]] = {}
    for each in meetings:
        on[each.day] = (*on.get(each.day, ()), each)
    return [_month(number, month, on) for month in range(1, 13)]


def _month(number: int, month: int, on: dict[dt.date, tuple[PublicMeeting, ...]]) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(number, month)
    return Month(
        dt.date(number, month, 1),
        tuple(tuple(Day(day, on.get(day, ())) if day.month == month else None for day in week) for week in weeks),
    )
