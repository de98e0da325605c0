"""The letter of invitation."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.signing_in.models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send the letter. Raises what the mail server raises."""
    council = invitation.council
    domain = council.domains.order_by("-primary", "pk").first()
    scheme = "https" if settings.PRODUCTION else "http"
    address = f"{scheme}://{domain.host if domain else ''}{reverse('signing_in_invitation', args=[token])}"
    told = {"council": council, "person": invitation.person, "address": address, "expires": invitation.expires}
    send_mail(
        subject=_("Sign in to {council}").format(council=council.short_name),
        message=render_to_string("signing_in/invitation.txt", told),
        from_email=None,
        recipient_list=[invitation.email],
    )
