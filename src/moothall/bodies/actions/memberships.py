"""Who sits on a body."""

from __future__ import annotations

import copy
import datetime as dt
from typing import cast

from django.utils.translation import gettext as _

from moothall.bodies.eligibility import check_appointment
from moothall.bodies.models import Body, Membership
from moothall.core.clocks import day_after, day_before
from moothall.foundation.actions import add, check_version, end, record, remove, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import days_added
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.models import Person

Seat, Votes = Membership.Seat, Membership.Votes


@verb
def appoint(
    body: Body,
    *,
    person: Person,
    seat: Membership.Seat = Seat.MEMBER,
    first_day: dt.date,
    last_day: dt.date | None = None,
    votes: Membership.Votes | None = None,
    portfolio: str = "",
    nominator: str = "",
    represents: str = "",
    by: Actor,
) -> Membership:
    """Put somebody on a body.

    ``votes`` is by default everything for members, and nothing for co-optees (MTG-22). Raises RuleBroken when the
    person cannot sit there, the place is taken, or the group has no seat left (MTG-23).
    """
    membership = Membership(
        council=by.council,
        body=body,
        person=person,
        seat=seat,
        votes=votes or (Votes.NONE if seat == Seat.CO_OPTED else Votes.ALL),
        portfolio=portfolio,
        nominator=nominator,
        represents=represents,
        first_day=first_day,
        last_day=last_day,
    )
    check_appointment(membership)
    return add(membership, by)


@verb
def end_membership(membership: Membership, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Membership:
    """Take somebody off a body after ``last_day``; a later day that is entered corrects an earlier one.

    Raises RuleBroken where the days that this adds cannot be (``appoint``), StaleObject.
    """
    if days_added(membership, last_day) is not None:
        longer = copy.copy(membership)
        longer.first_day, longer.last_day = day_after(cast("dt.date", membership.last_day)), last_day
        check_appointment(longer)
    return end(membership, by, expected=expected, last_day=last_day)


@verb
def withdraw_appointment(membership: Membership, *, expected: int | None = None, by: Actor) -> Body:
    """Take back an appointment that has not begun, as if it had not been made; the audit log keeps it.

    Gives the body. Raises RuleBroken for one that has begun: that one is ended.
    """
    check_version(membership, by, expected)
    if membership.first_day <= by.today:
        message = _("It began on {day}: end it instead.").format(day=say(membership.first_day))
        raise RuleBroken("", message, code="already-begun", field="first_day")
    body = membership.body
    remove(membership, by)
    return body


@verb
def move_to_seat(
    membership: Membership,
    *,
    seat: Membership.Seat,
    first_day: dt.date,
    portfolio: str = "",
    expected: int | None = None,
    by: Actor,
) -> Membership:
    """Make a member the chair, or anything else, from a day on. The old place ends the day before and is kept."""
    check_version(membership, by, expected, seat=seat, portfolio=portfolio)
    if not membership.holds(first_day) or first_day <= membership.first_day:
        raise RuleBroken(
            "",
            _("The new place begins after the old one has, and before it ends."),
            code="outside-of-membership",
            field="first_day",
        )
    last_day, membership.last_day = membership.last_day, day_before(first_day)
    membership.version += 1
    membership.save(force_update=True)
    moved = Membership(
        council=by.council,
        body=membership.body,
        person=membership.person,
        seat=seat,
        votes=membership.votes,
        portfolio=portfolio,
        nominator=membership.nominator,
        represents=membership.represents,
        first_day=first_day,
        last_day=last_day,
    )
    check_appointment(moved)
    moved.save(force_insert=True)
    told = {"seat": seat, "portfolio": portfolio, "from": first_day, "membership": moved.pk}
    record(by, membership, before={"seat": membership.seat, "last_day": last_day}, after=told)
    return moved
