"""The notice clocks of an entry, computed anew and held against those kept (CLK-03, CLK-40). Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from moothall.core.clocks import Clock, Deadline
from moothall.forward_plan.models import Entry, Evaluation, Notice, Plan
from moothall.forward_plan.notice_cover import KEY, PRIVATE, SECOND, Cover, Given, due, key_cover, private_cover
from moothall.foundation.translation import READER
from moothall.people.stored_deadlines import as_kept


def rules(entry: Entry) -> tuple[str, ...]:
    """The notices that an entry needs: of a key decision, of a private meeting of the executive."""
    if entry.plan.kind != Plan.Kind.DECISIONS:
        return ()
    return ((KEY,) if entry.key else ()) + ((PRIVATE, SECOND) if entry.private else ())


def deadlines(entry: Entry, clock: Clock) -> tuple[Deadline, ...]:
    """By when each notice is due; none while the entry has no day. A month is taken by its first day: no later one
    leaves less notice.
    """
    if entry.day is None:
        return ()
    found = [due(rule, entry.day, clock) for rule in rules(entry)]
    return tuple(each for each in found if each is not None)


def changed(entry: Entry, clock: Clock, kept: Iterable[Evaluation]) -> list[Deadline]:
    """The clocks whose answer is another than the last one kept."""
    last = {each.rule: each.deadline for each in sorted(kept, key=lambda row: row.pk)}
    return [
        each
        for each in deadlines(entry, clock)
        if each.rule.id not in last or _answer(last[each.rule.id]) != _answer(each)
    ]


def row(entry: Entry, deadline: Deadline, cause: Evaluation.Cause, at: dt.datetime) -> Evaluation:
    """A clock as it is kept, not written yet."""
    return Evaluation(
        council_id=entry.council_id,
        entry=entry,
        rule=deadline.rule.id,
        day=deadline.day,
        as_computed=as_kept(deadline),
        cause=cause,
        at=at,
    )


def given(notices: Iterable[Notice]) -> list[Given]:
    """Notices as values."""
    return [Given(each.kind, each.counts_as, each.first_day, each.states) for each in notices]


def covers(entry: Entry, on: dt.date, clock: Clock) -> tuple[Cover, ...]:
    """Whether what an entry needs was given for a decision on a day, each with its reason (MTG-13 to MTG-15)."""
    notices = given(entry.notices.all())
    needed = rules(entry)
    found = (key_cover(on, notices, clock, READER),) if KEY in needed else ()
    return found + ((private_cover(on, notices, clock, READER),) if PRIVATE in needed else ())


def _answer(deadline: Deadline) -> tuple[object, ...]:
    # a holiday on the last day of 28 calendar days moves no day, but the working day by which to publish (CLK-07)
    return (deadline.rule, deadline.event, deadline.day, deadline.last_working, deadline.counted, deadline.skipped)
