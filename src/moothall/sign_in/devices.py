"""Browsers that somebody has signed in with before, so that a letter tells of the others.

A browser is known by a signed cookie that names no account to who reads it; it opens nothing.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from moothall.people.models import Account

SALT = "moothall.sign_in.devices"
YEAR = 365 * 24 * 60 * 60
MOST = 8
"""Accounts that one browser is known for: a shared computer in a members' room."""


def is_known(request: HttpRequest, account: Account) -> bool:
    """Whether the account was signed in to with this browser in the last year."""
    return _mark(account) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Let the browser be known for the account from now on."""
    marks = [_mark(account), *_marks(request)][:MOST]
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps(marks, salt=SALT),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> list[str]:
    try:
        found: list[str] = signing.loads(request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return found


def _mark(account: Account) -> str:
    # with the password's hash in it: after a new password every browser is a new one
    return salted_hmac(SALT, f"{account.pk}:{account.password}", algorithm="sha256").hexdigest()[:22]
