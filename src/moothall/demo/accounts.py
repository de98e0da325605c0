"""Lets one person of each role into the demo council, by invitation like anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from moothall.demo import files
from moothall.demo.logins import PASSWORD
from moothall.foundation.actors import Actor
from moothall.foundation.councils.models import Council
from moothall.people import actions as people
from moothall.people.models import Person
from moothall.sign_in.actions import accept_invitation, invite
from moothall.sign_in.tokens import token


def let_in(council: Council, persons: Mapping[str, Person], *, at: dt.datetime) -> None:
    """Open an account for each login, invite its holder, and take up the invitation with the demo's password."""
    for login in files.logins():
        _let_in(council, persons[login.name], login.email, at)


def _let_in(council: Council, person: Person, email: str, at: dt.datetime) -> None:
    by = Actor.operator(council, at=at)
    people.open_account(person, email=email, by=by)
    invitation = invite(person, by=by)
    anybody = Actor.public(council, origin="demo", at=at)
    accept_invitation(token=token(invitation), password=PASSWORD, by=anybody)
