"""What does not fit any more about who sits on a body: books are kept by hand, and things happen elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from moothall.bodies.eligibility import FULL, OF_COUNCILLORS
from moothall.bodies.models import Body, Kind, Membership
from moothall.bodies.queries import Finding, members
from moothall.core.clocks import day_after
from moothall.foundation.councils.scoping import holding
from moothall.foundation.translation import say_date
from moothall.people.models import GroupMembership, Person, PoliticalGroup, Term

Seat = Membership.Seat


def seating_findings(body: Body, on: dt.date) -> list[Finding]:
    """Members who are no councillors any more, groups with more members than seats, a chair who left."""
    rows = members(body, on)
    return [*_no_office(body, rows, on), *_too_many(body, rows, on), *_no_chair(body, rows, on)]


def _no_office(body: Body, rows: list[Membership], on: dt.date) -> Iterator[Finding]:
    """A term that was entered with its last day ends by itself; the places are ended by hand (LGA 1972 s.102(5))."""
    if body.kind == Kind.BOARD:
        return
    sitting = [row.person for row in rows if row.seat in OF_COUNCILLORS]
    terms = Term.objects.of(body.council).filter(holding(on), office=Term.Office.COUNCILLOR, person__in=sitting)
    held = set(terms.values_list("person_id", flat=True))
    for person in sitting:
        if person.pk not in held:
            message = _("{person} is not a councillor any more and still has a place: end it.")
            yield Finding("LGA 1972 s.102(5)", message.format(person=person), "not-councillor")


def _too_many(body: Body, rows: list[Membership], on: dt.date) -> Iterator[Finding]:
    """Who changes groups keeps the place; the council then looks at the seats again (MTG-23)."""
    given = list(body.seat_allocations.filter(holding(on)).select_related("group"))
    if not given:
        return
    sitting = [row.person for row in rows if row.seat in FULL]
    seated, names = _by_group(body, sitting, on), {row.group_id: row.group for row in given}
    seats = {row.group_id: row.seats for row in given}
    for group, number in sorted(seated.items(), key=str):
        if number > seats.get(group, 0):
            told: dict[str, object] = {"number": number, "seats": seats.get(group, 0)}
            if group is None:
                message = _("More members of no group sit here ({number}) than there are seats for them ({seats}).")
            else:
                message = _("More members of {group} sit here ({number}) than it has seats ({seats}).")
                told["group"] = names.get(group) or PoliticalGroup.objects.of(body.council).get(pk=group)
            yield Finding("MTG-23", message.format(**told), "more-members-than-seats")


def _by_group(body: Body, sitting: list[Person], on: dt.date) -> Counter[int | None]:
    joined = GroupMembership.objects.of(body.council).filter(holding(on), person__in=sitting)
    groups = dict(joined.values_list("person_id", "group_id"))
    return Counter(groups.get(person.pk) for person in sitting)


def _no_chair(body: Body, rows: list[Membership], on: dt.date) -> Iterator[Finding]:
    if not rows or any(row.seat == Seat.CHAIR for row in rows):
        return
    last = body.memberships.filter(seat=Seat.CHAIR, last_day__lt=on).order_by("-last_day").first()
    if last is not None and last.last_day is not None:
        message = _("There has been no chair since {day}: put somebody in the chair.")
        since = say_date(day_after(last.last_day))
        yield Finding("", message.format(day=since), "no-chair")
