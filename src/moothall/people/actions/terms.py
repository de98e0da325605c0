"""Terms of office."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.core.clocks import day_after
from moothall.foundation.actions import add, change, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import days_added, holding, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.people.end_of_office import leave
from moothall.people.models import Person, Term


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
        raise RuleBroken(
            "",
            _("{person} holds that office in these days already.").format(person=person),
            code="office-already-held",
            field="first_day",
        )
    term = Term(council=by.council, person=person, office=office, ward=ward, first_day=first_day, last_day=last_day)
    return add(term, by)


@verb
def end_term(term: Term, *, last_day: dt.date, ending: Term.Ending, expected: int | None = None, by: Actor) -> Term:
    """End a term of office on ``last_day``, and say by what. Raises RuleBroken when that is before it began.

    What can be held only in that office ends with it, unless the member goes on in a term that follows at once: places
    on bodies and in a political group. What was to begin later does not come about; the audit entry tells of both.
    """
    others = term.person.terms.filter(office=term.office).exclude(pk=term.pk)
    if (added := days_added(term, last_day)) is not None and others.filter(added).exists():
        message = _("{person} holds that office in these days already.").format(person=term.person)
        raise RuleBroken("", message, code="office-already-held", field="last_day")
    goes_on = others.filter(holding(day_after(last_day))).exists()
    told = {} if goes_on else leave(term, last_day)
    return end(term, by, expected=expected, last_day=last_day, ending=ending, told=told)


@verb
def enter_registration(term: Term, *, registered_on: dt.date, expected: int | None = None, by: Actor) -> Term:
    """Enter that a member told the Monitoring Officer of all interests, or that there are none (INT-02)."""
    if registered_on > by.today:
        raise RuleBroken("INT-02", _("That day is still to come."), code="in-future", field="registered_on")
    return change(term, by, expected=expected, registered_on=registered_on)
