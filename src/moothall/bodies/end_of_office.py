"""Places on bodies that end with an office (LGA 1972 s.102(5)). Nominations to outside bodies do not."""

from __future__ import annotations

import datetime as dt

from moothall.bodies.eligibility import OF_COUNCILLORS
from moothall.bodies.models import Kind, Membership
from moothall.people.end_of_office import end_rows
from moothall.people.models import Term


def end_body_places(term: Term, last_day: dt.date) -> list[str]:
    """End the seats and co-opted places that end with a term. A board may have any person: places there stay."""
    rows = Membership.objects.of(term.council).filter(person=term.person_id).exclude(body__kind=Kind.BOARD)
    seats = OF_COUNCILLORS if term.office == Term.Office.COUNCILLOR else {Membership.Seat.CO_OPTED}
    return end_rows(rows.filter(seat__in=seats).select_related("person", "body"), last_day)
