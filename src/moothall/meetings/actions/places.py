"""Rooms, recesses, elections."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.foundation.actions import add, change, remove, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.meetings.models import Period, Room
from moothall.people.names import free_slug


@verb
def add_room(
    *, name: str, first_day: dt.date, address: str = "", seats: int | None = None, getting_in: str = "", by: Actor
) -> Room:
    """Enter a room in which bodies can meet."""
    taken = set(Room.objects.of(by.council).values_list("slug", flat=True))
    room = Room(
        council=by.council,
        slug=free_slug(name, taken),
        name=name,
        address=address,
        seats=seats,
        getting_in=getting_in,
        first_day=first_day,
    )
    return add(room, by)


@verb
def amend_room(
    room: Room,
    *,
    name: str,
    address: str = "",
    seats: int | None = None,
    getting_in: str = "",
    expected: int | None = None,
    by: Actor,
) -> Room:
    """Correct what is known of a room. Raises StaleObject."""
    return change(room, by, expected=expected, name=name, address=address, seats=seats, getting_in=getting_in)


@verb
def close_room(room: Room, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Room:
    """Let go of a room after ``last_day``. Raises RuleBroken while meetings are planned there later."""
    later = room.meetings.filter(day__gt=last_day).first()
    if later is not None and later.takes_place:
        raise RuleBroken(
            "",
            _("{later} is to be in {room}: find another room first.").format(later=later, room=room),
            code="room-booked",
            field="last_day",
        )
    if last_day < room.first_day:
        raise RuleBroken(
            "",
            _("It is there from {first_day}; it cannot end before.").format(first_day=say(room.first_day)),
            code="ends-before-it-begins",
            field="last_day",
        )
    return change(room, by, expected=expected, last_day=last_day)


@verb
def add_period(*, kind: Period.Kind, name: str, first_day: dt.date, last_day: dt.date, by: Actor) -> Period:
    """Enter a recess, or an election with the weeks before it; meetings on these days are warned of."""
    if last_day < first_day:
        raise RuleBroken("", _("The last day is before the first day."), code="ends-before-it-begins", field="last_day")
    return add(Period(council=by.council, kind=kind, name=name, first_day=first_day, last_day=last_day), by)


@verb
def remove_period(period: Period, *, by: Actor) -> None:
    """Take out a recess or election."""
    remove(period, by)
