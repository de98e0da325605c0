"""Deadlines that explain themselves: the rule, the date found, and every day counted or passed over (CLK-00)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from moothall.core.clocks import counting
from moothall.core.clocks.calendar import Basis, Calendar
from moothall.core.clocks.counting import Count, Skipped
from moothall.core.clocks.explaining import explain
from moothall.core.clocks.rules import Convention, Rule, Sense, Unit
from moothall.core.wording import ENGLISH, Words

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that a rule makes of an event. Kept whole, it can be shown again as it was computed (CLK-40).

    ``counted`` are the days between that count, ``skipped`` those that do not; both in order. ``calendar`` names
    the edition of the calendar. ``last_working`` is set where ``day`` is no working day and what is published on one
    counts as the next (CLK-07): the last working day before, on which it has to be done.
    """

    rule: Rule
    event: dt.date
    day: dt.date
    counted: tuple[dt.date, ...]
    skipped: tuple[Skipped, ...]
    calendar: str
    last_working: dt.date | None = None

    @property
    def by(self) -> dt.date:
        """The day by which it is done in time whatever the day: ``day``, or the last working day before it."""
        return self.last_working or self.day

    @property
    def moment(self) -> dt.datetime:
        """The last moment in time (or, for a first day, the first), Europe/London."""
        if self.rule.sense is Sense.FROM:
            return dt.datetime.combine(self.day, dt.time.min, LONDON)
        return dt.datetime.combine(self.by, self.rule.time or dt.time.max, LONDON)

    def met_by(self, moment: dt.datetime) -> bool:
        """Whether an act at ``moment`` (aware) was in time: 16:30:00 is, 16:30:01 is not (PUB-02)."""
        return moment >= self.moment if self.rule.sense is Sense.FROM else moment <= self.moment

    @property
    def explanation(self) -> str:
        """How the date was found, in English words for a clerk; ``explained`` tells it in another language."""
        return self.explained(ENGLISH)

    def explained(self, words: Words) -> str:
        """How the date was found, in words for a clerk."""
        return explain(self, words)


def deadline(rule: Rule, event: dt.date, calendar: Calendar) -> Deadline:
    """What ``rule`` makes of ``event``. Raises ValueError outside the years of the calendar."""
    count = _count(rule, event, calendar)
    last = _last_working(count.day, calendar) if rule.on_working_days else None
    return Deadline(rule, event, count.day, count.counted, count.skipped, calendar.edition, last)


def _last_working(day: dt.date, calendar: Calendar) -> dt.date | None:
    return None if calendar.counts(day) else calendar.step(day, -1)


def _count(rule: Rule, event: dt.date, calendar: Calendar) -> Count:
    if rule.unit is not Unit.DAYS:
        months = rule.count * (12 if rule.unit is Unit.YEARS else 1)
        beginning = rule.convention is Convention.BEGINNING_WITH
        return counting.months_beginning_with(event, months) if beginning else counting.months_from(event, months)
    if rule.convention is Convention.BEGINNING_WITH:
        return counting.days_beginning_with(event, rule.count)
    ways = {
        Convention.CLEAR_BEFORE: counting.clear_days_before,
        Convention.BEFORE: counting.days_before,
        Convention.CLEAR_AFTER: counting.clear_days_after,
        Convention.AFTER: counting.days_after,
    }
    return ways[rule.convention](event, rule.count, calendar, rule.basis)


def counts_as(
    moment: dt.datetime, calendar: Calendar, *, cut_off: dt.time = dt.time(17, 0), basis: Basis = Basis.WORKING
) -> dt.date:
    """The day that an act at ``moment`` counts as: the next one that counts when after ``cut_off`` or on no such day.

    By working days stricter than arithmetic (CLK-07), so that a pack put up on a Friday night is not called published
    on Friday; with ``Basis.CALENDAR`` a Saturday is a day like any other.
    """
    local = moment.astimezone(LONDON)
    day = local.date()
    if calendar.counts(day, basis) and local.time() <= cut_off:
        return day
    return calendar.step(day, 1, basis)
