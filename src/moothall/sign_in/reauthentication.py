"""Signing in once more before something that harms when somebody else does it at an unlocked screen."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, suspend_request
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from moothall.sign_in.middleware import signed_out
from moothall.sign_in.session_expiry import Ending


def ask_again(request: HttpRequest) -> HttpResponseBase | None:
    """Where to show who one is, unless one did so within the last quarter of an hour; None to go on.

    With a password or a second factor that is asked for here; who has only the council's provider signs in anew there.
    """
    records = get_authentication_records(request, request.user)
    if not records or time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return None
    if get_reauthentication_flows(request.user):
        asked: HttpResponseBase = suspend_request(request, reverse("account_reauthenticate"))
        return asked
    return signed_out(request, Ending.AGAIN)
