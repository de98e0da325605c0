"""Who can sit where: what an appointment is held against before it is written."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from moothall.bodies.models import Body, Kind, Membership, SeatAllocation
from moothall.bodies.states import BodyState
from moothall.foundation.councils.scoping import holding, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.queries import group_of, is_councillor

Seat, Votes = Membership.Seat, Membership.Votes
OF_COUNCILLORS = {Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.CABINET, Seat.SUBSTITUTE}
FULL = {Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.CABINET}


def check_appointment(membership: Membership) -> None:
    """Raise RuleBroken when this membership, not yet written, cannot be."""
    for check in (_body_is_there, _once, _one_chair, _office, _not_executive, _vote, _group_has_a_seat):
        check(membership)


def _body_is_there(membership: Membership) -> None:
    body = membership.body
    if body.state == BodyState.DISSOLVED or not body.holds(membership.first_day):
        raise RuleBroken(
            "",
            _("{body} is not there on {first_day}.").format(body=body, first_day=say(membership.first_day)),
            code="body-does-not-exist",
            field="first_day",
        )


def _once(membership: Membership) -> None:
    if _others(membership).filter(person=membership.person).exists():
        raise RuleBroken(
            "",
            _("{person} is on {body} in these days already.").format(person=membership.person, body=membership.body),
            code="already-member",
            field="person",
        )


def _one_chair(membership: Membership) -> None:
    if membership.seat == Seat.CHAIR and _others(membership).filter(seat=Seat.CHAIR).exists():
        raise RuleBroken(
            "",
            _("{body} has a chair in these days already.").format(body=membership.body),
            code="chair-taken",
            field="seat",
        )


def _office(membership: Membership) -> None:
    """Members are councillors, co-optees are not; a board may have anybody."""
    if membership.body.kind == Kind.BOARD:
        return
    councillor = is_councillor(membership.person, membership.first_day)
    if membership.seat in OF_COUNCILLORS and not councillor:
        raise RuleBroken(
            "",
            _("{person} is not a councillor on {first_day}: co-opt instead.").format(
                person=membership.person, first_day=say(membership.first_day)
            ),
            code="not-councillor",
            field="person",
        )
    if membership.seat == Seat.CO_OPTED and councillor:
        raise RuleBroken(
            "MTG-22",
            _("{person} is a councillor, and is not co-opted.").format(person=membership.person),
            code="councillor-co-opted",
            field="seat",
        )


def _not_executive(membership: Membership) -> None:
    """No member of the executive sits on a scrutiny body, nor on a sub-committee of one (LGA 2000 s.9FA(3))."""
    of = _side_of(membership.body)
    other = {Kind.SCRUTINY: Kind.CABINET, Kind.CABINET: Kind.SCRUTINY}.get(of) if of else None
    if other is None:
        return
    places = membership.person.memberships.filter(_days(membership)).select_related("body__parent")
    held = next((each for each in places if _side_of(each.body) == other), None)
    if held is not None:
        raise RuleBroken(
            "",
            _("{person} is on {body}: members of the executive do not scrutinise (LGA 2000 s.9FA(3)).").format(
                person=membership.person, body=held.body
            ),
            code="executive-scrutinises",
            field="person",
        )


def _side_of(body: Body) -> Kind | None:
    """The kind of a body, or of the one that it is a sub-committee of."""
    above: Body | None = body
    while above is not None and above.kind == Kind.SUB_COMMITTEE:
        above = above.parent
    return Kind(above.kind) if above is not None else None


def _vote(membership: Membership) -> None:
    if membership.votes == Votes.EDUCATION and not (membership.seat == Seat.CO_OPTED and membership.body.education):
        raise RuleBroken(
            "MTG-22",
            _("Only a co-optee of a body that scrutinises education votes on education only."),
            code="education-vote-not-allowed",
            field="votes",
        )
    if membership.seat in OF_COUNCILLORS and membership.votes != Votes.ALL:
        raise RuleBroken("", _("A councillor on a body has a full vote."), code="vote-not-full", field="votes")


def _group_has_a_seat(membership: Membership) -> None:
    """Seats of a group are for its members; only where seats have been given out (MTG-23).

    Held on its first day, and on each later one on which somebody else's place begins or seats are given out anew.
    """
    if membership.seat not in FULL:
        return
    given = list(membership.body.seat_allocations.filter(_days(membership)))
    if not given:
        return
    begun = _others(membership).filter(seat__in=FULL).values_list("first_day", flat=True)
    days = {max(day, membership.first_day) for day in (*begun, *(row.first_day for row in given))}
    for day in sorted({membership.first_day, *days}):
        if held := [row for row in given if row.holds(day)]:
            _has_a_seat_on(membership, day, held)


def _has_a_seat_on(membership: Membership, day: dt.date, given: list[SeatAllocation]) -> None:
    group = group_of(membership.person, day)
    seats = sum(row.seats for row in given if row.group_id == (group.pk if group else None))
    if _seated(membership, group.pk if group else None, day) >= seats:
        raise RuleBroken(
            "MTG-23",
            _("{group}: all {seats} seats on {body} are filled.").format(
                group=group or _("Members of no group"), seats=seats, body=membership.body
            ),
            code="seats-filled",
            field="person",
        )


def _seated(membership: Membership, group: int | None, day: dt.date) -> int:
    seated = _others(membership).filter(holding(day), seat__in=FULL).select_related("person")
    return sum((found.pk if (found := group_of(each.person, day)) else None) == group for each in seated)


def _others(membership: Membership) -> QuerySet[Membership]:
    return membership.body.memberships.filter(_days(membership)).exclude(pk=membership.pk)


def _days(membership: Membership) -> Q:
    return overlapping(membership.first_day, membership.last_day)
