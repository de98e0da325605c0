"""Asks an installation, in its own process, what there is and what there is not, by turns; prints the times as JSON."""

from __future__ import annotations

import json
import sys
import time

import django
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.test.utils import setup_test_environment

HOST = {"host": "avonmere.example"}
KNOWN, UNKNOWN = "nour@avonmere.example", "nobody@avonmere.example"


def main(times: int) -> None:
    """Every pair ``times`` times, the first and the second by turns, each in a browser that was never here."""
    django.setup()
    setup_test_environment()
    _let_in()
    _proposed_body()
    pairs = {
        "signing in: a wrong password, an address that nobody has": (
            ("POST", "/account/login/", {"login": KNOWN, "password": "wrong wrong wrong"}),
            ("POST", "/account/login/", {"login": UNKNOWN, "password": "wrong wrong wrong"}),
        ),
        "asking for a letter: an address of somebody, of nobody": (
            ("POST", "/account/password/reset/", {"email": KNOWN}),
            ("POST", "/account/password/reset/", {"email": UNKNOWN}),
        ),
        "a page: of a body that is hidden, of one that never was": (
            ("GET", "/harbour-committee/", {}),
            ("GET", "/harbour-connittee/", {}),
        ),
    }
    print(json.dumps({name: _by_turns(pair, times) for name, pair in pairs.items()}))


def _by_turns(pair: tuple[tuple[str, str, dict[str, str]], ...], times: int) -> list[list[float]]:
    found: list[list[float]] = [[], []]
    for turn in range(times + 5):
        for which in (0, 1) if turn % 2 else (1, 0):
            method, path, typed = pair[which]
            cache.clear()
            mail.outbox.clear()
            client = Client()
            ask = client.post if method == "POST" else client.get
            began = time.perf_counter()
            ask(path, typed, headers=HOST)
            if turn >= 5:
                found[which].append((time.perf_counter() - began) * 1000)
    return found


def _let_in() -> None:
    from moothall.people.models import Account  # noqa: PLC0415 - needs Django started

    account = Account.objects.get(email=KNOWN)
    account.set_password("copper lantern harvest")
    account.save()


def _proposed_body() -> None:
    from moothall.bodies.actions import create_body  # noqa: PLC0415
    from moothall.bodies.models import Kind  # noqa: PLC0415
    from moothall.foundation.actors import Actor  # noqa: PLC0415 - needs Django started
    from moothall.foundation.councils.models import Council  # noqa: PLC0415

    by = Actor.operator(Council.objects.get())
    create_body(name="Harbour Committee", kind=Kind.COMMITTEE, first_day=by.today, by=by)


if __name__ == "__main__":
    main(int(sys.argv[1]))
