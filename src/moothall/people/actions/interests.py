"""The register of interests, and disclosures at meetings (INT-01, INT-02)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.foundation.actions import add, change, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import overlapping
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.models import Disclosure, Interest, Person
from moothall.people.stored_deadlines import as_kept


@verb
def register_interest(
    person: Person,
    *,
    category: Interest.Category,
    description: str,
    first_day: dt.date,
    whose: Interest.Whose = Interest.Whose.OWN,
    sensitive_why: str = "",
    by: Actor,
) -> Interest:
    """Enter an interest in the register (INT-01).

    With ``sensitive_why`` (why the Monitoring Officer agrees that it is sensitive) all details are withheld from
    the public and from the other members (s.32).
    """
    if not person.terms.filter(overlapping(first_day, None)).exists():
        raise RuleBroken(
            "INT-02",
            _("{person} is no member on {first_day}, and need register nothing.").format(
                person=person, first_day=say(first_day)
            ),
            code="not-member",
            field="person",
        )
    interest = Interest(
        council=by.council,
        person=person,
        category=category,
        whose=whose,
        description=description,
        first_day=first_day,
        sensitive=bool(sensitive_why),
        sensitive_why=sensitive_why,
    )
    return add(interest, by)


@verb
def end_interest(interest: Interest, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Interest:
    """Enter that an interest is no longer held after ``last_day``."""
    return end(interest, by, expected=expected, last_day=last_day)


@verb
def disclose_interest(person: Person, *, day: dt.date, meeting: str, by: Actor) -> Disclosure:
    """Enter that an unregistered pecuniary interest was disclosed at a meeting; a clock of 28 days starts (INT-02)."""
    due = by.council.clock(day).deadline("interest-registration", day)
    disclosure = Disclosure(
        council=by.council, person=person, day=day, meeting=meeting, due=due.day, due_as_computed=as_kept(due)
    )
    return add(disclosure, by)


@verb
def notify_disclosure(
    disclosure: Disclosure,
    *,
    notified_on: dt.date,
    interest: Interest | None = None,
    expected: int | None = None,
    by: Actor,
) -> Disclosure:
    """Enter that the Monitoring Officer was told, and which entry of the register came of it."""
    if notified_on < disclosure.day:
        raise RuleBroken(
            "INT-02",
            _("It was disclosed on {day} only.").format(day=say(disclosure.day)),
            code="before-disclosure",
            field="notified_on",
        )
    if interest is not None and interest.person_id != disclosure.person_id:
        raise RuleBroken(
            "INT-02",
            _("That entry of the register is another member's."),
            code="interest-of-other-member",
            field="interest",
        )
    return change(disclosure, by, expected=expected, notified_on=notified_on, interest=interest)
