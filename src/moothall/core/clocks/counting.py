"""The ways that law counts days (CLK-04, CLK-05): each gives the day, and which days were counted and which not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from moothall.core.clocks.calendar import ONE_DAY, Basis, Calendar, add_months


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day passed over, and why."""

    day: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """A day found by counting from another, with the days between them."""

    day: dt.date
    counted: tuple[dt.date, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def clear_days_before(event: dt.date, days: int, calendar: Calendar, basis: Basis = Basis.WORKING) -> Count:
    """The last day to act that leaves ``days`` clear days before ``event``.

    Neither the day of the act nor that of the event is counted (CLK-04).
    """
    counted, skipped = _walk(event, -days, calendar, basis)
    last, more = _walk(counted[-1] if counted else event, -1, calendar, basis)
    return Count(last[0], tuple(reversed(counted)), tuple(reversed(skipped + more)))


def days_before(event: dt.date, days: int, calendar: Calendar, basis: Basis = Basis.WORKING) -> Count:
    """The ``days``-th counted day before ``event``, itself the last day to act ("10 working days before")."""
    counted, skipped = _walk(event, -days, calendar, basis)
    return Count(counted[-1] if counted else event, tuple(reversed(counted)), tuple(reversed(skipped)))


def clear_days_after(event: dt.date, days: int, calendar: Calendar, basis: Basis = Basis.WORKING) -> Count:
    """The first counted day on which one may act after ``days`` clear days have elapsed since ``event``."""
    counted, skipped = _walk(event, days, calendar, basis)
    first, more = _walk(counted[-1] if counted else event, 1, calendar, basis)
    return Count(first[0], tuple(counted), tuple(skipped + more))


def days_after(event: dt.date, days: int, calendar: Calendar, basis: Basis = Basis.WORKING) -> Count:
    """The last day "within ``days`` days of" ``event``; the day of the event is not counted (CLK-05)."""
    counted, skipped = _walk(event, days, calendar, basis)
    return Count(counted[-1] if counted else event, tuple(counted), tuple(skipped))


def days_beginning_with(event: dt.date, days: int) -> Count:
    """The last of ``days`` calendar days "beginning with" ``event``, which is the first of them (CLK-05)."""
    counted = tuple(event + each * ONE_DAY for each in range(days))
    return Count(counted[-1], counted)


def months_beginning_with(event: dt.date, months: int) -> Count:
    """The last day of ``months`` months "beginning with" ``event``: the day before the corresponding date.

    A month too short for that date is the last of the period, to its end (CLK-05).
    """
    same = add_months(event, months)
    return Count(same - ONE_DAY if same.day == event.day else same)


def months_from(event: dt.date, months: int) -> Count:
    """The corresponding date ``months`` months from ``event``, or the end of a shorter month."""
    return Count(add_months(event, months))


def _walk(event: dt.date, days: int, calendar: Calendar, basis: Basis) -> tuple[list[dt.date], list[Skipped]]:
    """``abs(days)`` counted days from ``event`` on, backwards when negative; and the days passed over."""
    one = ONE_DAY if days > 0 else -ONE_DAY
    counted: list[dt.date] = []
    skipped: list[Skipped] = []
    day = event
    while len(counted) < abs(days):
        day += one
        why = calendar.why_not(day, basis)
        if why is None:
            counted.append(day)
        else:
            skipped.append(Skipped(day, why))
    return counted, skipped
