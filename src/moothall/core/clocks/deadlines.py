"""Deadlines that explain themselves: the rule, the date found, and every day counted or passed over (CLK-00)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from moothall.core.clocks import counting
from moothall.core.clocks.calendar import ONE_DAY, Basis, Calendar
from moothall.core.clocks.counting import Count, Skipped
from moothall.core.clocks.rules import Convention, Rule, Sense, Unit

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that a rule makes of an event. Kept whole, it can be shown again as it was computed (CLK-40).

    ``counted`` are the days between that count, ``skipped`` those that do not; both in order. ``calendar`` names
    the edition of the calendar.
    """

    rule: Rule
    event: dt.date
    day: dt.date
    counted: tuple[dt.date, ...]
    skipped: tuple[Skipped, ...]
    calendar: str

    @property
    def moment(self) -> dt.datetime:
        """The last moment in time (or, for a first day, the first), Europe/London."""
        if self.rule.sense is Sense.FROM:
            return dt.datetime.combine(self.day, dt.time.min, LONDON)
        return dt.datetime.combine(self.day, self.rule.time or dt.time.max, LONDON)

    def met_by(self, moment: dt.datetime) -> bool:
        """Whether an act at ``moment`` (aware) was in time: 16:30:00 is, 16:30:01 is not (PUB-02)."""
        return moment >= self.moment if self.rule.sense is Sense.FROM else moment <= self.moment

    @property
    def explanation(self) -> str:
        """How the date was found, in words for a clerk."""
        return " ".join(filter(None, (_counted(self), _not_counted(self), _result(self), f"Basis: {_basis(self)}.")))


def deadline(rule: Rule, event: dt.date, calendar: Calendar) -> Deadline:
    """What ``rule`` makes of ``event``. Raises ValueError outside the years of the calendar."""
    count = _count(rule, event, calendar)
    return Deadline(rule, event, count.day, count.counted, count.skipped, calendar.edition)


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


def counts_as(moment: dt.datetime, calendar: Calendar, *, cut_off: dt.time = dt.time(17, 0)) -> dt.date:
    """The working day that an act at ``moment`` counts as: the next one when after ``cut_off`` or on no working day.

    Stricter than arithmetic (CLK-07), so that a pack put up on a Friday night is not called published on Friday.
    """
    local = moment.astimezone(LONDON)
    day = local.date()
    if calendar.counts(day) and local.time() <= cut_off:
        return day
    return calendar.step(day, 1)


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spell(number: int) -> str:
    """Numbers to ten in words."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def say(day: dt.date) -> str:
    """A date as the product prints it: Friday 14 November 2014."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _counted(deadline: Deadline) -> str:
    rule = deadline.rule
    number = spell(rule.count).capitalize()
    if rule.unit is not Unit.DAYS or rule.convention is Convention.BEGINNING_WITH:
        unit = rule.unit if rule.count != 1 else rule.unit[:-1]
        return f"{number} {unit} {rule.convention.replace('-', ' ')} {rule.event} on {say(deadline.event)}."
    kind = {Basis.WORKING: "working ", Basis.CALENDAR: "", Basis.S243_PARISH: "s.243 "}[rule.basis]
    clear = "clear " if "clear" in rule.convention else ""
    days = f": {_runs(deadline.counted)}" if deadline.counted else ""
    return f"{number} {clear}{kind}day{'' if rule.count == 1 else 's'}{days}."


def _not_counted(deadline: Deadline) -> str:
    rule = deadline.rule
    if rule.unit is not Unit.DAYS or rule.convention is Convention.BEGINNING_WITH:
        return ""
    ends = [f"the day of {rule.event}"]
    if "clear" in rule.convention:
        ends.insert(0, f"the day of {rule.act}")
    reasons = [
        f"{_runs([skipped.day for skipped in group])} ({why})"
        for why, group in groupby(deadline.skipped, key=lambda skipped: _kind(skipped.why))
    ]
    return f"Not counted: {', '.join(ends + reasons)}."


def _kind(why: str) -> str:
    return "weekend" if why in {"Saturday", "Sunday"} else why


def _result(deadline: Deadline) -> str:
    rule = deadline.rule
    hour = f" at {rule.time:%H:%M}" if rule.time and rule.sense is Sense.BY else ""
    if rule.sense is Sense.FROM:
        return f"The first day for {rule.act} is {say(deadline.day)}."
    last = "The last day" if rule.sense is Sense.UNTIL else f"The last day for {rule.act}"
    return f"{last} is {say(deadline.day)}{hour}."


def _basis(deadline: Deadline) -> str:
    names = {
        Basis.WORKING: "working days (no weekends, bank holidays or closure days)",
        Basis.CALENDAR: "calendar days",
        Basis.S243_PARISH: "LGA 1972 s.243 (Saturdays count)",
    }
    return names[deadline.rule.basis]


def _runs(days: Sequence[dt.date]) -> str:
    """Days said shortly, runs together: Mon 17 to Fri 21 November 2014."""
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [_run(run) for run in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""


def _run(run: Sequence[dt.date]) -> str:
    last = f"{run[-1]:%a} {run[-1].day} {run[-1]:%B %Y}"
    if len(run) == 1:
        return last
    first = f"{run[0]:%a} {run[0].day}" + ("" if run[0].month == run[-1].month else f" {run[0]:%B}")
    return f"{first} to {last}"
