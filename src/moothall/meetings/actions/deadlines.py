"""What is done to meet the deadlines of a meeting, and what a change of the calendar makes of them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.foundation.actions import add, record, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council_clock import publication_counts_as
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.meetings.deadline_recount import Change, row
from moothall.meetings.effects import shown_on_meeting
from moothall.meetings.links import is_link, is_place
from moothall.meetings.models import Act, Evaluation, Meeting
from moothall.meetings.queries import out_of_date


@verb(public_effect=shown_on_meeting)
def publish_agenda(meeting: Meeting, *, at: dt.datetime, where: str = "", by: Actor) -> Act:
    """Record that agenda and reports were opened to inspection at a moment (MTG-02).

    The act keeps the working day that it counts as (CLK-07); late publication is recorded like any other, and shown.
    """
    if meeting.acts.filter(what=Act.What.AGENDA).exists():
        raise RuleBroken(
            "MTG-05",
            _("The agenda is published; what comes later is a supplement."),
            code="agenda-published",
            field="at",
        )
    _check_where(where)
    return add(_act(meeting, Act.What.AGENDA, at, where, by), by)


@verb(public_effect=shown_on_meeting)
def correct_agenda_address(meeting: Meeting, *, where: str, by: Actor) -> Act:
    """Record that a published agenda can be read elsewhere than was recorded; with "" nowhere is shown any more.

    What was recorded before is kept. Raises RuleBroken.
    """
    acts = list(meeting.acts.all())
    if not any(each.what == Act.What.AGENDA for each in acts):
        raise RuleBroken(
            "MTG-02", _("First record that the agenda was published."), code="agenda-not-published", field="where"
        )
    if where == Act.agenda_place(acts):
        raise RuleBroken("", _("This is the address that is shown already."), code="address-unchanged", field="where")
    _check_where(where)
    return add(_act(meeting, Act.What.ADDRESS, by.at, where, by), by)


@verb(public_effect=shown_on_meeting)
def give_notice(meeting: Meeting, *, at: dt.datetime, where: str = "", by: Actor) -> Act:
    """Record that public notice of time and place was given (MTG-01); once more where one of them has changed."""
    if meeting.undated:
        raise RuleBroken("MTG-01", _("It has no day that notice could be given of."), code="date-missing", field="at")
    if not meeting.where:
        raise RuleBroken(
            "MTG-01", _("Say where it is: the notice names time and place."), code="place-missing", field="at"
        )
    last = meeting.acts.filter(what=Act.What.NOTICE).last()
    if last is not None and last.still_tells(meeting):
        raise RuleBroken(
            "MTG-01", _("Notice of this time and place was given already."), code="notice-given", field="at"
        )
    since = _others_until(meeting)
    if since is not None and at < since:
        told = _("Time or place was another until {time} on {day}: notice of these was given after that.")
        when = timezone.localtime(since)
        raise RuleBroken(
            "MTG-01", told.format(time=f"{when:%H:%M}", day=say(when.date())), code="notice-before-change", field="at"
        )
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


def _others_until(meeting: Meeting) -> dt.datetime | None:
    """Until when a meeting is known to have had another time or place: its last move, or the last notice of another.

    To the minute, as the hour of a notice is given.
    """
    moved = meeting.evaluations.filter(cause=Evaluation.Cause.MOVED).aggregate(last=Max("at"))["last"]
    told = meeting.acts.filter(what=Act.What.NOTICE).aggregate(last=Max("at"))["last"]
    known = [each.replace(second=0, microsecond=0) for each in (moved, told) if each is not None]
    return max(known, default=None)


def _check_where(where: str) -> None:
    if where and not (is_link(where) or is_place(where)):
        message = _("Enter a whole web address that begins with https:// or http://, or name the place in words.")
        raise RuleBroken("", message, code="not-a-web-address", field="where")


def _act(meeting: Meeting, what: Act.What, at: dt.datetime, where: str, by: Actor) -> Act:
    if at > by.at:
        raise RuleBroken("", _("That is still to come: record it when it is done."), code="in-future", field="at")
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
