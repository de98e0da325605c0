"""What the installation is told through environment variables: each with its meaning, for whoever runs it.

A missing or wrong variable stops the start with a paragraph that says what it is for and how to set it.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment; ``default`` None means that production cannot start without it."""

    name: str
    help: str
    default: str | None = None


class Misconfigured(SystemExit):
    """The installation cannot start; the message is a paragraph of help."""


VARIABLES = {
    each.name: each
    for each in (
        Variable(
            "MOOTHALL_MODE",
            "How Moothall runs: production (the default), development or test. Development answers on plain http, "
            "needs no secret key and shows errors in the browser; it must never be reachable from outside.",
            "production",
        ),
        Variable(
            "MOOTHALL_SECRET_KEY",
            "Signs sessions, sign-in links and forms; whoever knows it can forge them. At least 50 random characters, "
            "the same in every process, kept out of backups of the database. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(64))"',
        ),
        Variable(
            "MOOTHALL_DATA",
            "The folder of everything that must be backed up when SQLite is used: the database, and the files of the "
            "papers. Made if missing. Default: the folder var in the current folder.",
            "var",
        ),
        Variable(
            "DATABASE_URL",
            "The database, such as postgresql://moothall:password@host/moothall. Without it, an SQLite database in "
            "MOOTHALL_DATA is used, which serves one council on one machine well.",
            "",
        ),
        Variable(
            "MOOTHALL_HOSTS",
            "Host names to answer to, separated by commas, such as democracy.avonmere.example. Without it every name "
            "is let through to the councils' own domains, and a name that no council has is refused there.",
            "*",
        ),
        Variable(
            "MOOTHALL_PROXY",
            "The proxies in front that end TLS and tell who asks, in X-Forwarded-Proto and X-Forwarded-For: "
            "1 for one on this machine, or addresses and networks separated by commas, such as 10.0.0.5, fd00::/64. "
            "From anywhere else these headers are not believed: they would be the caller's own words.",
            "0",
        ),
        Variable(
            "MOOTHALL_EMAIL_URL",
            "Where e-mail goes out: smtp://user:password@host:port, smtps://... for TLS from the start, "
            "smtp+tls://... for STARTTLS. Without it production sends no email, warns of that at every start and "
            "refuses to invite anyone; elsewhere emails are written to files in the folder emails of MOOTHALL_DATA.",
            "",
        ),
        Variable(
            "MOOTHALL_DEMO",
            "The day, such as 2014-11-24, that a demonstration lives for ever: it is that day to every rule and page, "
            "and the sign-in page shows the demonstration's logins. Set by moothall demo; refused in production.",
            "",
        ),
        Variable(
            "MOOTHALL_EMAIL_FROM",
            "The address that invitations and notices come from, such as democracy@avonmere.example.",
            "moothall@localhost",
        ),
        Variable(
            "MOOTHALL_OPENID",
            "A TOML file with the councils' own providers of identities (OpenID Connect, such as Entra ID), one table "
            "for each council under its short name: [avonmere] with name, issuer, client_id, client_secret. It holds "
            "secrets: only the user that Moothall runs as may read it. Without it, people sign in with passwords and "
            "passkeys only.",
            "",
        ),
        Variable(
            "MOOTHALL_IDLE_MINUTES",
            "After how many minutes without use somebody is signed out: 5 to 720. Typing on a page is use. More than "
            "30 is more than OWASP's ASVS lets pass at level 2.",
            "30",
        ),
        Variable(
            "MOOTHALL_SESSION_HOURS",
            "After how many hours everybody signs in again, however busy: 1 to 24.",
            "12",
        ),
        Variable(
            "MOOTHALL_SECURITY_CONTACT",
            "Whom people tell who have found a weakness: mailto:security@avonmere.example, or the https address of a "
            "page. It stands at /.well-known/security.txt; without it there is no such file.",
            "",
        ),
        Variable(
            "MOOTHALL_BREACHED_PASSWORDS",
            "A service that knows passwords found in breaches, asked about every new password beside the lists that "
            "Moothall has: https://api.pwnedpasswords.com/range/ or a copy of it. It is told the first five of the "
            "forty figures of the password's SHA-1 digest, never more. Without it nothing is asked.",
            "",
        ),
        Variable(
            "MOOTHALL_PAGE_CACHE",
            "Where answers of public pages are cached: memory (the default: in each process, about 20 MB), none, or a "
            "Redis server that all processes and machines share, such as redis://10.0.0.7:6379/1. Redis needs the "
            "Python package redis. Losing the cache costs time and nothing else.",
            "memory",
        ),
    )
}


def read(name: str) -> str:
    """The value of the variable ``name``. Raises Misconfigured when it is needed and missing."""
    variable = VARIABLES[name]
    value = os.environ.get(name, "").strip() or variable.default
    if value is None:
        raise Misconfigured(f"moothall: {name} is not set.\n\n{name}: {variable.help}")
    return value


def wrong(name: str, why: str) -> Misconfigured:
    """The error for a variable that is set to something unusable."""
    return Misconfigured(f"moothall: {name} cannot be used: {why}\n\n{name}: {VARIABLES[name].help}")


def mode() -> str:
    """production, development or test."""
    value = read("MOOTHALL_MODE")
    if value not in {"production", "development", "test"}:
        raise wrong("MOOTHALL_MODE", f"“{value}” is not one of production, development, test.")
    return value


def secret_key() -> str:
    """The secret key; outside production a fixed one, which is worth nothing."""
    if mode() != "production":
        return os.environ.get("MOOTHALL_SECRET_KEY") or "not secret: development and tests only " + "-" * 20
    key = read("MOOTHALL_SECRET_KEY")
    if len(key) < 50:
        raise wrong("MOOTHALL_SECRET_KEY", f"it has {len(key)} characters; at least 50 are needed.")
    return key


def demo_day() -> dt.date | None:
    """The day that a demonstration lives, if this is one."""
    value = read("MOOTHALL_DEMO")
    if not value:
        return None
    if mode() == "production":
        raise wrong("MOOTHALL_DEMO", "this is production.")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise wrong("MOOTHALL_DEMO", f"“{value}” is not a day such as 2014-11-24.") from None


def proxies() -> tuple[Network, ...]:
    """The networks of the proxies in front; none when there is none."""
    value = read("MOOTHALL_PROXY")
    told = {"0": "", "1": "127.0.0.0/8, ::1"}.get(value, value)
    try:
        return tuple(ipaddress.ip_network(each.strip()) for each in told.split(",") if each.strip())
    except ValueError as error:
        raise wrong("MOOTHALL_PROXY", f"{error}.") from None


def number(name: str, least: int, most: int) -> int:
    """The whole number that a variable holds. Raises Misconfigured for one that is too small or too large."""
    value = read(name)
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        raise wrong(name, f"“{value}” is not a whole number from {least} to {most}.")
    return int(value)


def security_contact() -> str:
    """Whom to tell of a weakness: an address that begins with mailto: or https://, or nothing."""
    value = read("MOOTHALL_SECURITY_CONTACT")
    if value and not (value.startswith(("mailto:", "https://")) and value.isprintable() and " " not in value):
        raise wrong("MOOTHALL_SECURITY_CONTACT", "it is no address that begins with mailto: or https://.")
    return value


def breached_passwords() -> str:
    """The address that the first five figures of a digest are added to, or nothing."""
    value = read("MOOTHALL_BREACHED_PASSWORDS")
    if value and not value.startswith("https://") and mode() == "production":
        raise wrong("MOOTHALL_BREACHED_PASSWORDS", "it does not begin with https://.")
    return value and value.rstrip("/") + "/"


def page_cache() -> dict[str, Any]:
    """Return Django's settings of the cache of public pages."""
    value = read("MOOTHALL_PAGE_CACHE")
    backends = "django.core.cache.backends"
    if value == "memory":
        options = {"MAX_ENTRIES": 1000}
        return {"BACKEND": f"{backends}.locmem.LocMemCache", "LOCATION": "pages", "OPTIONS": options}
    if value == "none":
        return {"BACKEND": f"{backends}.dummy.DummyCache"}
    if value.startswith(("redis://", "rediss://")):
        if find_spec("redis") is None:
            raise wrong("MOOTHALL_PAGE_CACHE", "the Python package redis is not installed.")
        return {"BACKEND": f"{backends}.redis.RedisCache", "LOCATION": value, "KEY_PREFIX": "moothall"}
    raise wrong("MOOTHALL_PAGE_CACHE", f"“{value}” is not memory, none or an address that begins with redis://.")


def data_folder() -> Path:
    """The folder of the database and the files."""
    return Path(read("MOOTHALL_DATA")).absolute()
