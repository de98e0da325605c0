"""How long somebody stays signed in: so long without use, so long at most, and while they hold what they held.

When a session was last used is kept in a signed cookie beside it and not in its row, so that looking at a page writes
nothing. The cookie counts with that one session only, and a session without it has ended: taking it off prolongs
nothing.
"""

from __future__ import annotations

import datetime as dt
import time
from enum import StrEnum
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from moothall.foundation.actors import Actor, Role
from moothall.people.models import Account

SALT = "moothall.sign_in.session_expiry"
RENEWED_AFTER = 60
"""Seconds for which the cookie is left as it is."""

HELD = "sign_in_held_a_role"


class Ending(StrEnum):
    """Why a session has ended; the value stands in the address of the sign-in page."""

    IDLE = "idle"
    OVER = "over"
    ROLE = "role"
    AGAIN = "again"


def ending(request: HttpRequest) -> Ending | None:
    """Why the session of a signed-in request has ended; None while it goes on."""
    records = get_authentication_records(request, request.user)
    if not records:
        # nobody gets in without a record, but for the tests' own short way
        return None if settings.MODE == "test" else Ending.OVER
    if time.time() - records[0]["at"] > settings.SESSION_LIFETIME:
        return Ending.OVER
    if _last_used(request) is None:
        return Ending.IDLE
    if request.session.get(HELD) and not holds_a_role(request.actor):  # type: ignore[attr-defined]
        return Ending.ROLE
    return None


def seconds_left(request: HttpRequest) -> int:
    """How long the session can still last, however much it is used."""
    records = get_authentication_records(request, request.user)
    began = records[0]["at"] if records else time.time()
    return max(0, int(began + settings.SESSION_LIFETIME - time.time()))


def holds_a_role(actor: Actor) -> bool:
    """Whether somebody is more than anybody."""
    return any(held.role is not Role.PUBLIC for held in actor.roles)


def sessions_of(account: Account) -> QuerySet[UserSession]:
    """Where somebody is signed in, the latest first."""
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    alive = Session.objects.filter(expire_date__gt=now)
    began = now - dt.timedelta(seconds=settings.SESSION_LIFETIME)
    held: QuerySet[UserSession] = UserSession.objects.filter(user=account, created_at__gt=began)
    return held.filter(session_key__in=alive.values("pk")).order_by("-created_at")


def renew(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note in the answer that the session was used now."""
    key = request.session.session_key
    used = _last_used(request)
    if key and (used is None or time.time() - used > RENEWED_AFTER):
        response.set_cookie(
            settings.SEEN_COOKIE_NAME,
            signing.TimestampSigner(salt=SALT).sign(_digest(key)),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget(response: HttpResponseBase) -> None:
    """Take the note away, with the session that it belonged to."""
    response.delete_cookie(settings.SEEN_COOKIE_NAME, samesite="Lax")


def _last_used(request: HttpRequest) -> float | None:
    """When this session was last used, if that is no longer ago than it may be."""
    said: Any = request.COOKIES.get(settings.SEEN_COOKIE_NAME, "")
    signer = signing.TimestampSigner(salt=SALT)
    try:
        digest = signer.unsign(said, max_age=settings.SESSION_IDLE)
        at = signing.b62_decode(said.rsplit(signer.sep, 2)[1])
    except (signing.BadSignature, ValueError):
        return None
    return at if constant_time_compare(digest, _digest(request.session.session_key or "")) else None


def _digest(key: str) -> str:
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:32]
