"""Who acts: a person signed in, the public, or whoever runs the machine; for which council, from where, and when."""

from __future__ import annotations

import datetime as dt
import getpass
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from django.http import HttpRequest
from django.utils import timezone

from moothall.core.clocks import Clock
from moothall.core.wording import gettext_noop
from moothall.foundation import clock
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.council_clock import clocks


class Role(StrEnum):
    """What a person is, to the gate; in a whole council or in one body of it."""

    PUBLIC = gettext_noop("public")
    MEMBER = gettext_noop("member")
    SUBSTITUTE = gettext_noop("substitute")
    CO_OPTEE = gettext_noop("co-optee")
    CHAIR = gettext_noop("chair")
    PORTFOLIO_HOLDER = gettext_noop("portfolio holder")
    AUTHOR = gettext_noop("author")
    FINANCE = gettext_noop("finance officer")
    LEGAL = gettext_noop("legal officer")
    DIRECTOR = gettext_noop("director")
    CLERK = gettext_noop("clerk")
    ANALYST = gettext_noop("analyst")
    AUDITOR = gettext_noop("auditor")
    ADMINISTRATOR = gettext_noop("administrator")
    OPERATOR = gettext_noop("operator")


SEATED = frozenset({Role.MEMBER, Role.SUBSTITUTE, Role.CO_OPTEE, Role.CHAIR, Role.PORTFOLIO_HOLDER})
GRANTED = frozenset(
    {
        Role.AUTHOR,
        Role.FINANCE,
        Role.LEGAL,
        Role.DIRECTOR,
        Role.CLERK,
        Role.ANALYST,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """A role held, in the body with this id, or (None) in the whole council."""

    role: Role
    body: int | None = None


RoleSource = Callable[["Actor"], Iterable[Held]]
_ROLE_SOURCES: list[RoleSource] = []


def install_role_sources(sources: Iterable[RoleSource]) -> None:
    """Set the functions that look up an actor's roles. ``moothall.composition`` calls this once, at start."""
    _ROLE_SOURCES[:] = sources


@dataclass(frozen=True)
class Actor:
    """Who acts. ``who`` is printed in the log; ``at`` is the moment that rules go by (aware).

    ``roles`` are looked up once per actor, and an actor lives for one request: no answer about a permission is
    ever kept longer.
    """

    council: Council
    who: str
    origin: str
    account_id: int | None = None
    at: dt.datetime = field(default_factory=clock.moment)
    own: frozenset[Role] = frozenset({Role.PUBLIC})
    verb: str = ""
    trail: list[int] = field(default_factory=list, compare=False, repr=False)
    steady: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def public(cls, council: Council, *, origin: str, at: dt.datetime | None = None) -> Self:
        """Anyone, not signed in."""
        return cls(council, "the public", origin, at=at or clock.moment())

    @classmethod
    def operator(cls, council: Council, *, at: dt.datetime | None = None) -> Self:
        """Whoever runs commands on the machine. The table of roles lets the operator do all; rules still hold."""
        who = f"{getpass.getuser()} on {socket.gethostname()}"
        own = frozenset({Role.PUBLIC, Role.OPERATOR})
        return cls(council, who, "command line", at=at or clock.moment(), own=own)

    @property
    def today(self) -> dt.date:
        """The day, where the council is."""
        return timezone.localdate(self.at)

    @cached_property
    def roles(self) -> frozenset[Held]:
        """Every role held today, in the council or in a body: the own ones, and what each folder knows of."""
        held = {Held(role) for role in self.own}
        if self.account_id is not None:
            for source in _ROLE_SOURCES:
                held |= set(source(self))
        return frozenset(held)

    @cached_property
    def clock(self) -> Callable[[dt.date], Clock]:
        """The council's clock for an event on a day; its calendar and choices are read once."""
        return clocks(self.council)

    @cached_property
    def found(self) -> set[tuple[type, int, int]]:
        """Things that the gate has found to be there for this actor: their kind, id and version."""
        return set()

    def holds(self, *roles: Role, body: int | None = None) -> bool:
        """Whether one of ``roles`` is held, in the whole council or in ``body``."""
        return any(held.role in roles and held.body in {None, body} for held in self.roles)

    def bodies(self, *roles: Role) -> frozenset[int] | None:
        """The ids of the bodies in which one of ``roles`` is held; None when in the whole council."""
        found = {each.body for each in self.roles if each.role in roles}
        return None if None in found else frozenset(each for each in found if each is not None)

    def steadied(self) -> Self:
        """The same person, whose roles are looked up once for many verbs.

        Only within a transaction that holds the council's log: no role can be given or ended meanwhile.
        """
        return replace(self, steady=True)

    def doing(self, verb: str) -> Self:
        """The same person, in the middle of a verb."""
        made = replace(self, verb=verb, trail=[])
        if self.steady:
            made.__dict__["roles"] = self.roles
        return made


class Request(HttpRequest):
    """A request as views get it: for a council, from an actor. The middleware of councils and people sets both."""

    council: Council
    actor: Actor
