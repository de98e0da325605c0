"""What becomes of a meeting: called, moved, put off, cancelled, held. Its addresses and its calendar entry stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from moothall.foundation.actions import change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import RuleBroken
from moothall.foundation.jobs.followers import Event, follow
from moothall.foundation.translation import say
from moothall.meetings.deadline_recount import deadlines, row
from moothall.meetings.effects import shown_on_meeting
from moothall.meetings.models import Address, Evaluation, Meeting, Room
from moothall.meetings.proposals import check_place, free_address, known_address, moment
from moothall.meetings.states import MOVES, MeetingState

AMENDABLE = frozenset({"title", "purpose", "minutes", "room", "place", "remote", "remote_note"})
IN_CALENDARS = frozenset({"title", "minutes", "room", "place", "remote_note", "state", "start", "undated"})


@verb(public_effect=shown_on_meeting)
def call_meeting(meeting: Meeting, *, expected: int | None = None, by: Actor) -> Meeting:
    """Summon the members. One that was put off without a day needs one first."""
    MOVES.check(MeetingState(meeting.state), MeetingState.CALLED)
    if meeting.undated:
        raise RuleBroken("MTG-01", _("It has no day: fix one first."), code="date-missing", field="day")
    if not meeting.where:
        raise RuleBroken(
            "MTG-01", _("Say where it is: the notice names time and place."), code="place-missing", field="room"
        )
    return _changed(meeting, by, expected, state=MeetingState.CALLED.value, called_at=by.at)


@verb(public_effect=shown_on_meeting)
def amend_meeting(meeting: Meeting, *, expected: int | None = None, by: Actor, **values: Any) -> Meeting:
    """Change title, purpose, length, place or remote attendance. Raises StaleObject, RuleBroken.

    ``values`` are fields of ``AMENDABLE``; a room takes the place of another place, and the other way round.
    """
    if unknown := set(values) - AMENDABLE:
        raise TypeError(f"amend_meeting does not change {', '.join(sorted(unknown))}.")
    if values.get("room") is not None:
        values.setdefault("place", "")
    if values.get("place"):
        values.setdefault("room", None)
    room: Room | None = values.get("room", meeting.room)
    check_place(room, values.get("place", meeting.place), meeting.day)
    return _changed(meeting, by, expected, **values)


@verb
def move_meeting(
    meeting: Meeting, *, day: dt.date, time: dt.time, reason: str, expected: int | None = None, by: Actor
) -> Meeting:
    """Give a meeting another day or hour, or one that was put off a new day. What was announced must be told why."""
    if meeting.state != MeetingState.PLANNED and not reason:
        raise RuleBroken("", _("Say why: people may have noted the day."), code="reason-missing", field="reason")
    return _moved(meeting, day, time, by, expected, reason=reason)


@verb
def postpone_meeting(
    meeting: Meeting,
    *,
    reason: str,
    to: tuple[dt.date, dt.time] | None = None,
    expected: int | None = None,
    by: Actor,
) -> Meeting:
    """Put a meeting off to another day and hour, or until a day is found; it then has to be called anew."""
    MOVES.check(MeetingState(meeting.state), MeetingState.POSTPONED)
    if not reason:
        raise RuleBroken("", _("Say why: people may have noted the day."), code="reason-missing", field="reason")
    values: dict[str, Any] = {"state": MeetingState.POSTPONED.value, "called_at": None, "reason": reason}
    if to is None:
        return _changed(meeting, by, expected, undated=True, **values)
    if to[0] <= meeting.day:
        raise RuleBroken(
            "", _("A meeting is put off to a later day; to bring it forward, move it."), code="not-later", field="to"
        )
    return _moved(meeting, *to, by, expected, **values)


@verb(public_effect=shown_on_meeting)
def cancel_meeting(meeting: Meeting, *, reason: str, expected: int | None = None, by: Actor) -> Meeting:
    """Cancel a meeting. Its address stays and says so."""
    MOVES.check(MeetingState(meeting.state), MeetingState.CANCELLED)
    if not reason:
        raise RuleBroken("", _("Say why: people may have noted the day."), code="reason-missing", field="reason")
    return _changed(meeting, by, expected, state=MeetingState.CANCELLED.value, reason=reason, undated=False)


@verb(public_effect=shown_on_meeting)
def reinstate_meeting(meeting: Meeting, *, expected: int | None = None, by: Actor) -> Meeting:
    """Plan a cancelled meeting again; it has to be called anew. Only before its day."""
    MOVES.check(MeetingState(meeting.state), MeetingState.PLANNED)
    if meeting.start <= by.at:
        raise RuleBroken("", _("Its day is past: enter a new meeting."), code="in-past", field="state")
    values = {"state": MeetingState.PLANNED.value, "reason": "", "called_at": None, "fixed_at": by.at}
    found = _changed(meeting, by, expected, **values)
    _evaluate(found, by)
    return found


@verb(public_effect=shown_on_meeting)
def hold_meeting(meeting: Meeting, *, expected: int | None = None, by: Actor) -> Meeting:
    """Record that a meeting took place. Raises RuleBroken before it has begun."""
    MOVES.check(MeetingState(meeting.state), MeetingState.HELD)
    if by.at < meeting.start:
        raise RuleBroken(
            "",
            _("It begins at {when:%H:%M} on {day}.").format(when=meeting.when, day=say(meeting.day)),
            code="not-begun",
            field="state",
        )
    return _changed(meeting, by, expected, state=MeetingState.HELD.value)


def _moved(meeting: Meeting, day: dt.date, time: dt.time, by: Actor, expected: int | None, **values: Any) -> Meeting:
    if meeting.state in {MeetingState.HELD, MeetingState.CANCELLED}:
        raise RuleBroken(
            "",
            _("A meeting that is {state} is not moved.").format(state=meeting.state),
            code="wrong-state",
            field="state",
        )
    if not meeting.body.holds(day):
        raise RuleBroken(
            "",
            _("{body} is not there on {day}.").format(body=meeting.body, day=say(day)),
            code="body-does-not-exist",
            field="day",
        )
    check_place(meeting.room, meeting.place, day)
    start = moment(day, time, meeting.zone)
    if start == meeting.start and not meeting.undated:
        raise RuleBroken("", _("It is at that hour already."), code="time-unchanged", field="time")
    slug = _address(meeting, day)
    moved = _changed(meeting, by, expected, start=start, day=day, slug=slug, undated=False, fixed_at=by.at, **values)
    _evaluate(moved, by)
    return moved


def _address(meeting: Meeting, day: dt.date) -> str:
    """The meeting's address for a day: one that it had already, or a free one, which is kept for ever."""
    rows = Address.objects.of(meeting.council).filter(body=meeting.body)
    known = known_address(day, rows.filter(meeting=meeting).values_list("slug", flat=True))
    if known is not None:
        return known
    slug = free_address(day, set(rows.values_list("slug", flat=True)))
    Address(council=meeting.council, body=meeting.body, slug=slug, meeting=meeting).save(force_insert=True)
    return slug


def _evaluate(meeting: Meeting, by: Actor) -> None:
    found = deadlines(meeting, meeting.council.clock(meeting.day))
    rows = [row(meeting, each, Evaluation.Cause.MOVED, by.at) for each in found]
    Evaluation.objects.of(by.council).bulk_create(rows)


def _changed(meeting: Meeting, by: Actor, expected: int | None, **values: Any) -> Meeting:
    """Write; calendars learn of what they show by a higher revision (RFC 5545, SEQUENCE)."""
    seen = any(field in IN_CALENDARS and getattr(meeting, field) != value for field, value in values.items())
    sequence = meeting.sequence + seen
    if {"start", "undated", "state"} & set(values):
        follow(Event.MEETING, by.council)
    return change(meeting, by, expected=expected, sequence=sequence, changed_at=by.at, **values)
