"""Roles in a whole council."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.actor import GRANTED, Actor, Role
from moothall.councils.scoped import overlapping
from moothall.errors import RuleBroken
from moothall.people.models import Grant, Person
from moothall.verbs import add, end, verb


@verb
def grant_role(person: Person, *, role: Role, first_day: dt.date, last_day: dt.date | None = None, by: Actor) -> Grant:
    """Give somebody a role in the whole council. An auditor can hold no other role: auditors change nothing."""
    if role not in GRANTED:
        raise RuleBroken(
            "", _("The role of {role} comes with a membership; it is not granted.").format(role=role), field="role"
        )
    held = set(person.grants.filter(overlapping(first_day, last_day)).values_list("role", flat=True))
    if role in held:
        raise RuleBroken(
            "", _("{person} is {role} in these days already.").format(person=person, role=role), field="role"
        )
    if held and Role.AUDITOR in {role, *held}:
        raise RuleBroken("", _("An auditor can hold no other role, so that the auditor only reads."), field="role")
    return add(Grant(council=by.council, person=person, role=role, first_day=first_day, last_day=last_day), by)


@verb
def end_grant(grant: Grant, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Grant:
    """Let a role end. The council's last administrator cannot be ended."""
    if grant.role == Role.ADMINISTRATOR and not _another_administrator(grant, last_day):
        raise RuleBroken("", _("This is the council's last administrator: make another one first."), field="last_day")
    return end(grant, by, expected=expected, last_day=last_day)


def _another_administrator(grant: Grant, last_day: dt.date) -> bool:
    others = Grant.objects.of(grant.council).filter(role=Role.ADMINISTRATOR).exclude(pk=grant.pk)
    return others.filter(last_day__isnull=True, first_day__lte=last_day + dt.timedelta(days=1)).exists()
