"""Attendance as the law counts it, and approved absences (MTG-25)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.foundation.actions import add, change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import holding
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.absences import six_months
from moothall.people.models import AbsenceApproval, Attendance, Person
from moothall.people.six_months import Standing


@verb
def record_attendance(
    person: Person, *, day: dt.date, meeting: str, how: Attendance.How, executive: bool = False, by: Actor
) -> Attendance:
    """Enter whether a member came to a meeting; entered again for the same meeting, it is corrected."""
    if day > by.today:
        raise RuleBroken("MTG-25", _("That meeting has not been held yet."), code="in-future", field="day")
    if not person.terms.filter(holding(day)).exists():
        raise RuleBroken(
            "MTG-25",
            _("{person} is no member on {day}.").format(person=person, day=say(day)),
            code="not-member",
            field="person",
        )
    row = person.attendances.filter(day=day, meeting=meeting).first()
    if row is not None:
        return change(row, by, how=how, executive=executive)
    row = Attendance(council=by.council, person=person, day=day, meeting=meeting, how=how, executive=executive)
    return add(row, by)


@verb
def approve_absence(
    person: Person, *, approved_on: dt.date, approved_until: dt.date, reason: str, executive: bool = False, by: Actor
) -> AbsenceApproval:
    """Enter that the council approved why a member does not attend.

    Raises RuleBroken (MTG-25) when the six months were over already: then the member has ceased to be one.
    """
    standing = six_months(person, on=approved_on, executive=executive)
    if isinstance(standing, Standing) and standing.ceased:
        raise RuleBroken(
            "MTG-25",
            _("The six months ended on {expires}; an approval after that comes too late (LGA 1972 s.85).").format(
                expires=say(standing.expires)
            ),
            code="approved-too-late",
            field="approved_on",
        )
    row = AbsenceApproval(
        council=by.council,
        person=person,
        approved_on=approved_on,
        approved_until=approved_until,
        reason=reason,
        executive=executive,
    )
    return add(row, by)
