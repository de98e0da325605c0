"""A meeting as it is proposed, before it is entered; and what its day and hour make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from moothall.bodies.models import Body
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.meetings.models import Meeting, Room

NEEDS_PURPOSE = {Meeting.Kind.EXTRAORDINARY, Meeting.Kind.SPECIAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One line of a year's list. ``time`` is local, ``minutes`` the expected length.

    ``fixed_at`` is when the day was fixed, where that was before it is entered here; what was fixed at shorter
    notice than the law's has to be done at once (MTG-01, MTG-02).
    """

    body: Body
    day: dt.date
    time: dt.time
    kind: Meeting.Kind = Meeting.Kind.ORDINARY
    title: str = ""
    purpose: str = ""
    minutes: int = 120
    room: Room | None = None
    place: str = ""
    remote: Meeting.Remote = Meeting.Remote.NO
    remote_note: str = ""
    zone: str = "Europe/London"
    fixed_at: dt.datetime | None = None

    @property
    def start(self) -> dt.datetime:
        """The moment at which it begins. Raises RuleBroken for an hour that the clocks leave out."""
        return moment(self.day, self.time, self.zone)

    @property
    def end(self) -> dt.datetime:
        """The moment at which it is expected to end."""
        return (self.start.astimezone(dt.UTC) + dt.timedelta(minutes=self.minutes)).astimezone(ZoneInfo(self.zone))


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """A local day and hour as a moment. Raises RuleBroken for an hour that the clocks leave out on that day."""
    found = dt.datetime.combine(day, time, ZoneInfo(zone))
    if found.astimezone(dt.UTC).astimezone(found.tzinfo).time() != time:
        raise RuleBroken(
            "",
            _("The clocks go forward: there is no {time:%H:%M} on that day.").format(time=time),
            code="time-does-not-exist",
            field="time",
        )
    return found


def check(proposal: Proposal) -> None:
    """Raise RuleBroken for a meeting that cannot be, whoever confirms it."""
    body = proposal.body
    if not body.holds(proposal.day):
        raise RuleBroken(
            "",
            _("{body} is not there on {day}.").format(body=body, day=say(proposal.day)),
            code="body-does-not-exist",
            field="day",
        )
    if proposal.kind in NEEDS_PURPOSE and not proposal.purpose:
        raise RuleBroken(
            "MTG-01",
            _("Say what the {kind} meeting is called for: nothing else may be dealt with there.").format(
                kind=proposal.kind
            ),
            code="purpose-missing",
            field="purpose",
        )
    check_place(proposal.room, proposal.place, proposal.day)


def check_place(room: Room | None, place: str, day: dt.date) -> None:
    """Raise RuleBroken for a room that the council does not have then, or for two places."""
    if room is not None and place:
        raise RuleBroken("", _("Name a room or another place, not both."), code="room-and-place", field="place")
    if room is not None and not room.holds(day):
        raise RuleBroken(
            "",
            _("{room} is not there on {day}.").format(room=room, day=say(day)),
            code="room-does-not-exist",
            field="room",
        )


def free_address(day: dt.date, taken: set[str]) -> str:
    """The address of a meeting on a day: 2014-11-24, or 2014-11-24-2 when that was given to another meeting."""
    slug, number = day.isoformat(), 1
    while slug in taken:
        number += 1
        slug = f"{day.isoformat()}-{number}"
    return slug


def known_address(day: dt.date, own: Iterable[str]) -> str | None:
    """An address for a day among those that a meeting had already: it gets that one back."""
    return next((slug for slug in own if slug[:10] == day.isoformat()), None)
