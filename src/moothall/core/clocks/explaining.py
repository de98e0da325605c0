"""A deadline in words: which days were counted and which not, the day found, the basis (CLK-00)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from moothall.core.clocks.calendar import ONE_DAY, Basis
from moothall.core.clocks.rules import Convention, Sense, Unit
from moothall.core.wording import MONTHS, SHORT_WEEKDAYS, Words, gettext_noop, listed, say

if TYPE_CHECKING:
    from moothall.core.clocks.deadlines import Deadline

_NUMBERS = (
    gettext_noop("No"),
    gettext_noop("One"),
    gettext_noop("Two"),
    gettext_noop("Three"),
    gettext_noop("Four"),
    gettext_noop("Five"),
    gettext_noop("Six"),
    gettext_noop("Seven"),
    gettext_noop("Eight"),
    gettext_noop("Nine"),
    gettext_noop("Ten"),
)


def explain(deadline: Deadline, words: Words) -> str:
    """How the date was found, in words for a clerk."""
    found = (_counted(deadline, words), _not_counted(deadline, words), _result(deadline, words), _off(deadline, words))
    return " ".join(filter(None, (*found, _basis(deadline, words))))


def _number(number: int, words: Words) -> str:
    """Numbers to ten in words, as a sentence begins with them."""
    return words.gettext(_NUMBERS[number]) if 0 <= number < len(_NUMBERS) else str(number)


def _counted(deadline: Deadline, words: Words) -> str:
    rule = deadline.rule
    number = _number(rule.count, words)
    if _is_period(deadline):
        said = _period(deadline, words)
        return said.format(number=number, event=words.gettext(rule.event), day=say(deadline.event, words))
    days = f": {_runs(deadline.counted, words)}" if deadline.counted else ""
    return f"{_kind_of_days(deadline, words).format(number=number)}{days}."


def _is_period(deadline: Deadline) -> bool:
    return deadline.rule.unit is not Unit.DAYS or deadline.rule.convention is Convention.BEGINNING_WITH


def _period(deadline: Deadline, words: Words) -> str:
    count = deadline.rule.count
    if deadline.rule.convention is Convention.FROM:
        return {
            Unit.DAYS: words.ngettext(
                "{number} day from {event} on {day}.", "{number} days from {event} on {day}.", count
            ),
            Unit.MONTHS: words.ngettext(
                "{number} month from {event} on {day}.", "{number} months from {event} on {day}.", count
            ),
            Unit.YEARS: words.ngettext(
                "{number} year from {event} on {day}.", "{number} years from {event} on {day}.", count
            ),
        }[deadline.rule.unit]
    return {
        Unit.DAYS: words.ngettext(
            "{number} day beginning with {event} on {day}.", "{number} days beginning with {event} on {day}.", count
        ),
        Unit.MONTHS: words.ngettext(
            "{number} month beginning with {event} on {day}.", "{number} months beginning with {event} on {day}.", count
        ),
        Unit.YEARS: words.ngettext(
            "{number} year beginning with {event} on {day}.", "{number} years beginning with {event} on {day}.", count
        ),
    }[deadline.rule.unit]


def _kind_of_days(deadline: Deadline, words: Words) -> str:
    count, basis = deadline.rule.count, deadline.rule.basis
    if _is_clear(deadline):
        return {
            Basis.WORKING: words.ngettext("{number} clear working day", "{number} clear working days", count),
            Basis.CALENDAR: words.ngettext("{number} clear day", "{number} clear days", count),
            Basis.S243_PARISH: words.ngettext("{number} clear s.243 day", "{number} clear s.243 days", count),
        }[basis]
    return {
        Basis.WORKING: words.ngettext("{number} working day", "{number} working days", count),
        Basis.CALENDAR: words.ngettext("{number} day", "{number} days", count),
        Basis.S243_PARISH: words.ngettext("{number} s.243 day", "{number} s.243 days", count),
    }[basis]


def _is_clear(deadline: Deadline) -> bool:
    return deadline.rule.convention in {Convention.CLEAR_BEFORE, Convention.CLEAR_AFTER}


def _not_counted(deadline: Deadline, words: Words) -> str:
    if _is_period(deadline):
        return ""
    rule = deadline.rule
    the_day = words.gettext("the day of {what}")
    ends = [
        the_day.format(what=words.gettext(what))
        for what in ((rule.act,) if _is_clear(deadline) else ()) + (rule.event,)
    ]
    reasons = [
        words.gettext("{days} ({why})").format(
            days=_runs([skipped.day for skipped in group], words), why=words.gettext(why)
        )
        for why, group in groupby(deadline.skipped, key=lambda skipped: _kind(skipped.why))
    ]
    return words.gettext("Not counted: {days}.").format(days=", ".join(ends + reasons))


def _kind(why: str) -> str:
    return gettext_noop("weekend") if why in {"Saturday", "Sunday"} else why


def _result(deadline: Deadline, words: Words) -> str:
    rule = deadline.rule
    told = {"act": words.gettext(rule.act), "day": say(deadline.day, words)}
    if rule.sense is Sense.FROM:
        return words.gettext("The first day for {act} is {day}.").format(**told)
    if rule.sense is Sense.UNTIL:
        return words.gettext("The last day is {day}.").format(**told)
    if rule.time and deadline.last_working is None:
        said = words.gettext("The last day for {act} is {day} at {time}.")
        return said.format(**told, time=f"{rule.time:%H:%M}")
    return words.gettext("The last day for {act} is {day}.").format(**told)


def _off(deadline: Deadline, words: Words) -> str:
    """What is published on a day off counts as the next working day (CLK-07), and so would be late."""
    if deadline.last_working is None:
        return ""
    last = say(deadline.last_working, words)
    if deadline.rule.time:
        said = words.gettext(
            "That is no working day, and publication then counts as the next one: publish by {day} at {time}."
        )
        return said.format(day=last, time=f"{deadline.rule.time:%H:%M}")
    return words.gettext(
        "That is no working day, and publication then counts as the next one: publish by {day}."
    ).format(day=last)


def _basis(deadline: Deadline, words: Words) -> str:
    return {
        Basis.WORKING: words.gettext("Basis: working days (no weekends, bank holidays or closure days)."),
        Basis.CALENDAR: words.gettext("Basis: calendar days."),
        Basis.S243_PARISH: words.gettext("Basis: LGA 1972 s.243 (Saturdays count)."),
    }[deadline.rule.basis]


def _runs(days: Sequence[dt.date], words: Words) -> str:
    """Days said shortly, runs together: Mon 17 to Fri 21 November 2014."""
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([_run(run, words) for run in runs], words)


def _run(run: Sequence[dt.date], words: Words) -> str:
    first, last = _parts(run[0], words), _parts(run[-1], words)
    end = words.gettext("{weekday} {day} {month} {year}").format(**last)
    if len(run) == 1:
        return end
    if run[0].month == run[-1].month:
        start = words.gettext("{weekday} {day}").format(**first)
    else:
        start = words.gettext("{weekday} {day} {month}").format(**first)
    return words.gettext("{first} to {last}").format(first=start, last=end)


def _parts(day: dt.date, words: Words) -> dict[str, object]:
    return {
        "weekday": words.gettext(SHORT_WEEKDAYS[day.weekday()]),
        "day": day.day,
        "month": words.gettext(MONTHS[day.month - 1]),
        "year": day.year,
    }
