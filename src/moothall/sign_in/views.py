"""The pages of signing in that are not allauth's own: the account, its sessions, an invitation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.views import login as allauth_login
from allauth.account.views import logout as allauth_logout
from allauth.account.views import password_change
from allauth.core.internal.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from moothall.design_system.forms import refuse
from moothall.foundation.actors import Actor, Request
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.foundation.headers import policy
from moothall.people.middleware import origin_of
from moothall.people.models import Account
from moothall.sign_in import actions, pending_forms, session_expiry
from moothall.sign_in.forms import TakeUpInvitation
from moothall.sign_in.log_entries import note
from moothall.sign_in.models import Invitation
from moothall.sign_in.providers import provider_of
from moothall.sign_in.reauthentication import ask_again
from moothall.sign_in.tokens import invitation_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def to_provider(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a form of the page end at the council's provider; browsers hold redirects to the policy too."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if provider := provider_of(request.council):  # type: ignore[attr-defined]
            response.headers["Content-Security-Policy"] = policy(form_action=provider.origins)
        return response

    return shown


login = to_provider(allauth_login)


@login_not_required
def nobody_signs_up(_: Request) -> HttpResponse:
    """allauth needs the address by name; there is nothing behind it."""
    raise Http404


@login_not_required
def logout(request: Request) -> HttpResponseBase:
    """Sign out; the browser is told to keep nothing that it was shown.

    Not its cookies: those of the council's other sites, under the same domain, would go too.
    """
    response: HttpResponseBase = allauth_logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        session_expiry.forget(response)
    return response


@require_http_methods(["GET"])
def stay(request: Request) -> HttpResponse:
    """What a page asks when its reader is busy there: the session goes on. Says for how long, in seconds."""
    return JsonResponse({"idle": settings.SESSION_IDLE, "left": session_expiry.seconds_left(request)})


@get_or_post
def kept(request: Request) -> HttpResponse:
    """What was sent after a session had ended: to look at, send on or throw away."""
    waiting = pending_forms.Kept.waiting(request)
    if waiting is None:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return render(request, "sign_in/kept.html", {"kept": waiting})
    pending_forms.throw_away(request)
    # 307: the browser sends the same form on
    return HttpResponseRedirect(waiting.path, status=307 if "send" in request.GET else 302)


def account(request: Request) -> HttpResponse:
    """What somebody can do with their account."""
    return render(request, "sign_in/account.html")


def change_password(request: Request) -> HttpResponseBase:
    """A new password for who has one; who signs in through a provider has none to change, and gets none here."""
    if not _owner(request).has_usable_password():
        raise Http404
    answer: HttpResponseBase = password_change(request)
    return answer


@get_or_post
def sessions(request: Request) -> HttpResponse:
    """Where somebody is signed in; each of it can be signed out."""
    held = session_expiry.sessions_of(_owner(request))
    if request.method == "POST":
        if asked := ask_again(request):
            return cast("HttpResponse", asked)
        chosen = request.POST.get("session", "")
        found = held.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
        if found is None:
            raise Http404
        found.end()
        note(request, "session_ended", _owner(request), ip=found.ip)
        messages.success(request, _("That session is signed out."))
        return HttpResponseRedirect(reverse("sign_in_sessions"))
    return render(request, "sign_in/sessions.html", {"sessions": held})


@login_not_required
@sensitive_post_parameters("password")
@get_or_post
def invitation(request: Request, token: str) -> HttpResponse:
    """What the letter of invitation leads to. Looking at it uses nothing up: mail filters look too."""
    limited: HttpResponse | None = consume_or_429(request, app="allauth.account", action="reset_password_from_key")
    if limited:
        return limited
    found = invitation_of(token, request.council)
    if found is None:
        raise Http404
    if not _can_be_used(found, request):
        return render(request, "sign_in/invitation_over.html", status=410)
    return _taken_up(request, found, token) if request.method == "POST" else _shown(request, found)


def _owner(request: Request) -> Account:
    return cast("Account", request.user)  # these pages ask for signing in


def _can_be_used(found: Invitation, request: Request) -> bool:
    holder = found.person.account
    return found.is_open(request.actor.at) and holder is not None and holder.email == found.email


def _taken_up(request: Request, found: Invitation, token: str) -> HttpResponse:
    form = TakeUpInvitation(request.POST)
    has_one = found.person.account is not None and found.person.account.has_usable_password()
    if not has_one and not form.is_valid():
        return _shown(request, found, form)
    by = Actor(request.council, f"{found.person.plain_name}, invited", origin_of(request))
    try:
        actions.accept_invitation(token=token, password="" if has_one else form.cleaned_data["password"], by=by)
    except RuleBroken as error:
        refuse(form, error)
        return _shown(request, found, form)
    except NotThere:
        return render(request, "sign_in/invitation_over.html", status=410)
    messages.success(request, _("You can sign in now."))
    return HttpResponseRedirect(reverse("account_login"))


def _shown(request: Request, found: Invitation, form: TakeUpInvitation | None = None) -> HttpResponse:
    has_one = found.person.account is not None and found.person.account.has_usable_password()
    told = {"person": found.person, "council": request.council, "form": None if has_one else form or TakeUpInvitation()}
    return render(request, "sign_in/invitation.html", told)
