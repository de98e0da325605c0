"""What minutes ask for (SCR-05)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.forward_plan.models import Entry, Plan, Request
from moothall.forward_plan.queries import next_number
from moothall.forward_plan.states import REQUEST_MOVES, EntryState, RequestState
from moothall.foundation.actions import add, change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import RuleBroken
from moothall.meetings.models import Meeting


@verb
def record_request(
    plan: Plan,
    *,
    meeting: Meeting,
    minute: str,
    asked: str,
    entry: Entry | None = None,
    open_minute: bool = True,
    by: Actor,
) -> Request:
    """Record that a body asked for something in a minute: it appears on the plan among the future items (SCR-05).

    With ``entry`` the request is put down to one that is on the plan already. From a minute that is not open
    (``open_minute``) nothing is published; the entry made is a draft.
    """
    if meeting.start > by.at:
        raise RuleBroken("SCR-05", _("That meeting is still to come."), code="in-future", field="meeting")
    if not minute:
        raise RuleBroken("SCR-05", _("Give the number of the minute."), code="minute-missing", field="minute")
    if entry is not None and (entry.plan_id != plan.pk or entry.request_id is not None):
        raise RuleBroken(
            "SCR-05",
            _("That entry is on another plan, or was asked for by another minute."),
            code="entry-of-other-request",
            field="entry",
        )
    request = Request(
        council=by.council, plan=plan, meeting=meeting, minute=minute, asked=asked, open_minute=open_minute
    )
    add(request, by, entry=entry.ref if entry else "made")
    if entry is None:
        entry = _future_item(plan, asked, by, published=open_minute)
    entry.request = request
    entry.version += 1
    entry.changed_at = by.at
    entry.save()
    return request


@verb
def close_request(request: Request, *, outcome: str, expected: int | None = None, by: Actor) -> Request:
    """Say what became of a request that comes to no meeting: answered by a note, not pursued, and why."""
    REQUEST_MOVES.check(RequestState(request.state), RequestState.CLOSED)
    if not outcome:
        raise RuleBroken("SCR-05", _("Say what became of it."), code="outcome-missing", field="outcome")
    return change(request, by, expected=expected, state=RequestState.CLOSED.value, outcome=outcome)


@verb
def reopen_request(request: Request, *, expected: int | None = None, by: Actor) -> Request:
    """Take a request up again that was closed."""
    REQUEST_MOVES.check(RequestState(request.state), RequestState.OPEN)
    return change(request, by, expected=expected, state=RequestState.OPEN.value, outcome="")


def _future_item(plan: Plan, asked: str, by: Actor, *, published: bool) -> Entry:
    return Entry(
        council=by.council,
        plan=plan,
        number=next_number(plan),
        title=asked[:300],
        decision_maker=plan.body.name,
        state=EntryState.PUBLISHED.value if published else EntryState.DRAFT.value,
        published_at=by.at if published else None,
        changed_at=by.at,
    )
