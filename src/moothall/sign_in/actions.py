"""Inviting somebody to sign in, taking up the invitation, and letting in who has lost the second factor."""

from __future__ import annotations

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moothall.foundation.actions import add, change, record, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.public_versions import no_public_effect
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.people.models import Account, Person
from moothall.sign_in import emails, mail
from moothall.sign_in.models import Invitation
from moothall.sign_in.tokens import invitation_of

LASTS = dt.timedelta(days=7)


@verb(public_effect=no_public_effect)
def invite(person: Person, *, by: Actor) -> Invitation:
    """Send a person the letter with which they first sign in; it lasts seven days. Earlier ones open nothing more.

    The account must have been opened before (``people.open_account``). Raises RuleBroken.
    """
    if person.account is None:
        raise RuleBroken(
            "", _("Open an account for {person} first.").format(person=person), code="no-account", field="email"
        )
    earlier = person.invitations.filter(accepted__isnull=True, withdrawn__isnull=True)
    withdrawn = list(earlier.values_list("pk", flat=True))
    earlier.update(withdrawn=by.at)
    invitation = Invitation(
        council=by.council,
        person=person,
        email=person.account.email,
        salt=secrets.token_urlsafe(32),
        made=by.at,
        expires=by.at + LASTS,
    )
    add(invitation, by, withdrew=withdrawn)
    if mail.is_set_up():  # without email, only a command gets here, and it shows the link
        emails.post_invitation(invitation)
    return invitation


@verb(public_effect=no_public_effect)
def withdraw_invitation(invitation: Invitation, *, expected: int | None = None, by: Actor) -> Invitation:
    """Let an invitation open nothing more. Raises RuleBroken when it was used or withdrawn already."""
    if not invitation.is_open(by.at):
        raise RuleBroken("", _("This invitation opens nothing any more."), code="invitation-used")
    return change(invitation, by, expected=expected, withdrawn=by.at)


@verb(public_effect=no_public_effect)
def accept_invitation(*, token: str, password: str, by: Actor) -> Invitation:
    """Take up an invitation: the account gets its first password, and its address counts as proved.

    An account that has a password already (somebody of two councils) keeps it, and ``password`` is "". Whoever has
    the letter may do this; nobody is signed in yet. Raises NotThere, or RuleBroken for a password too weak.
    """
    invitation = invitation_of(token, by.council)
    if invitation is None or not invitation.is_open(by.at):
        raise NotThere
    account = invitation.person.account
    if account is None or not account.is_active or account.email != invitation.email:
        raise NotThere
    if not account.has_usable_password():
        _first_password(account, password)
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    return change(invitation, by, accepted=by.at)


@verb(public_effect=no_public_effect)
def remove_factors(person: Person, *, by: Actor) -> Person:
    """Take away the second factors that somebody has lost, sign them out everywhere, and tell them.

    The tie to the council's own provider goes too: whom it names by their address next is tied anew.

    Only whoever runs the machine does this, having made sure who asks: an administrator of one council could otherwise
    let themselves in as a person of another. Raises RuleBroken when there is none to take away.
    """
    account = person.account
    held = Authenticator.objects.filter(user=account) if account else Authenticator.objects.none()
    identities = SocialAccount.objects.filter(user=account, provider=by.council.slug)
    kinds = sorted(held.values_list("type", flat=True)) + ["provider"] * identities.count()
    if account is None or not kinds:
        raise RuleBroken("", _("{person} has no second factor.").format(person=person), code="no-second-factor")
    held.delete()
    identities.delete()
    for session in UserSession.objects.filter(user=account):
        session.end()
    record(by, person, before={"second_factors": kinds}, after={"second_factors": []})
    emails.post_factors_removed(person, account.email)
    return person


def _first_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise RuleBroken(
            "", " ".join(error.messages), code=error.error_list[0].code or "bad-password", field="password"
        ) from None
    account.set_password(password)
    account.save(update_fields=["password"])
