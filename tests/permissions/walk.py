"""Asking every address as everybody, and what came back in a word."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from django.db import connection
from django.test import Client

TABLE = Path(__file__).with_name("table.toml")
OWN = ("django_session",)
"""What reading a page may write: the asker's own session, where a form keeps what it needs when it comes back."""
VARY = {"Content-Length", "Set-Cookie"}
NEVER = "/people/never-was-anybody/"
OUTSIDE = {"signed out", "stranger"}
"""Who counts as nobody: somebody of another council, too."""


def table():
    """The table: by route, who is answered how at which address."""
    return tomllib.loads(TABLE.read_text("utf-8"))


def askers(world, stranger):
    """Everybody at a browser: by what they are, with the client that they are signed in at."""
    found = {"signed out": Client(), "stranger": _signed_in(stranger)}
    return found | {role: _signed_in(account) for role, account in world.accounts.items()}


def expected(said, who):
    """What the table says that somebody is answered."""
    for rule in said.split(", "):
        for name in _names_of(who):
            if rule.startswith(f"{name} "):
                return rule.removeprefix(f"{name} ")
    return "404"


def answered(client, host, address, missing):
    """What somebody is answered; ``missing`` is the answer at an address that never was."""
    answer = client.get(f"/{address}", headers={"host": host})
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/?next="):
        return "sign in"
    if answer.status_code == 404 and told(answer) != missing:
        return "404, but it differs from what never was"
    return str(answer.status_code)


def sent(client, host, address, form=None):
    """What somebody is answered who sends a form: done (or asked further), refused, not there, to sign in."""
    answer = client.post(address, form or {}, headers={"host": host})
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/?next="):
        return "sign in"
    return str(answer.status_code) if answer.status_code in {403, 404} else "done"


def told(answer):
    """All that an answer tells: status, headers, bytes."""
    headers = {name: value for name, value in answer.headers.items() if name not in VARY}
    return answer.status_code, headers, answer.content


def fill_in(address, here, there):
    """An address with the names of things in it."""
    return address.format(**here, there=SimpleNamespace(**there))


@contextmanager
def writes():
    """Collects every statement that writes, but for the asker's own session."""
    found = []

    def look(execute, sql, params, many, context):
        words = sql.split()
        if words[0].upper() in {"INSERT", "UPDATE", "DELETE", "REPLACE"} and not any(each in sql for each in OWN):
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def _signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def _names_of(who):
    if who in OUTSIDE:
        return ("signed out", "everybody")
    inside = () if who == "no role" else ("inside",)
    return (who, *inside, "signed in", "everybody")
