"""What another day would make of the notices of an entry: told before the entry, or its meeting, is moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from moothall.forward_plan.deadline_recount import covers, rules
from moothall.forward_plan.models import Entry
from moothall.forward_plan.notice_cover import due
from moothall.forward_plan.states import EntryState
from moothall.meetings.models import Meeting

LIVE = (EntryState.DRAFT, EntryState.PUBLISHED)


def against_day(entry: Entry, day: dt.date, *, at: dt.datetime) -> Iterator[str]:
    """Why an entry could not be decided on a day as things stand: its notices are late, or due before ``at``.

    A notice that can still be given in time is no reason (MTG-13, MTG-14).
    """
    clock = entry.council.clock(day)
    past = [each for rule in rules(entry) if (each := due(rule, day, clock)) is not None and each.moment < at]
    for cover in covers(entry, day, clock):
        if not cover.ok and any(each.rule.id == cover.deadline.rule.id for each in past if cover.deadline):
            yield f"{cover.message} ({cover.rule})"


def against_moving(meeting: Meeting, day: dt.date, *, at: dt.datetime) -> Iterator[str]:
    """The same for every entry that is planned for a meeting."""
    rows = Entry.objects.of(meeting.council).filter(meeting=meeting, state__in=LIVE).select_related("plan")
    for entry in rows.prefetch_related("notices"):
        for each in against_day(entry, day, at=at):
            yield _("Entry “{entry}”: {why}").format(entry=entry.title, why=each)
