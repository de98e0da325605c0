"""How an entry slipped: from its first aim to the present one, step by step. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.core.wording import ENGLISH, Words, gettext_noop, say_date, say_month

UNDATED = gettext_noop("Future item")


@dataclass(frozen=True, slots=True)
class Aim:
    """When an entry is to come: on the day of a meeting, in a month (its first day), or, with neither, some day."""

    day: dt.date | None = None
    month: dt.date | None = None

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, words: Words) -> str:
        """The day or the month, or that it is a future item."""
        if self.day is not None:
            return say_date(self.day, words)
        return say_month(self.month, words) if self.month is not None else words.gettext(UNDATED)

    @property
    def _month(self) -> int | None:
        first = self.day or self.month
        return None if first is None else first.year * 12 + first.month

    def months_after(self, other: Aim) -> int | None:
        """How many months later than ``other`` (fewer than none: earlier); None when one of the two has no month."""
        if self._month is None or other._month is None:
            return None
        return self._month - other._month


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an entry."""

    was: Aim
    now: Aim
    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Slippage:
    """The whole way: the first aim, the present one, and the steps between."""

    first: Aim
    now: Aim
    steps: tuple[Step, ...]

    @property
    def slipped(self) -> bool:
        """Whether it is to come later than first planned; an entry that lost its date has slipped too."""
        if self.first == self.now or self.first == Aim():
            return False
        if self.now == Aim():
            return True
        return _first_day(self.now) > _first_day(self.first)

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, words: Words) -> str:
        """From what to what it slipped, by how much and in how many moves; nothing where it did not."""
        if not self.slipped:
            return ""
        months = self.now.months_after(self.first)
        told = words.gettext("First planned for {first}; now {now} ({moved}).")
        if months:
            told = words.ngettext(
                "First planned for {first}; now {now}, {months} month later ({moved}).",
                "First planned for {first}; now {now}, {months} months later ({moved}).",
                months,
            )
        return told.format(
            first=self.first.said(words), now=self.now.said(words), months=months, moved=self._moved(words)
        )

    def _moved(self, words: Words) -> str:
        number = len(self.steps)
        if not number:
            return words.gettext("moved")
        return words.ngettext("moved once", "moved {number} times", number).format(number=number)


def slippage(first: Aim, now: Aim, steps: Sequence[Step]) -> Slippage:
    """The way of an entry first published for ``first``, that is to come ``now`` and took these steps in this order.

    ``now`` may differ from where the last step led: then the meeting itself was moved.
    """
    return Slippage(first, now, tuple(steps))


def _first_day(aim: Aim) -> dt.date:
    found = aim.day or aim.month
    assert found is not None
    return found
