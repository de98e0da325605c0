"""Letters: how they go out, and those that are not allauth's (the invitation; second factors that were taken away).

A letter is put in line in the transaction of what it tells of: no act, no letter. A worker sends it, and tries again
when the mail server does not take it; an administrator sees a letter that failed among the jobs. Letters wait sealed,
since they hold words that open something; an invitation is written only when it is sent, and waits as its number.
"""

from __future__ import annotations

import json

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.foundation.councils.council import Council
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queue import enqueue
from moothall.people.models import Person
from moothall.sign_in import jobs
from moothall.sign_in.encryption import seal
from moothall.sign_in.models import Invitation
from moothall.sign_in.tokens import token


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
    return address(invitation.council, reverse("sign_in_invitation", args=[token(invitation)]))


def language_of(council: Council) -> str:  # noqa: ARG001 - all councils of an installation have its language
    """The language of letters to people of a council, who did not ask for them in one of their own."""
    return str(settings.LANGUAGE_CODE)


def post(council: Council, subject: str, message: str, to: str) -> Job:
    """Put a letter in line; it is sent once what it belongs to is written for good."""
    sealed = seal(json.dumps([subject, message.strip(), to]), purpose="letters")
    return enqueue(jobs.send_letter, sealed, council=council)


def post_invitation(invitation: Invitation) -> Job:
    """Put an invitation in line."""
    told = (invitation.council.slug, invitation.pk)
    return enqueue(jobs.send_invitation, *told, council=invitation.council, key=_key(invitation))


def letter_of(invitation: Invitation) -> str:
    """How it stands with the letter of an invitation: the state of its job; "" when that was forgotten long ago."""
    states = Job.objects.of(invitation.council).filter(key=_key(invitation)).order_by("-pk")
    return states.values_list("state", flat=True).first() or ""


def invitation_letter(invitation: Invitation) -> tuple[str, str]:
    """Subject and text of the letter that lets somebody in for the first time."""
    council = invitation.council
    told = {
        "council": council,
        "person": invitation.person,
        "address": address_of(invitation),
        "expires": invitation.expires,
    }
    with translation.override(language_of(council)):
        subject = _("Sign in to {council}").format(council=council.short_name)
        return subject, render_to_string("sign_in/invitation.txt", told)


def post_factors_removed(person: Person, email: str) -> Job:
    """Tell somebody that nothing but the password is asked of them until they set up a second factor anew."""
    council = person.council
    told = {"council": council, "person": person, "address": address(council, reverse("account_login"))}
    with translation.override(language_of(council)):
        subject = _("{council}: your second factors were taken away").format(council=council.short_name)
        return post(council, subject, render_to_string("sign_in/factors_removed.txt", told), email)


def _key(invitation: Invitation) -> str:
    return f"invitation {invitation.pk}"
