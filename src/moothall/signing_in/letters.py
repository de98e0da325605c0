"""The letters that are not allauth's: the invitation, and that second factors were taken away."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.councils.council import Council
from moothall.people.models import Person
from moothall.signing_in.models import Invitation
from moothall.signing_in.tokens import token


def address(council: Council, path: str) -> str:
    """The whole address of a page: at the council's own domain, never at the host and port that a request names."""
    return f"{root(council)}{path}"


def root(council: Council) -> str:
    """Scheme and host of a council's own domain."""
    domain = council.domains.order_by("-primary", "pk").first()
    scheme = "https" if settings.PRODUCTION else "http"
    return f"{scheme}://{domain.host if domain else ''}"


def address_of(invitation: Invitation) -> str:
    """The whole address that opens an invitation: whoever has it, has the invitation."""
    return address(invitation.council, reverse("signing_in_invitation", args=[token(invitation)]))


def send_invitation(invitation: Invitation) -> None:
    """Send the letter. Raises what the mail server raises."""
    council = invitation.council
    told = {
        "council": council,
        "person": invitation.person,
        "address": address_of(invitation),
        "expires": invitation.expires,
    }
    send_mail(
        subject=_("Sign in to {council}").format(council=council.short_name),
        message=render_to_string("signing_in/invitation.txt", told),
        from_email=None,
        recipient_list=[invitation.email],
    )


def send_factors_removed(person: Person, email: str) -> None:
    """Tell somebody that nothing but the password is asked of them until they set up a second factor anew."""
    council = person.council
    told = {"council": council, "person": person, "address": address(council, reverse("account_login"))}
    send_mail(
        subject=_("{council}: your second factors were taken away").format(council=council.short_name),
        message=render_to_string("signing_in/factors_removed.txt", told),
        from_email=None,
        recipient_list=[email],
    )
