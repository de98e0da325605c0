"""Days that come again: every so many weeks, each month on the same weekday, or as in the year before. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from dateutil import rrule
from dateutil.relativedelta import relativedelta

YEAR_OF_WEEKS = dt.timedelta(weeks=52)
LAST = -1


def every(weeks: int, weekday: int, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every so many weeks on a weekday (Monday is 0), from the first one on or after ``first`` until ``last``."""
    begins = _midnight(first + relativedelta(weekday=rrule.weekday(weekday)))
    rule = rrule.rrule(rrule.WEEKLY, interval=weeks, dtstart=begins, until=_midnight(last))
    return (each.date() for each in rule)


def monthly(which: int, weekday: int, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Each month on its first to fourth (1 to 4) or last (``LAST``) such weekday, from ``first`` until ``last``."""
    on = rrule.weekday(weekday, which)
    rule = rrule.rrule(rrule.MONTHLY, byweekday=on, dtstart=_midnight(first), until=_midnight(last))
    return (each.date() for each in rule)


def year_after(days: Iterable[dt.date]) -> Iterator[dt.date]:
    """The same days 52 weeks later: the weekday stays, and so nearly does the date."""
    return (day + YEAR_OF_WEEKS for day in days)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
