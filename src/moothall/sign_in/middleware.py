"""What a signed-in person must still do, or must do again, before a page opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from moothall.foundation.councils.options import options
from moothall.sign_in import session_expiry
from moothall.sign_in.pending_forms import Kept

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


class SessionsEnd:
    """Ends sessions that were not used for a while, have lasted a working day, or whose owner lost the last role.

    What was sent with the request that came too late is kept, for whoever signs in again as the same person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            request.session.accessed
            and request.user.is_authenticated
            and get_authentication_records(request, request.user)
        ):
            session_expiry.renew(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        """Where to sign in again, if the session has ended."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        why = session_expiry.ending(request)
        return None if why is None else signed_out(request, why)


def signed_out(request: HttpRequest, why: session_expiry.Ending) -> HttpResponse:
    """End the session, keep what was sent, and send to the sign-in page, which says why."""
    kept = Kept.of(request)
    logout(request)
    if kept is not None:
        kept.put(request)
    back = reverse("sign_in_kept") if kept is not None else request.get_full_path()
    told = urlencode({"next": back, "ended": why.value})
    response = HttpResponseRedirect(f"{reverse('account_login')}?{told}")
    session_expiry.forget(response)
    return response


class FactorsOfRequest:
    """Asks for a second factor where the council wants one.

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
        if not records or request.path.startswith(reverse("sign_in_account")):
            return None
        strong = any(record["method"] in STRONG for record in records)
        if strong or options(actor.council, actor.today).second_factor == "offered":
            return None
        return None if _has_factor(request) else HttpResponseRedirect(reverse("mfa_index"))


def _has_factor(request: HttpRequest) -> bool:
    """Just set up, in this session: it will be asked for from the next signing in on."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=request.user, type__in=kinds).exists())
