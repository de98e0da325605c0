"""What is done to meet the deadlines of a meeting, and what a change of the calendar makes of them."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.actor import Actor
from moothall.councils.clock import publication_counts_as
from moothall.errors import RuleBroken
from moothall.meetings.evaluations import Change, row
from moothall.meetings.models import Act, Evaluation, Meeting
from moothall.meetings.queries import out_of_date
from moothall.verbs import add, record, verb


@verb
def publish_agenda(meeting: Meeting, *, at: dt.datetime, where: str = "", by: Actor) -> Act:
    """Record that agenda and reports were opened to inspection at a moment (MTG-02).

    The act keeps the working day that it counts as (CLK-07); late publication is recorded like any other, and shown.
    """
    if meeting.acts.filter(what=Act.What.AGENDA).exists():
        raise RuleBroken("MTG-05", _("The agenda is published; what comes later is a supplement."), field="at")
    return add(_act(meeting, Act.What.AGENDA, at, where, by), by)


@verb
def give_notice(meeting: Meeting, *, at: dt.datetime, where: str = "", by: Actor) -> Act:
    """Record that public notice of time and place was given (MTG-01); once more where one of them has changed."""
    if meeting.undated:
        raise RuleBroken("MTG-01", _("It has no day that notice could be given of."), field="at")
    if not meeting.where:
        raise RuleBroken("MTG-01", _("Say where it is: the notice names time and place."), field="at")
    if any(each.still_tells(meeting) for each in meeting.acts.filter(what=Act.What.NOTICE)):
        raise RuleBroken("MTG-01", _("Notice of this time and place was given already."), field="at")
    return add(_act(meeting, Act.What.NOTICE, at, where, by), by)


@verb
def reevaluate_deadlines(*, by: Actor) -> list[Change]:
    """Compute every open deadline of the council anew; those that changed get a new row beside the old (CLK-03).

    Returns what changed, and what has become late by it. Doing it twice changes nothing more.
    """
    found = out_of_date(by.council, on=by.today)
    rows = [row(meeting, now, Evaluation.Cause.CALENDAR, by.at) for meeting, now, _ in found]
    Evaluation.objects.of(by.council).bulk_create(rows)
    changes = [change for _, _, change in found if change is not None]
    record(by, by.council, before=None, after={"computed anew": len(rows), "changed": [str(each) for each in changes]})
    return changes


def _act(meeting: Meeting, what: Act.What, at: dt.datetime, where: str, by: Actor) -> Act:
    if at > by.at:
        raise RuleBroken("", _("That is still to come: record it when it is done."), field="at")
    return Act(
        council=by.council,
        meeting=meeting,
        what=what,
        at=at,
        counts_as=publication_counts_as(by.council, at),
        for_start=meeting.start,
        for_room=meeting.room,
        for_place=meeting.place,
        where=where,
    )
