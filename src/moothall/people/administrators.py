"""Somebody of a council can always sign in and let others in."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.core.clocks import day_after
from moothall.foundation.actors import Role
from moothall.foundation.errors import RuleBroken
from moothall.people.models import Grant, Person


def leave_an_administrator(person: Person, last_day: dt.date, *, field: str) -> None:
    """Raise RuleBroken when nobody but ``person`` can sign in as an administrator for good after ``last_day``.

    Nobody of the council could let anybody in any more. A role of somebody without an account keeps nothing up.
    """
    others = Grant.objects.of(person.council).filter(role=Role.ADMINISTRATOR).exclude(person=person)
    others = others.filter(last_day__isnull=True, first_day__lte=day_after(last_day))
    if person.account_id is not None:
        others = others.filter(person__account__is_active=True)
    if not others.exists():
        raise RuleBroken(
            "",
            _("This is the council's last administrator: make another one first."),
            code="last-administrator",
            field=field,
        )
