"""The deadlines of a meeting, computed anew and held against those kept (CLK-03, CLK-40). Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.bodies.models import Kind
from moothall.core.clocks import OF_EXECUTIVE, Clock, Deadline
from moothall.foundation.errors import RuleBroken
from moothall.meetings.models import Act, Evaluation, Meeting
from moothall.meetings.timeline import Done, became_late
from moothall.people.stored_deadlines import as_kept

ASKED = frozenset(Act.What.values)


@dataclass(frozen=True, slots=True)
class Change:
    """A deadline that another calendar has moved. ``late``: what had been done in time has become late.

    ``was`` and ``now`` are days by which it has to be done: working days for what is published (CLK-07).
    """

    meeting: str
    rule: str
    was: dt.date
    now: dt.date
    late: bool

    def __str__(self) -> str:
        late = "; what was done in time has become late" if self.late else ""
        return f"{self.meeting}: {self.rule} was {self.was}, is {self.now}{late}"


def deadlines(meeting: Meeting, clock: Clock) -> tuple[Deadline, ...]:
    """The deadlines of a meeting by the clock of its council; none while it has no day.

    Those of decisions of the executive only where the executive meets (MTG-13, MTG-14). Raises RuleBroken when they
    lie outside the years whose bank holidays are known.
    """
    if not meeting.takes_place:
        return ()
    executive = meeting.body.kind == Kind.CABINET
    try:
        found = clock.for_meeting(meeting.day)
    except ValueError as error:
        raise RuleBroken(
            "CLK-01",
            _("A deadline cannot be found: {error}").format(error=error),
            code="year-without-holidays",
            field="day",
        ) from None
    return tuple(each for each in found if executive or each.rule.id not in OF_EXECUTIVE)


def row(meeting: Meeting, deadline: Deadline, cause: Evaluation.Cause, at: dt.datetime) -> Evaluation:
    """A deadline as it is kept, not written yet."""
    return Evaluation(
        council_id=meeting.council_id,
        meeting=meeting,
        rule=deadline.rule.id,
        day=deadline.day,
        as_computed=as_kept(deadline),
        cause=cause,
        at=at,
    )


def kept_by_rule(rows: Iterable[Evaluation]) -> dict[str, list[Evaluation]]:
    """Evaluations by rule, the one in force last."""
    found: dict[str, list[Evaluation]] = {}
    for each in sorted(rows, key=lambda row: row.pk):
        found.setdefault(each.rule, []).append(each)
    return found


def changed(meeting: Meeting, clock: Clock, kept: dict[str, list[Evaluation]], *, open_on: dt.date) -> list[Deadline]:
    """The deadlines still open on a day whose answer is another than the one kept.

    A deadline before ``open_on`` is open as long as the meeting is to come: a pack that went out in time can become
    late until then (CLK-03). What is past by then stays as it was.
    """
    found = []
    for each in deadlines(meeting, clock):
        last = kept[each.rule.id][-1].deadline if each.rule.id in kept else None
        is_open = meeting.day >= open_on or each.day >= open_on
        if is_open and (last is None or _answer(last) != _answer(each)):
            found.append(each)
    return found


def change_of(meeting: Meeting, kept: Sequence[Evaluation], now: Deadline, done: Done | None) -> Change:
    """What a new answer changes for a meeting."""
    before = [each.deadline for each in kept]
    late = became_late([*before, now], done, meeting.fixed_at)
    return Change(str(meeting), now.rule.id, before[-1].by, now.by, late)


def done(acts: Iterable[Act], meeting: Meeting, rule: str) -> Done | None:
    """The first act for a rule that still counts: a notice told of one hour and place only, an agenda stays open.

    What was opened or told once the meeting had begun served nobody, and what another notice has contradicted since
    serves no longer, though it should be true again (MTG-01, MTG-02).
    """
    found: Act | None = None
    for each in sorted(acts, key=lambda act: act.at):
        if each.what == rule and each.at < meeting.start:
            found = (found or each) if each.still_tells(meeting) else None
    return Done(found.at, found.counts_as) if found else None


def _answer(deadline: Deadline) -> tuple[object, ...]:
    """What a deadline says, whatever edition of the calendar said it."""
    # a holiday on the last day of 28 calendar days moves no day, but the working day by which to publish (CLK-07)
    return (deadline.rule, deadline.event, deadline.day, deadline.last_working, deadline.counted, deadline.skipped)
