"""What the law asks of members as their places on bodies have it: the register (INT-02), the executive (MTG-25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from moothall.bodies.models import Kind, Membership
from moothall.core.clocks import Clock, Deadline
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import holding
from moothall.people import queries
from moothall.people.absences import standings, warned
from moothall.people.models import Person, Term
from moothall.people.six_months import Standing

Seat, Votes = Membership.Seat, Membership.Votes
OF_EXECUTIVE = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.CABINET, Seat.MEMBER)


def registrations_open(
    council: Council, on: dt.date, *, clock: Callable[[dt.date], Clock] | None = None
) -> list[tuple[Term, Deadline]]:
    """Members who have not registered their interests, and by when they have to, soonest first (INT-02).

    A co-optee has to who votes somewhere, or of whom no place is entered yet; one without a vote has not (Localism
    Act 2011, s.27(4)).
    """
    seated = dict.fromkeys(Membership.objects.of(council).filter(holding(on)).values_list("person", "votes"))
    voting = {person for person, votes in seated if votes != Votes.NONE}
    silent = {person for person, _ in seated} - voting
    found = queries.registrations_open(council, on, clock=clock)
    return [pair for pair in found if pair[0].office == Term.Office.COUNCILLOR or pair[0].person_id not in silent]


def executive_warnings(
    council: Council, on: dt.date, *, clock: Callable[[dt.date], Clock] | None = None
) -> list[tuple[Person, Standing]]:
    """Members of the executive who have long been to none of its meetings, who would cease first first (MTG-25).

    A decision taken alone counts as a meeting (LGA 1972 s.85(2A) and (2B)); the clock runs from joining the executive.
    """
    rows = Membership.objects.of(council).filter(holding(on), body__kind=Kind.CABINET, seat__in=OF_EXECUTIVE)
    began = dict(rows.order_by("first_day").values_list("person", "first_day"))
    return warned(council, standings(council, began, on=on, executive=True, clock=clock))
