"""Outside bodies, and whom the council sends there."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _

from moothall.bodies.models import FormerOutsideName, Nomination, OutsideBody
from moothall.core.clocks import day_after, day_before
from moothall.foundation.actions import add, change, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import days_added, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.models import Person
from moothall.people.name_changes import check_day_of_name, check_not_over
from moothall.people.names import free_slug, slug_after, slug_of


@verb
def create_outside_body(*, name: str, first_day: dt.date, places: int = 1, purpose: str = "", by: Actor) -> OutsideBody:
    """Enter a body that is not the council's, with how many places the council has on it."""
    name = name.strip()
    row = OutsideBody(
        council=by.council,
        slug=free_slug(name, _taken(by.council, name)),
        name=name,
        purpose=purpose,
        places=places,
        first_day=first_day,
    )
    return add(row, by)


@verb
def amend_outside_body(
    outside_body: OutsideBody, *, name: str, purpose: str, places: int, expected: int | None = None, by: Actor
) -> OutsideBody:
    """Change what an outside body does and how many places the council has there, or correct a slip in its name.

    Its address stays. Raises StaleObject, RuleBroken.
    """
    taken = outside_body.nominations.filter(overlapping(by.today, None)).count()
    if places < min(taken, outside_body.places):
        raise RuleBroken(
            "",
            _("{number} places are filled: call somebody back first.").format(number=taken),
            code="places-in-use",
            field="places",
        )
    return change(outside_body, by, expected=expected, name=name.strip(), purpose=purpose, places=places)


@verb
def rename_outside_body(
    outside_body: OutsideBody, *, name: str, first_day: dt.date, expected: int | None = None, by: Actor
) -> OutsideBody:
    """Enter that an outside body is called otherwise from a day on: papers of earlier days print the old name.

    The address follows the name; the old one sends on for ever. Raises StaleObject, RuleBroken.
    """
    name = name.strip()
    if name == outside_body.name:
        raise RuleBroken("", _("That is the name as it is: enter the new one."), code="name-unchanged", field="name")
    check_day_of_name(first_day, outside_body.renamed_on or outside_body.first_day, by.today)
    check_not_over(outside_body, first_day)
    own = set(outside_body.former_names.exclude(slug="").values_list("slug", flat=True))
    slug = slug_after(name, slug=outside_body.slug, own=own, taken=_taken(by.council, name))
    FormerOutsideName(
        council=by.council,
        outside_body=outside_body,
        slug="" if slug == outside_body.slug or outside_body.slug in own else outside_body.slug,
        name=outside_body.name,
        last_day=day_before(first_day),
    ).save(force_insert=True)
    return change(outside_body, by, expected=expected, name=name, slug=slug, renamed_on=first_day)


@verb
def end_outside_body(
    outside_body: OutsideBody, *, last_day: dt.date, expected: int | None = None, by: Actor
) -> OutsideBody:
    """Enter that an outside body is no more after ``last_day``, or that the council sends nobody there any more.

    Its nominations end with it. Raises RuleBroken when one is to begin after that day.
    """
    later = outside_body.nominations.filter(first_day__gt=last_day).select_related("person").first()
    if later is not None:
        message = _("{person} is to go there from {day}: that day is after the end.")
        raise RuleBroken(
            "",
            message.format(person=later.person, day=say(later.first_day)),
            code="nomination-begins-later",
            field="last_day",
        )
    ended = end(outside_body, by, expected=expected, last_day=last_day)
    after = overlapping(day_after(last_day), None)
    outside_body.nominations.filter(after).update(last_day=last_day, version=F("version") + 1)
    return ended


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
    if not outside_body.holds(first_day):
        message = _("{body} is not there on {first_day}.")
        raise RuleBroken(
            "",
            message.format(body=outside_body, first_day=say(first_day)),
            code="body-does-not-exist",
            field="first_day",
        )
    held = outside_body.nominations.filter(overlapping(first_day, last_day))
    if held.filter(person=person).exists():
        raise RuleBroken(
            "",
            _("{person} is on {outside_body} in these days already.").format(person=person, outside_body=outside_body),
            code="already-nominated",
            field="person",
        )
    if held.count() >= outside_body.places:
        raise RuleBroken(
            "",
            _("The council's places on {body} are filled.").format(body=outside_body),
            code="places-filled",
            field="person",
        )
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
    """Call somebody back from an outside body after ``last_day``; a later day corrects an earlier one."""
    outside_body, added = nomination.outside_body, days_added(nomination, last_day)
    if added is not None:
        if not outside_body.holds(last_day):
            message = _("{body} is not there on {first_day}.").format(body=outside_body, first_day=say(last_day))
            raise RuleBroken("", message, code="body-does-not-exist", field="last_day")
        held = outside_body.nominations.exclude(pk=nomination.pk).filter(added)
        if held.filter(person=nomination.person).exists() or held.count() >= outside_body.places:
            message = _("The council's places on {body} are filled.").format(body=outside_body)
            raise RuleBroken("", message, code="places-filled", field="last_day")
    return end(nomination, by, expected=expected, last_day=last_day)


def _taken(council: Council, name: str) -> set[str]:
    """Every address that an outside body has or had and that a name could get."""
    like = {"slug__startswith": slug_of(name)}
    now = OutsideBody.objects.of(council).filter(**like).values_list("slug", flat=True)
    return {*now, *FormerOutsideName.objects.of(council).filter(**like).values_list("slug", flat=True)}
