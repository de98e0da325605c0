"""Who may do what with bodies, who sees which, and which roles come with a place on one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from moothall.bodies.models import (
    Body,
    BodyGrant,
    FormerName,
    FormerOutsideName,
    Membership,
    Nomination,
    OutsideBody,
    SeatAllocation,
)
from moothall.bodies.states import BodyState
from moothall.foundation.actors import GRANTED, SEATED, Actor, Held, Role
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import EVERYTHING, Reach, Row, Sight
from moothall.people.models import Person

KEEPS_BOOKS = {Role.CLERK, Role.ADMINISTRATOR}
INSIDE = GRANTED | SEATED
LIVE = {BodyState.PROPOSED.value, BodyState.ACTIVE.value}
SHOWN = Q(state__in=(BodyState.ACTIVE, BodyState.DISSOLVED))
OF_SHOWN = Q(body__state__in=(BodyState.ACTIVE, BodyState.DISSOLVED))

ROWS = (
    Row("bodies.create_body", KEEPS_BOOKS),
    Row("bodies.amend_body", KEEPS_BOOKS, states=LIVE),
    Row("bodies.rename_body", KEEPS_BOOKS, states={BodyState.ACTIVE.value}),
    Row("bodies.start_body", KEEPS_BOOKS, states={BodyState.PROPOSED.value}),
    Row("bodies.dissolve_body", KEEPS_BOOKS, states={BodyState.ACTIVE.value}),
    Row("bodies.allocate_seats", KEEPS_BOOKS, states=LIVE),
    Row("bodies.appoint", KEEPS_BOOKS, states=LIVE),
    Row("bodies.move_to_seat", KEEPS_BOOKS),
    Row("bodies.end_membership", KEEPS_BOOKS),
    Row("bodies.withdraw_appointment", KEEPS_BOOKS),
    Row("bodies.create_outside_body", KEEPS_BOOKS),
    Row("bodies.amend_outside_body", KEEPS_BOOKS),
    Row("bodies.rename_outside_body", KEEPS_BOOKS),
    Row("bodies.end_outside_body", KEEPS_BOOKS),
    Row("bodies.nominate", KEEPS_BOOKS),
    Row("bodies.end_nomination", KEEPS_BOOKS),
    Row("bodies.grant_role_in_body", {Role.ADMINISTRATOR}),
    Row("bodies.end_role_in_body", {Role.ADMINISTRATOR}),
)

OF_SEAT = {
    Membership.Seat.CHAIR: (Role.MEMBER, Role.CHAIR),
    Membership.Seat.VICE_CHAIR: (Role.MEMBER,),
    Membership.Seat.MEMBER: (Role.MEMBER,),
    Membership.Seat.CABINET: (Role.MEMBER, Role.PORTFOLIO_HOLDER),
    Membership.Seat.CO_OPTED: (Role.CO_OPTEE,),
    Membership.Seat.SUBSTITUTE: (Role.SUBSTITUTE,),
}


def roles(actor: Actor) -> Iterable[Held]:
    """The roles that come with places on bodies, and those granted in one body.

    A portfolio holder is one for the whole council: reports of every body touch the portfolio.
    """
    mine = Q(holding(actor.today), person__account=actor.account_id)
    for seat, body in Membership.objects.of(actor.council).filter(mine).values_list("seat", "body"):
        for role in OF_SEAT[Membership.Seat(seat)]:
            yield Held(role, None if role is Role.PORTFOLIO_HOLDER else body)
    for granted, body in BodyGrant.objects.of(actor.council).filter(mine).values_list("role", "body"):
        yield Held(Role(granted), body)


def _sits_in_public(reach: Reach) -> Q:
    """Persons with a place, now or once, on a body that the public sees."""
    places = Membership.objects.of(reach.council).filter(OF_SHOWN, person=OuterRef("pk"))
    return Q(Exists(places))


def _own(reach: Reach) -> Q:
    return Q(person__account=reach.account_id) if reach.account_id else Q(pk__in=())


SIGHTS = (
    Sight(Body, {Role.PUBLIC}, SHOWN),
    Sight(Body, INSIDE, EVERYTHING),
    Sight(FormerName, {Role.PUBLIC}, OF_SHOWN),
    Sight(FormerName, INSIDE, EVERYTHING),
    Sight(Membership, {Role.PUBLIC}, OF_SHOWN),
    Sight(Membership, INSIDE, EVERYTHING),
    Sight(SeatAllocation, {Role.PUBLIC}, OF_SHOWN),
    Sight(SeatAllocation, INSIDE, EVERYTHING),
    Sight(OutsideBody, {Role.PUBLIC}, EVERYTHING),
    Sight(FormerOutsideName, {Role.PUBLIC}, EVERYTHING),
    Sight(Nomination, {Role.PUBLIC}, EVERYTHING),
    Sight(Person, {Role.PUBLIC}, _sits_in_public),
    Sight(BodyGrant, KEEPS_BOOKS, EVERYTHING),
    Sight(BodyGrant, INSIDE, _own),
)
