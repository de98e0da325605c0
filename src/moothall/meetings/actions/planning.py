"""Entering meetings: one, or a year of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from moothall.bodies.models import Body
from moothall.bodies.states import BodyState
from moothall.foundation.actions import record, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.meetings.date_problems import Concern
from moothall.meetings.deadline_recount import deadlines, row
from moothall.meetings.effects import shown_on_meeting
from moothall.meetings.models import Address, Evaluation, Meeting
from moothall.meetings.proposals import Proposal, check, free_address
from moothall.meetings.queries import concerns_about


class NotConfirmed(RuleBroken):
    """Something speaks against the list that nobody has been shown, or confirmed: show it, and ask again."""

    def __init__(self, concerns: Sequence[Concern]) -> None:
        self.concerns = tuple(concerns)
        super().__init__("", " ".join(each.message for each in concerns), code="not-confirmed", field="confirmed")


@verb(public_effect=shown_on_meeting)
def plan_meeting(body: Body, *, proposal: Proposal, confirmed: Collection[str] = (), by: Actor) -> Meeting:
    """Enter one meeting of a body, with its deadlines.

    ``confirmed`` are keys of concerns that were shown (``queries.concerns_about``). Raises NotConfirmed, RuleBroken.
    """
    if proposal.body.pk != body.pk:
        raise RuleBroken("", _("That is a meeting of another body."), code="meeting-of-other-body", field="body")
    (meeting,) = _enter([proposal], confirmed, by)
    record(by, meeting, before=None, after=_told(meeting))
    return meeting


@verb
def plan_year(*, proposals: Sequence[Proposal], confirmed: Collection[str] = (), by: Actor) -> list[Meeting]:
    """Enter a list of meetings, all or none, with their deadlines.

    Show ``queries.concerns_about`` first and give the keys of what was confirmed; a concern that is not among them
    raises NotConfirmed, so that what came up in the meantime is not passed over.
    """
    if not proposals:
        raise RuleBroken("", _("There is no meeting in the list."), code="no-meetings", field="proposals")
    made = _enter(proposals, confirmed, by)
    record(by, by.council, before=None, after={"meetings": [_told(each) for each in made], "confirmed": [*confirmed]})
    return made


def _enter(proposals: Sequence[Proposal], confirmed: Collection[str], by: Actor) -> list[Meeting]:
    for each in proposals:
        if {each.body.council_id, each.room.council_id if each.room else by.council.pk} != {by.council.pk}:
            raise NotThere
        if each.body.state == BodyState.DISSOLVED:
            raise RuleBroken("", _("{body} is dissolved.").format(body=each.body), code="body-dissolved", field="body")
        check(each)
    against = [each for each in concerns_about(by.council, proposals, at=by.at) if each.key not in confirmed]
    if against:
        raise NotConfirmed(against)
    taken: dict[int, set[str]] = {}
    for body_id, slug in Address.objects.of(by.council).values_list("body_id", "slug"):
        taken.setdefault(body_id, set()).add(slug)
    return [_write(each, taken.setdefault(each.body.pk, set()), by) for each in proposals]


def _write(proposal: Proposal, taken: set[str], by: Actor) -> Meeting:
    slug = free_address(proposal.day, taken)
    taken.add(slug)
    meeting = _meeting(proposal, slug, by)
    meeting.save(force_insert=True)
    Address(council=by.council, body=meeting.body, slug=slug, meeting=meeting).save(force_insert=True)
    clock = by.council.clock(meeting.day)
    rows = [row(meeting, each, Evaluation.Cause.ENTERED, by.at) for each in deadlines(meeting, clock)]
    Evaluation.objects.of(by.council).bulk_create(rows)
    return meeting


def _meeting(proposal: Proposal, slug: str, by: Actor) -> Meeting:
    return Meeting(
        council=by.council,
        body=proposal.body,
        slug=slug,
        kind=proposal.kind,
        title=proposal.title,
        purpose=proposal.purpose,
        start=proposal.start,
        day=proposal.day,
        zone=proposal.zone,
        minutes=proposal.minutes,
        room=proposal.room,
        place=proposal.place,
        remote=proposal.remote,
        remote_note=proposal.remote_note,
        fixed_at=min(proposal.fixed_at or by.at, by.at),
        changed_at=by.at,
    )


def _told(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting.pk, "body": meeting.body.slug, "address": meeting.slug, "start": meeting.start}
