"""What signing in may not do: make accounts of its own. Accounts are opened by administrators (people.open_account)."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; one is invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False


class KnownOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider (Entra ID) tells who somebody is; it makes no account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 - allauth's signature
        return False
