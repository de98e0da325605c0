"""Seats of groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from moothall.bodies.models import Body, SeatAllocation
from moothall.core.clocks import day_before
from moothall.foundation.actions import check_version, record, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import holding, overlapping
from moothall.foundation.errors import Difference, RuleBroken, StaleObject
from moothall.people.models import PoliticalGroup

Seats = Mapping[PoliticalGroup | None, int]


@verb
def allocate_seats(
    body: Body, *, seats: Seats, first_day: dt.date, expected: int | None = None, by: Actor
) -> list[SeatAllocation]:
    """Give a body's seats to groups (None: members of no group) from a day on; what was before ends the day before.

    The proposal comes from ``queries.balance_of``; the council may decide otherwise, so nothing is enforced here.
    ``expected`` is the version of the body that the person had before them. Raises RuleBroken, StaleObject.
    """
    if not seats or sum(seats.values()) < 1:
        raise RuleBroken("MTG-23", _("Say how many seats each group has."), code="seats-missing", field="seats")
    _check_version(body, by, expected, seats, first_day)
    _end_before(body, first_day)
    body.version += 1
    body.save(update_fields=["version"])
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


def _check_version(body: Body, by: Actor, expected: int | None, seats: Seats, day: dt.date) -> None:
    try:
        check_version(body, by, expected)
    except StaleObject as stale:
        held = body.seat_allocations.filter(holding(day)).select_related("group")
        now = {row.group: row.seats for row in held}
        found = [
            Difference(str(group or _("Members of no group")), str(now.get(group, 0)), str(seats.get(group, 0)))
            for group in sorted({*now, *seats}, key=str)
            if now.get(group, 0) != seats.get(group, 0)
        ]
        raise StaleObject(found, by=stale.by, at=stale.at) from None


def _end_before(body: Body, first_day: dt.date) -> None:
    """End what holds before ``first_day``; what would have begun on or after it never comes about."""
    rows = body.seat_allocations.filter(overlapping(first_day, None))
    if rows.filter(first_day__gt=first_day).exists():
        raise RuleBroken(
            "MTG-23",
            _("Seats have been given out from a later day on already."),
            code="later-allocation-exists",
            field="first_day",
        )
    rows.filter(first_day=first_day).delete()
    rows.filter(first_day__lt=first_day).update(last_day=day_before(first_day))
