"""What signing in does here in place of what allauth does by itself: nobody signs up, strangers to a council are
strangers there, and the council's log tells of it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.utils import translation

from moothall.foundation.councils.council import Council
from moothall.people.middleware import origin_of
from moothall.people.models import Account, Person
from moothall.people.queries import actor_of, person_of
from moothall.sign_in import devices, emails
from moothall.sign_in.encryption import seal, unseal
from moothall.sign_in.log_entries import note
from moothall.sign_in.providers import provider_of
from moothall.sign_in.session_expiry import HELD, holds_a_role

UNTOLD = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
"""Messages about what the page itself shows."""


class KnownHere(AuthenticationBackend):  # type: ignore[misc]
    """Passwords open an account only where its owner is somebody: in the council of the request."""

    def user_can_authenticate(self, user: Account) -> bool:
        """Whether the account is open, and is a person's of this council."""
        return bool(super().user_can_authenticate(user)) and _is_known(user, context.request)

    @classmethod
    def _stash_user(cls, user: Account | None) -> None:  # noqa: ARG003 - allauth's signature
        # allauth would send whoever has the right password of a closed account to a page that says so
        return None


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords, and what every way in has in common."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody signs up; one is invited."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Turn away who is nobody in this council, whichever way they came."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused is None and not _is_known(user, request):
            refused = self.respond_user_inactive(request, user)
        if refused is not None:
            note(request, "refused_sign_in", user)
        return refused

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Note who signed in, and how."""
        how = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
        note(request, "sign_in", user, how=how)
        actor = actor_of(user, request.council, origin=origin_of(request))  # type: ignore[attr-defined]
        request.session[HELD] = holds_a_role(actor)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not devices.is_known(request, user):
            self.send_notification_mail("account/email/new_device", user)
            devices.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Note who signed out."""
        if request.user.is_authenticated:
            note(request, "sign_out", request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the attempt; for an address that nobody has as for one that somebody has."""
        account = Account.objects.at(credentials.get("email"))
        note(request, "failed_sign_in", account, how=["password"])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """What wrong passwords are counted under: the address alone.

        allauth's own has the host before it as the caller writes it, so that every port would begin a new count.
        """
        return str(credentials.get("email", "")).strip().lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a letter for a new password."""
        url: str = super().get_reset_password_from_key_url(key)
        if settings.DEBUG:
            return url  # a developer's own port
        return f"{self.request.letter_root}{urlsplit(url).path}"

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Note and tell the owner of an account that a way in was changed."""
        note(self.request, template_prefix.rpartition("/")[2], user)
        with translation.override(emails.language_of(self.request.council)):  # not that of who may be a thief
            super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a letter in line. It takes the same time whether anybody has the address, and whether mail goes out."""
        council: Council = self.request.council
        told = {"council": council, "email": email, **context}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", told).split())
        emails.post(council, subject, render_to_string(f"{template_prefix}_message.txt", told), email)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say what was done, unless the page shows it anyway."""
        if message_template not in UNTOLD:
            super().add_message(request, level, message_template, *args, **kwargs)


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A council's own provider tells who somebody is; it makes no account, and none of another council's."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """A person whom the council did not invite stays outside."""
        note(request, "failed_sign_in", None, how=["provider"])
        return False

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The provider of the council that is asked; never that of another."""
        council: Council = request.council  # type: ignore[attr-defined]
        found = provider_of(council)
        if found is None or provider not in {None, council.slug, "openid_connect"}:
            return []
        if client_id not in {None, found.client_id}:
            return []
        app = SocialApp(
            provider="openid_connect",
            provider_id=council.slug,
            name=found.name,
            client_id=found.client_id,
            secret=found.client_secret,
            settings={
                "server_url": found.issuer,
                "verified_email": found.trusts_email,
                "oauth_pkce_enabled": True,
            },
        )
        return [app]

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Account, str] | None:
        """The account of an invited person whose address the provider has checked."""
        council = context.request.council
        for address in sociallogin.email_addresses:
            # some providers tell "false" as a text, which is true to Python
            account = Account.objects.at(address.email) if address.verified is True else None
            person = person_of(account, council)
            if account and person and _was_invited(person, context.request) and not _has_identity(account, council):
                return account, address.email
        return None

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        """Note what did not come back from the provider as it should."""
        note(request, "failed_sign_in", None, how=["provider"])


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are kept encrypted, and carry the council's name."""

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return seal(text, purpose="factors")

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was."""
        return unseal(encrypted_text, purpose="factors")

    def get_totp_issuer(self) -> str:
        """The name that an authenticator app shows."""
        return str(context.request.council.short_name)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that a passkey is for; it opens no other."""
        host, _ = split_domain_port(context.request.get_host())
        return {"id": host, "name": context.request.council.name}


def _is_known(account: Account, request: HttpRequest | None) -> bool:
    council = getattr(request, "council", None)
    return council is not None and person_of(account, council) is not None


def _was_invited(person: Person, request: HttpRequest) -> bool:
    at = request.actor.at  # type: ignore[attr-defined]
    return any(each.accepted or each.is_open(at) for each in person.invitations.all())


def _has_identity(account: Account, council: Council) -> bool:
    """Whether somebody signs in with the provider already, as another of its people.

    Providers give the address of who has left to somebody new, who must not get the old one's account with it.
    """
    return bool(SocialAccount.objects.filter(user=account, provider=council.slug).exists())
