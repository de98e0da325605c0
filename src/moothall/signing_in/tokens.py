"""The word in an invitation: made from the row and the installation's key, so that a copy of the database has none."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from moothall.councils.council import Council
from moothall.signing_in.models import Invitation


def token(invitation: Invitation) -> str:
    """The word that opens an invitation: its number and 256 bits."""
    signed = salted_hmac("moothall.signing_in.invitation", f"{invitation.pk}:{invitation.salt}", algorithm="sha256")
    return f"{invitation.pk}-{signed.hexdigest()}"


def invitation_of(given: str, council: Council) -> Invitation | None:
    """The invitation of the council that a word belongs to, used or not; None for a word that never was one."""
    number, _, _ = given.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    found = Invitation.objects.of(council).select_related("person__account").filter(pk=int(number)).first()
    return found if found and constant_time_compare(token(found), given) else None
