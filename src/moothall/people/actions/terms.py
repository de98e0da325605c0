"""Terms of office."""

from __future__ import annotations

import datetime as dt

from moothall.actor import Actor
from moothall.councils.scoped import overlapping
from moothall.errors import RuleBroken
from moothall.people.models import Person, Term
from moothall.verbs import add, change, verb


@verb
def begin_term(
    person: Person,
    *,
    office: Term.Office,
    first_day: dt.date,
    last_day: dt.date | None = None,
    ward: str = "",
    by: Actor,
) -> Term:
    """Begin a term of office. The clock of the register of interests starts (INT-02)."""
    if person.terms.filter(office=office).filter(overlapping(first_day, last_day)).exists():
        raise RuleBroken("", f"{person} holds that office in these days already.", field="first_day")
    term = Term(council=by.council, person=person, office=office, ward=ward, first_day=first_day, last_day=last_day)
    return add(term, by)


@verb
def end_term(term: Term, *, last_day: dt.date, ending: Term.Ending, expected: int | None = None, by: Actor) -> Term:
    """End a term of office on ``last_day``, and say by what. Raises RuleBroken when that is before it began."""
    if last_day < term.first_day:
        raise RuleBroken("", f"The term began on {term.first_day}; it cannot end before.", field="last_day")
    return change(term, by, expected=expected, last_day=last_day, ending=ending)
