"""What ``moothall manage check --deploy``, and every start in production, looks at besides Django's own checks.

Django's checks of the session cookie look for Django's own middleware, in whose place SessionOfCouncil stands, and say
nothing. A warning stops the start in production; what an installation may have reasons for is only told.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning  # noqa: A004 - Django's name

from moothall.sign_in import mail

HOST_ONLY = "__Host-"
ORDER = (
    "moothall.foundation.proxies.Proxies",
    "moothall.foundation.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "moothall.foundation.councils.middleware.TenancyMiddleware",
    "moothall.sign_in.sessions.SessionOfCouncil",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "moothall.sign_in.middleware.SigningInAsked",
    "moothall.people.middleware.ActorOfRequest",
    "moothall.sign_in.middleware.SessionsEnd",
    "moothall.sign_in.middleware.FactorsOfRequest",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moothall.foundation.not_found.Answers",
)
"""What guards, in the order in which it must stand."""

Bad = Callable[[Any], bool]
RULES: tuple[tuple[str, Bad, str], ...] = (
    ("W001", lambda s: not s.SESSION_COOKIE_SECURE, "SESSION_COOKIE_SECURE is not set: sessions go over plain http."),
    ("W002", lambda s: not s.SESSION_COOKIE_HTTPONLY, "SESSION_COOKIE_HTTPONLY is not set: scripts can read sessions."),
    (
        "W003",
        lambda s: s.SESSION_COOKIE_SAMESITE not in {"Lax", "Strict"},
        "SESSION_COOKIE_SAMESITE is neither Lax nor Strict: other sites send sessions along.",
    ),
    (
        "W004",
        lambda s: (
            not all(
                name.startswith(HOST_ONLY) for name in (s.SESSION_COOKIE_NAME, s.SEEN_COOKIE_NAME, s.KNOWN_COOKIE_NAME)
            )
        ),
        "The names of the session's cookies do not begin with __Host-: other hosts of the domain can set them.",
    ),
    (
        "W005",
        lambda s: bool(s.SESSION_COOKIE_DOMAIN) or s.SESSION_COOKIE_PATH != "/",
        "SESSION_COOKIE_DOMAIN is set, or SESSION_COOKIE_PATH is not /: sessions go to other hosts, or are not kept.",
    ),
    (
        "W006",
        lambda s: s.SESSION_ENGINE != "moothall.sign_in.sessions",
        "SESSION_ENGINE is not moothall.sign_in.sessions: a session of one council opens another.",
    ),
    (
        "W007",
        lambda s: not (s.CSRF_COOKIE_SECURE and s.CSRF_COOKIE_HTTPONLY and s.CSRF_COOKIE_NAME.startswith(HOST_ONLY)),
        "The cookie of forms is not secure, not HttpOnly, or its name does not begin with __Host-.",
    ),
    (
        "W008",
        lambda s: bool(s.CSRF_TRUSTED_ORIGINS),
        "CSRF_TRUSTED_ORIGINS is set: forms of other sites would be taken.",
    ),
    ("W009", lambda s: s.MODE != "production", "MOOTHALL_MODE is not production."),
    ("W010", lambda s: not _in_order(s.MIDDLEWARE), f"MIDDLEWARE lacks a guard, or has it out of place: {ORDER}."),
    (
        "W011",
        lambda s: not s.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher"),
        "The first of PASSWORD_HASHERS is not Argon2.",
    ),
    (
        "W012",
        lambda s: not any(each["NAME"].endswith("passwords.NotKnown") for each in s.AUTH_PASSWORD_VALIDATORS),
        "AUTH_PASSWORD_VALIDATORS lets known passwords pass.",
    ),
    ("W013", lambda s: s.USE_X_FORWARDED_HOST, "USE_X_FORWARDED_HOST is set: callers choose the host of letters."),
    (
        "W014",
        lambda s: bool(s.SECURE_PROXY_SSL_HEADER) and not s.PROXIES,
        "SECURE_PROXY_SSL_HEADER is set without MOOTHALL_PROXY: callers say themselves that they use https.",
    ),
    ("W015", lambda s: "not secret" in s.SECRET_KEY, "SECRET_KEY is that of development, which everybody knows."),
)
TOLD: tuple[tuple[str, Bad, str], ...] = (
    (
        "I001",
        lambda s: s.SESSION_IDLE > 30 * 60 or s.SESSION_LIFETIME > 12 * 60 * 60,
        "Sessions last longer than ASVS 3.3.2 lets pass at level 2: 30 minutes without use, 12 hours at most.",
    ),
    (
        "I003",
        lambda s: bool(s.OPENID_FILE) and _others_may_read(Path(s.OPENID_FILE)),
        "Others can read the file of MOOTHALL_OPENID, which holds secrets: chmod 600.",
    ),
)


EMAIL_NOT_SET_UP = "sign_in.W016"
"""The check that warns at every start but does not stop it: a council may begin before it has a mail server."""


def check_email(**_: Any) -> list[CheckMessage]:
    """Warn when emails can go nowhere."""
    if mail.is_set_up() and not settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return []
    return [
        Warning(
            "No email is sent: MOOTHALL_EMAIL_URL is not set. People cannot be invited, reset a password or be told "
            "of a new sign-in.",
            hint="Set MOOTHALL_EMAIL_URL, for example to smtp+tls://user:password@mail.avonmere.example:587.",
            id=EMAIL_NOT_SET_UP,
        )
    ]


def check(**_: Any) -> list[CheckMessage]:
    """What is wrong with the settings of signing in, for a site that is open to the world."""
    return [*_found(RULES, Warning), *_found(TOLD, Info)]


def _found(rules: tuple[tuple[str, Bad, str], ...], kind: type[Warning | Info]) -> Iterator[CheckMessage]:
    for name, bad, told in rules:
        if bad(settings):
            yield kind(told, id=f"sign_in.{name}")


def _in_order(middleware: list[str]) -> bool:
    return [each for each in middleware if each in ORDER] == list(ORDER)


def _others_may_read(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
