"""What is done of signing in by itself: letters are sent, and sessions that are over are cleared away."""

from __future__ import annotations

import hashlib
import json

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from moothall.foundation.councils.council import Council
from moothall.foundation.errors import Refused
from moothall.sign_in.encryption import unseal
from moothall.sign_in.models import Invitation, Remembered

BEFORE_OTHER_WORK = 50


class LetterNotSent(Refused):
    """The mail server did not take a letter, or did not answer. It says nothing of whom it was for."""


@task(priority=BEFORE_OTHER_WORK)
def send_letter(sealed: str) -> None:
    """Send a letter about signing in. Raises LetterNotSent."""
    subject, message, to = json.loads(unseal(sealed, purpose="letters"))
    _send(subject, message, to, of=sealed)


@task(priority=BEFORE_OTHER_WORK)
def send_invitation(council: str, number: int) -> str:
    """Send an invitation to sign in, unless it opens nothing any more. Raises LetterNotSent."""
    from moothall.sign_in import emails  # noqa: PLC0415 - letters puts this in line

    rows = Invitation.objects.of(Council.objects.get(slug=council)).select_related("person", "council")
    invitation = rows.get(pk=number)
    if not invitation.is_open(timezone.now()):
        return "not needed"
    subject, message = emails.invitation_letter(invitation)
    _send(subject, message.strip(), invitation.email, of=f"{council} {number} {invitation.salt}")
    return "sent"


def _send(subject: str, message: str, to: str, *, of: str) -> None:
    """A letter sent twice, by a worker that was killed in between, has one identity, so that mail programs show one."""
    name = hashlib.sha256(of.encode()).hexdigest()[:32]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "moothall.invalid"
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, message, to=[to], headers=headers).send()
    except OSError as error:  # smtplib's own errors are OSErrors; their words hold the address
        why = _("The mail server did not take the letter ({error}).").format(error=type(error).__name__)
        raise LetterNotSent(why) from None


def clear_sessions() -> None:
    """Take away sessions that are over, the addresses and browsers kept with them, and attempts that count no more.

    Addresses are personal data: they are kept no longer than the session that a person can see and end.
    """
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(living)).delete()
    Remembered.objects.filter(expires__lt=now).delete()
