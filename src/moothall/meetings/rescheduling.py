"""What speaks against another day for a meeting: all that speaks against any day, and notices that would be late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import copy

from django.utils.translation import gettext as _

from moothall.core.clocks import Deadline
from moothall.foundation.translation import say
from moothall.meetings.date_problems import Against, Concern
from moothall.meetings.deadline_recount import ASKED, deadlines, done
from moothall.meetings.models import Meeting
from moothall.meetings.proposals import moment
from moothall.meetings.queries import concerns_of
from moothall.meetings.states import MeetingState


def concerns_of_moving(meeting: Meeting, *, day: dt.date, time: dt.time, at: dt.datetime) -> tuple[Concern, ...]:
    """Clashes, holidays, recess, elections (``concerns_of``), and notices that are late for that day (MTG-01, MTG-02).

    To be shown before the meeting is moved. Raises RuleBroken for an hour that there is not.
    """
    then = copy(meeting)
    then.day, then.start, then.undated, then.fixed_at = day, moment(day, time, meeting.zone), False, at
    then.state = MeetingState.PLANNED
    late = (Concern(0, Against.NOTICE, each) for each in _late(then, at))
    return (*concerns_of(meeting, at=at, day=day, time=time), *late)


def _late(then: Meeting, at: dt.datetime) -> Iterator[str]:
    acts = list(then.acts.all())
    for each in deadlines(then, then.council.clock(then.day)):
        if each.rule.id not in ASKED:
            continue
        if done(acts, then, each.rule.id) is not None:
            continue  # an agenda that is out stays out; for a day fixed at short notice that is in time (MTG-02)
        if each.moment < at:
            yield _("“{what}” would have had to be done by {day}: do it at once.").format(**_told(each))
        elif any(act.what == each.rule.id for act in acts):
            yield _("“{what}” was done for the old day: do it once more by {day}.").format(**_told(each))


def _told(deadline: Deadline) -> dict[str, str]:
    return {"what": deadline.rule.title, "day": say(deadline.by)}
