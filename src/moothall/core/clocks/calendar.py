"""Which days count, and why a day does not (CLK-01, CLK-02)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dateutil.relativedelta import relativedelta

from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR, Nation, bank_holidays, version
from moothall.core.wording import gettext_noop

ONE_DAY = dt.timedelta(days=1)


class Basis(StrEnum):
    """Which days are counted.

    WORKING: Monday to Friday, no bank holiday, no closure day (*R v Swansea CC ex p Elitestone*).
    S243_PARISH: the reading of parish councils (LGA 1972 s.243): Saturdays count; Sundays, bank holidays and the
    Christmas and Easter breaks do not.
    CALENDAR: every day.
    """

    WORKING = "working"
    S243_PARISH = "s243_parish"
    CALENDAR = "calendar"


class HolidaysUnknown(ValueError):
    """Days of a year were to be counted whose bank holidays nobody knows."""

    first, last = FIRST_YEAR, LAST_YEAR

    def __init__(self, year: int) -> None:
        super().__init__(f"bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """A council's days.

    ``closure_days`` are the council's own (empty by default); ``proclaimed`` are one-off bank holidays that the
    published data does not have yet (CLK-03).
    """

    nation: Nation = Nation.ENGLAND
    closure_days: frozenset[dt.date] = frozenset()
    proclaimed: frozenset[dt.date] = frozenset()

    def why_not(self, day: dt.date, basis: Basis = Basis.WORKING) -> str | None:
        """Why ``day`` does not count on this basis ("Saturday", "Christmas Day"), or None when it does.

        Raises HolidaysUnknown outside the years that the bank holidays are known for.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise HolidaysUnknown(day.year)
        if basis is Basis.CALENDAR:
            return None
        if day.weekday() == 6 or (day.weekday() == 5 and basis is Basis.WORKING):
            return f"{day:%A}"
        return self._holiday(day) or (self._break(day) if basis is Basis.S243_PARISH else None)

    def counts(self, day: dt.date, basis: Basis = Basis.WORKING) -> bool:
        """Whether ``day`` is counted on this basis."""
        return self.why_not(day, basis) is None

    def step(self, day: dt.date, days: int, basis: Basis = Basis.WORKING) -> dt.date:
        """The counted day ``days`` counted days after ``day`` (before it when negative); ``day`` is not counted."""
        one = ONE_DAY if days > 0 else -ONE_DAY
        left = abs(days)
        while left:
            day += one
            left -= self.counts(day, basis)
        return day

    @property
    def edition(self) -> str:
        """Names this calendar exactly, so that a deadline tells what it was computed with (CLK-40)."""
        own = ",".join(sorted(day.isoformat() for day in self.closure_days))
        extra = ",".join(sorted(day.isoformat() for day in self.proclaimed))
        if not own and not extra:
            return f"{self.nation}-{version()}"
        return f"{self.nation}-{version()}-{hashlib.sha256(f'{own};{extra}'.encode()).hexdigest()[:8]}"

    def _holiday(self, day: dt.date) -> str | None:
        if name := bank_holidays(self.nation).get(day):
            return name
        if day in self.proclaimed:
            return gettext_noop("proclaimed bank holiday")
        return gettext_noop("council closed") if day in self.closure_days else None

    def _break(self, day: dt.date) -> str | None:
        """The Christmas break is Christmas Eve to Boxing Day; the Easter break Thursday to Tuesday."""
        if day.month == 12 and day.day in {24, 25, 26}:
            return gettext_noop("Christmas break")
        good_friday = _good_fridays()[day.year]
        if good_friday - ONE_DAY <= day <= good_friday + 4 * ONE_DAY:
            return gettext_noop("Easter break")
        return None


@cache
def _good_fridays() -> dict[int, dt.date]:
    return {day.year: day for day, name in bank_holidays(Nation.ENGLAND).items() if name == "Good Friday"}


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the corresponding date ``months`` later, or the last day of a month too short for it (CLK-05)."""
    moved: dt.date = day + relativedelta(months=months)
    return moved


def day_before(day: dt.date) -> dt.date:
    """Return the calendar day before ``day``."""
    return day - ONE_DAY


def day_after(day: dt.date) -> dt.date:
    """Return the calendar day after ``day``."""
    return day + ONE_DAY


def first_of_month(day: dt.date) -> dt.date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)
