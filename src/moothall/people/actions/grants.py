"""Roles in a whole council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from moothall.foundation.actions import add, end, verb
from moothall.foundation.actors import GRANTED, Actor, Role
from moothall.foundation.councils.public_versions import no_public_effect
from moothall.foundation.councils.scoping import days_added, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.people.administrators import leave_an_administrator
from moothall.people.models import Grant, Person


@verb(public_effect=no_public_effect)
def grant_role(person: Person, *, role: Role, first_day: dt.date, last_day: dt.date | None = None, by: Actor) -> Grant:
    """Give somebody a role in the whole council. An auditor can hold no other role: auditors change nothing."""
    if role not in GRANTED:
        raise RuleBroken(
            "",
            _("The role of {role} comes with a membership; it is not granted.").format(role=role),
            code="role-of-membership",
            field="role",
        )
    _check_role(person, role, set(_held(person.grants.filter(overlapping(first_day, last_day)))))
    return add(Grant(council=by.council, person=person, role=role, first_day=first_day, last_day=last_day), by)


@verb(public_effect=no_public_effect)
def end_grant(grant: Grant, *, last_day: dt.date, expected: int | None = None, by: Actor) -> Grant:
    """Let a role end. The council's last administrator who can sign in cannot be ended."""
    if grant.role == Role.ADMINISTRATOR:
        leave_an_administrator(grant.person, last_day, field="last_day")
    if (added := days_added(grant, last_day)) is not None:
        _check_role(grant.person, Role(grant.role), set(_held(grant.person.grants.exclude(pk=grant.pk).filter(added))))
    return end(grant, by, expected=expected, last_day=last_day)


def _held(grants: QuerySet[Grant]) -> Iterable[str]:
    return grants.values_list("role", flat=True)


def _check_role(person: Person, role: Role, held: set[str]) -> None:
    if role in held:
        message = _("{person} is {role} in these days already.").format(person=person, role=role)
        raise RuleBroken("", message, code="role-already-held", field="role")
    if held and Role.AUDITOR in {role, *held}:
        raise RuleBroken(
            "",
            _("An auditor can hold no other role, so that the auditor only reads."),
            code="auditor-has-other-role",
            field="role",
        )
