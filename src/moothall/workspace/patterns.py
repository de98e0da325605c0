"""Days that come again: every so many weeks, each month on the same weekday, or as in the year before. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

WEEK = dt.timedelta(weeks=1)
YEAR_OF_WEEKS = dt.timedelta(weeks=52)
LAST = -1


def every(weeks: int, weekday: int, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every so many weeks on a weekday (Monday is 0), from the first one on or after ``first`` until ``last``."""
    day = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += weeks * WEEK


def monthly(which: int, weekday: int, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Each month on its first to fourth (1 to 4) or last (``LAST``) such weekday, from ``first`` until ``last``."""
    month = first.replace(day=1)
    while month <= last:
        following = (month + dt.timedelta(days=31)).replace(day=1)
        days = list(every(1, weekday, month, following - dt.timedelta(days=1)))
        day = days[which if which == LAST else which - 1]
        if first <= day <= last:
            yield day
        month = following


def year_after(days: Iterable[dt.date]) -> Iterator[dt.date]:
    """The same days 52 weeks later: the weekday stays, and so nearly does the date."""
    return (day + YEAR_OF_WEEKS for day in days)
