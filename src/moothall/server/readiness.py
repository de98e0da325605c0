"""What must be so before the site is served."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from moothall.sign_in.checks import EMAIL_NOT_SET_UP

NOT_OBSTACLES = frozenset({EMAIL_NOT_SET_UP})
"""The ids of checks that are shown at the start and do not stop it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is to be served: an address of this machine, and whether the server itself speaks TLS."""

    address: str
    tls: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"


def obstacles(place: Place) -> list[str]:
    """Every reason not to serve, each a sentence that says what to do; empty when all is well."""
    return [*_of_place(place), *_of_tables(), *_of_settings()]


def warnings() -> list[str]:
    """What the site can be served without, but whoever starts it must know; each says what to do."""
    found = checks.run_checks(tags=[checks.Tags.security])
    return [f"{each.msg} {each.hint} ({each.id})" for each in found if each.id in NOT_OBSTACLES]


def _of_place(place: Place) -> Iterator[str]:
    production, proxy = settings.PRODUCTION, bool(settings.PROXIES)
    if not production and not place.loopback:
        yield (
            f"MOOTHALL_MODE is {settings.MODE}, which must not be reachable from outside: serve it at 127.0.0.1, "
            "or set MOOTHALL_MODE=production."
        )
    if production and not proxy and not place.tls:
        yield (
            "Nothing encrypts what is sent: set MOOTHALL_PROXY=1 behind a proxy that ends TLS, or give --certificate "
            "and --key."
        )


def _of_tables() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield f"The database is {len(missing)} steps behind this version: make a backup, then run moothall migrate."


def _of_settings() -> Iterator[str]:
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    for each in found:
        if each.id in NOT_OBSTACLES or each.is_silenced():
            continue
        if each.level >= (checks.WARNING if settings.PRODUCTION else checks.ERROR):
            yield f"{each.msg} ({each.id})"
