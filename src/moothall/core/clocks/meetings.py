"""The deadlines of one meeting, in the order in which they fall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from moothall.core.clocks.calendar import Basis, Calendar
from moothall.core.clocks.deadlines import Deadline, deadline
from moothall.core.clocks.rules import NoRule, Rule, rule

BEFORE = (
    "key-decision",
    "private-meeting",
    "agenda",
    "meeting-notice",
    "private-meeting-second",
    "statement",
    "question",
)
OF_EXECUTIVE = frozenset({"key-decision", "private-meeting", "private-meeting-second"})
"""What only a meeting of the executive has (MTG-13, MTG-14)."""
AFTER = ("answer", "interest-registration", "background-papers", "inspection")


@dataclass(frozen=True, slots=True)
class Local:
    """What a council sets itself about one rule; None keeps the rule's own value."""

    count: int | None = None
    basis: Basis | None = None
    time: dt.time | None = None
    on_working_days: bool | None = None
    outlasts: bool | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A council's clock: its calendar, and its own settings by rule."""

    calendar: Calendar = field(default_factory=Calendar)
    local: Mapping[str, Local] = field(default_factory=dict)

    def rule(self, name: str, on: dt.date) -> Rule:
        """The rule ``name`` in force on the day ``on``, as this council applies it. Raises NoRule."""
        own = self.local.get(name, Local())
        return rule(name, on).locally(
            count=own.count,
            basis=own.basis,
            time=own.time,
            on_working_days=own.on_working_days,
            outlasts=own.outlasts,
        )

    def deadline(self, name: str, event: dt.date) -> Deadline:
        """What the rule ``name`` makes of an event on the day ``event``. Raises NoRule or ValueError."""
        return deadline(self.rule(name, event), event, self.calendar)

    def for_meeting(self, day: dt.date) -> tuple[Deadline, ...]:
        """Every deadline of a meeting on ``day`` whose rule was in force then, in order of date."""
        found = [self.deadline(name, day) for name in BEFORE + AFTER if self._knows(name, day)]
        return tuple(sorted(found, key=lambda each: each.day))

    def _knows(self, name: str, day: dt.date) -> bool:
        try:
            rule(name, day)
        except NoRule:
            return False
        return True
