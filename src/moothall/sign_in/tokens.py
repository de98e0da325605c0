"""The words in letters: made from rows and the installation's key, so that a copy of the database has none."""

from __future__ import annotations

from allauth.core import context
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare, salted_hmac

from moothall.foundation.councils.council import Council
from moothall.people.models import Account
from moothall.people.queries import person_of
from moothall.sign_in.models import Invitation


def token(invitation: Invitation) -> str:
    """The word that opens an invitation: its number and 256 bits."""
    signed = salted_hmac("moothall.sign_in.invitation", f"{invitation.pk}:{invitation.salt}", algorithm="sha256")
    return f"{invitation.pk}-{signed.hexdigest()}"


def invitation_of(given: str, council: Council) -> Invitation | None:
    """The invitation of the council that a word belongs to, used or not; None for a word that never was one."""
    number, _, _ = given.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    found = Invitation.objects.of(council).select_related("person__account").filter(pk=int(number)).first()
    return found if found and constant_time_compare(token(found), given) else None


class LetterToken(PasswordResetTokenGenerator):
    """The word in a letter for a new password: of one council only, and only while its owner is somebody there.

    As Django makes it, it ends with the password, the address or the last time of signing in that it was made from.
    """

    key_salt = "moothall.sign_in.letter"

    def check_token(self, user: Account | None, token: str | None) -> bool:
        """Whether the word opens the account here and now."""
        return super().check_token(user, token) and person_of(user, context.request.council) is not None

    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{context.request.council.pk}"
