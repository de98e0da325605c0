"""Roles in one body."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.bodies.models import Body, BodyGrant
from moothall.foundation.actions import add, end, verb
from moothall.foundation.actors import GRANTED, Actor, Role
from moothall.foundation.councils.public_versions import no_public_effect
from moothall.foundation.councils.scoping import days_added, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.people.models import Person

WHOLE_COUNCIL = {Role.ADMINISTRATOR, Role.AUDITOR}


@verb(public_effect=no_public_effect)
def grant_role_in_body(
    body: Body, *, person: Person, role: Role, first_day: dt.date, last_day: dt.date | None = None, by: Actor
) -> BodyGrant:
    """Give somebody a role in one body: its clerk, one of its authors."""
    if role not in GRANTED - WHOLE_COUNCIL:
        raise RuleBroken(
            "",
            _("The role of {role} is not given in one body.").format(role=role),
            code="role-of-whole-council",
            field="role",
        )
    days = overlapping(first_day, last_day)
    if person.grants.filter(days, role=Role.AUDITOR).exists():
        raise RuleBroken(
            "",
            _("An auditor can hold no other role, so that the auditor only reads."),
            code="auditor-has-other-role",
            field="person",
        )
    if body.grants.filter(days, person=person, role=role).exists():
        raise RuleBroken(
            "",
            _("{person} is {role} of {body} in these days already.").format(person=person, role=role, body=body),
            code="role-already-held",
            field="role",
        )
    row = BodyGrant(council=by.council, body=body, person=person, role=role, first_day=first_day, last_day=last_day)
    return add(row, by)


@verb(public_effect=no_public_effect)
def end_role_in_body(grant: BodyGrant, *, last_day: dt.date, expected: int | None = None, by: Actor) -> BodyGrant:
    """Let a role in a body end after ``last_day``; a later day corrects an earlier one."""
    if (added := days_added(grant, last_day)) is not None:
        others = BodyGrant.objects.of(by.council).filter(added, person=grant.person_id, body=grant.body_id)
        if others.filter(role=grant.role).exclude(pk=grant.pk).exists():
            message = _("{person} is {role} of {body} in these days already.")
            told = message.format(person=grant.person, role=grant.role, body=grant.body)
            raise RuleBroken("", told, code="role-already-held", field="last_day")
        if grant.person.grants.filter(added, role=Role.AUDITOR).exists():
            message = _("An auditor can hold no other role, so that the auditor only reads.")
            raise RuleBroken("", message, code="auditor-has-other-role", field="last_day")
    return end(grant, by, expected=expected, last_day=last_day)
