"""What a signed-in person must still do, or must do again, before a page opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from moothall.councils.options import options

STRONG = {"mfa", "socialaccount"}
"""Ways in that are more than a password; what a provider asks of its people is the provider's."""


class SigningInAsked(LoginRequiredMiddleware):
    """Asks for signing in, and looks at who asks only where a page is not for anyone.

    Django's own looks in any case, so that every public page would differ by cookie, and none could be kept.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """The redirect to signing in, if it is needed."""
        if not getattr(view, "login_required", True):
            return None
        answer: HttpResponseBase | None = super().process_view(request, view, args, kwargs)
        return answer


class FactorsOfRequest:
    """Asks for a second factor where the council wants one, and for signing in anew after a working day.

    A password alone opens the pages of the account itself, on which the second factor is set up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Where to go instead of to the page, if anywhere."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        records = get_authentication_records(request, request.user)
        actor = request.actor  # type: ignore[attr-defined]
        if records and actor.at.timestamp() - records[0]["at"] > settings.SESSION_COOKIE_AGE:
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not records or request.path.startswith(reverse("signing_in_account")):
            return None
        strong = any(record["method"] in STRONG for record in records)
        if strong or options(actor.council, actor.today).second_factor == "offered":
            return None
        return None if _has_factor(request) else HttpResponseRedirect(reverse("mfa_index"))


def _has_factor(request: HttpRequest) -> bool:
    """Just set up, in this session: it will be asked for from the next signing in on."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=request.user, type__in=kinds).exists())
