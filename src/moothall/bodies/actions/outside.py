"""Outside bodies, and whom the council sends there."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.actor import Actor
from moothall.bodies.models import Nomination, OutsideBody
from moothall.councils.scoped import overlapping
from moothall.errors import RuleBroken
from moothall.people.models import Person
from moothall.people.naming import free_slug
from moothall.verbs import add, end, verb


@verb
def create_outside_body(*, name: str, first_day: dt.date, places: int = 1, purpose: str = "", by: Actor) -> OutsideBody:
    """Enter a body that is not the council's, with how many places the council has on it."""
    taken = set(OutsideBody.objects.of(by.council).values_list("slug", flat=True))
    row = OutsideBody(
        council=by.council,
        slug=free_slug(name, taken),
        name=name,
        purpose=purpose,
        places=places,
        first_day=first_day,
    )
    return add(row, by)


@verb
def nominate(
    outside_body: OutsideBody,
    *,
    person: Person,
    first_day: dt.date,
    last_day: dt.date | None = None,
    capacity: str = "",
    by: Actor,
) -> Nomination:
    """Send somebody to an outside body. Raises RuleBroken when its places are filled."""
    held = outside_body.nominations.filter(overlapping(first_day, last_day))
    if held.filter(person=person).exists():
        raise RuleBroken(
            "",
            _("{person} is on {outside_body} in these days already.").format(person=person, outside_body=outside_body),
            field="person",
        )
    if held.count() >= outside_body.places:
        raise RuleBroken("", _("The council's places on {body} are filled.").format(body=outside_body), field="person")
    row = Nomination(
        council=by.council,
        outside_body=outside_body,
        person=person,
        capacity=capacity,
        first_day=first_day,
        last_day=last_day,
    )
    return add(row, by)


@verb
def end_nomination(nomination: Nomination, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Nomination:
    """Call somebody back from an outside body after ``last_day``."""
    return end(nomination, by, expected=expected, last_day=last_day)
