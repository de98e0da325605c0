"""Accounts of persons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.foundation.actions import change, verb
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.scoping import holding
from moothall.foundation.errors import RuleBroken
from moothall.people.administrators import leave_an_administrator
from moothall.people.models import Account, Person


@verb
def open_account(person: Person, *, email: str, by: Actor) -> Person:
    """Let somebody sign in with ``email``; without a password yet, so an invitation has to follow.

    An address that has an account already (somebody who works for two councils) is joined to this person too.
    """
    if person.account_id is not None:
        raise RuleBroken(
            "", _("{person} has an account already.").format(person=person), code="account-exists", field="email"
        )
    account = Account.objects.at(email) or Account.objects.create_user(email)
    if Person.objects.of(by.council).filter(account=account).exists():
        raise RuleBroken("", _("Somebody else of this council has that address."), code="email-taken", field="email")
    return change(person, by, account_id=account.pk)


@verb
def close_account(person: Person, *, expected: int | None = None, by: Actor) -> Person:
    """Take somebody's way in away, in this council. What they did stays under their name.

    The council's last administrator who can sign in keeps it.
    """
    if person.account_id is None:
        raise RuleBroken("", _("{person} has no account.").format(person=person), code="no-account", field="email")
    if person.grants.filter(holding(by.today), role=Role.ADMINISTRATOR).exists():
        leave_an_administrator(person, by.today, field="")
    return change(person, by, expected=expected, account_id=None)
