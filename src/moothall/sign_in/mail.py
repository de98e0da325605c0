"""What happens to email in production while no mail server is set: it is refused, and never written anywhere else."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from moothall.foundation.errors import Refused

REFUSING = "moothall.sign_in.mail.RefusingBackend"


class EmailNotSetUp(Refused):
    """An email could not be sent because the installation has no mail server."""

    code = "email-not-set-up"


class RefusingBackend(BaseEmailBackend):
    """Refuses every email. Its content, which may hold a link that signs a person in, reaches no log."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raise EmailNotSetUp."""
        if email_messages:
            raise EmailNotSetUp(not_set_up())
        return 0


def is_set_up() -> bool:
    """Whether emails go anywhere. Outside production they go into files."""
    return settings.EMAIL_BACKEND != REFUSING


def not_set_up() -> str:
    """What an administrator is told while no email can be sent."""
    return _(
        "Email is not set up, so Moothall cannot send this. Ask the person who runs the server to set "
        "MOOTHALL_EMAIL_URL, then try again."
    )
