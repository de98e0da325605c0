"""How things stand with the deadlines of a meeting (MTG-01, MTG-02, CLK-03, CLK-07). No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from moothall.core.clocks import LONDON, Deadline, Sense
from moothall.core.wording import ENGLISH, Words, gettext_noop, say


class Standing(StrEnum):
    """How things stand with one deadline."""

    OPEN = gettext_noop("open")
    TODAY = gettext_noop("today")
    MET = gettext_noop("met")
    LATE = gettext_noop("late")
    MISSED = gettext_noop("missed")
    AT_ONCE = gettext_noop("at once")
    PASSED = gettext_noop("passed")
    RUNNING = gettext_noop("running")


WRONG = frozenset({Standing.LATE, Standing.MISSED, Standing.AT_ONCE})


@dataclass(frozen=True, slots=True)
class Done:
    """When something was done, and the working day that it counts as (CLK-07)."""

    at: dt.datetime
    counts_as: dt.date


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline of the timeline, which explains itself; ``earlier`` are the days it was on before, in that order."""

    rule: str
    title: str
    deadline: Deadline
    standing: Standing
    done: Done | None = None
    earlier: tuple[dt.date, ...] = ()
    became_late: bool = False

    @property
    def explanation(self) -> str:
        """Rule, days counted, basis, and how things stand, in English words."""
        return self.explained(ENGLISH)

    def explained(self, words: Words) -> str:
        """Rule, days counted, basis, and how things stand, in words."""
        source = words.gettext("Source: {source}.").format(source=self.deadline.rule.source)
        return " ".join(filter(None, (self.deadline.explained(words), self._told(words), source)))

    def _told(self, words: Words) -> str:
        if self.became_late:
            return words.gettext("It was done in time, but the calendar has changed since and it is late now (CLK-03).")
        if self.standing is Standing.AT_ONCE:
            return words.gettext("The meeting was fixed at shorter notice: do it at once (MTG-01, MTG-02).")
        if self.standing is Standing.LATE and self.done is not None:
            return words.gettext("Done on {day}, which counts as {counts_as}.").format(
                day=say(_local(self.done.at), words), counts_as=say(self.done.counts_as, words)
            )
        return ""


def standing(deadline: Deadline, *, at: dt.datetime, fixed_at: dt.datetime, asked: bool, done: Done | None) -> Standing:
    """How things stand at the moment ``at``.

    ``asked`` says that somebody has to do something that is recorded here; ``fixed_at`` is when the day of the
    meeting was fixed: after the deadline, the act is due at once and not before. Of a meeting that was entered when
    it was over nobody knows what was done when.
    """
    if deadline.rule.sense is Sense.UNTIL:
        return Standing.RUNNING if at <= deadline.moment else Standing.PASSED
    if not asked:
        return _by_itself(deadline, at)
    if done is not None:
        return Standing.MET if in_time(deadline, done, fixed_at) else Standing.LATE
    if _local(fixed_at) > deadline.event:
        return Standing.PASSED
    if _at_short_notice(deadline, fixed_at) and _local(at) <= deadline.event:
        return Standing.AT_ONCE
    found = _by_itself(deadline, at)
    return Standing.MISSED if found is Standing.PASSED else found


def in_time(deadline: Deadline, done: Done, fixed_at: dt.datetime) -> bool:
    """Whether an act was in time; for a meeting fixed at shorter notice, on the day on which it was fixed."""
    if _at_short_notice(deadline, fixed_at):
        return _local(done.at) <= _local(fixed_at)
    return done.counts_as <= deadline.day


def became_late(kept: Sequence[Deadline], done: Done | None, fixed_at: dt.datetime) -> bool:
    """Whether an act met one of the deadlines kept for the same day of meeting, and does not meet the last (CLK-03)."""
    if done is None or in_time(kept[-1], done, fixed_at):
        return False
    return any(each.event == kept[-1].event and in_time(each, done, fixed_at) for each in kept[:-1])


def _at_short_notice(deadline: Deadline, fixed_at: dt.datetime) -> bool:
    return deadline.moment < fixed_at and _local(fixed_at) <= deadline.event


def _local(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()


def _by_itself(deadline: Deadline, at: dt.datetime) -> Standing:
    if at > deadline.moment:
        return Standing.PASSED
    return Standing.TODAY if _local(at) == deadline.by else Standing.OPEN
