"""Seats of groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from moothall.actor import Actor
from moothall.bodies.models import Body, SeatAllocation
from moothall.councils.scoped import overlapping
from moothall.errors import RuleBroken
from moothall.people.models import PoliticalGroup
from moothall.verbs import record, verb


@verb
def allocate_seats(
    body: Body, *, seats: Mapping[PoliticalGroup | None, int], first_day: dt.date, by: Actor
) -> list[SeatAllocation]:
    """Give a body's seats to groups (None: members of no group) from a day on; what was before ends the day before.

    The proposal comes from ``queries.balance_of``; the council may decide otherwise, so nothing is enforced here.
    """
    if not seats or sum(seats.values()) < 1:
        raise RuleBroken("MTG-23", _("Say how many seats each group has."), field="seats")
    _end_before(body, first_day)
    rows = [
        SeatAllocation(council=by.council, body=body, group=group, seats=number, first_day=first_day)
        for group, number in seats.items()
        if number
    ]
    for row in rows:
        row.save(force_insert=True)
    told = {str(group or "no group"): number for group, number in seats.items()}
    record(by, body, before=None, after={"first_day": first_day, "seats": told})
    return rows


def _end_before(body: Body, first_day: dt.date) -> None:
    """End what holds before ``first_day``; what would have begun on or after it never comes about."""
    rows = body.seat_allocations.filter(overlapping(first_day, None))
    if rows.filter(first_day__gt=first_day).exists():
        raise RuleBroken("MTG-23", _("Seats have been given out from a later day on already."), field="first_day")
    rows.filter(first_day=first_day).delete()
    rows.filter(first_day__lt=first_day).update(last_day=first_day - dt.timedelta(days=1))
