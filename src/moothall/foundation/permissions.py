"""The gate: what a person may do and see, and why not. Every folder brings its rows of the one table.

A folder's ``access.py`` may hold three names, which ``moothall.composition`` lists:

``ROWS``    what may be done: ``Row("bodies.rename_body", {Role.CLERK}, states={"active"})``
``SIGHTS``  what may be seen: ``Sight(Body, {Role.PUBLIC}, Q(state="active"))``
``roles``   which roles an actor holds by what that folder knows: ``def roles(actor) -> Iterable[Held]``

The rule that refuses is the rule that explains: ``may(...).reason`` is what the disabled button says. What a
person may not see answers like what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.errors import NotAllowed, NotThere

S = TypeVar("S", bound=Scoped)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done; if not, why not, as a sentence and as a code.

    ``there`` is False when the thing may not even be known of.
    """

    ok: bool
    reason: str = ""
    there: bool = True
    code: str = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


@dataclass(frozen=True, slots=True)
class Row:
    """Who may do a verb, to things in which states (None: any). Several rows for a verb: one of them must hold.

    ``unless`` looks at the actor and the thing and gives the reason against it, or "".
    """

    verb: str
    roles: frozenset[Role] | set[Role]
    states: frozenset[str] | set[str] | None = None
    unless: Callable[[Actor, Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an actor's roles of one sight go: ``bodies`` are ids of bodies, None for the whole council.

    A sight can go by nothing else of the actor.
    """

    council: Council
    account_id: int | None
    bodies: frozenset[int] | None

    def within(self, path: str = "body") -> Q:
        """Rows whose body (at ``path``) is one of the bodies reached."""
        return Q() if self.bodies is None else Q(**{f"{path}__in": self.bodies})

    def whole(self) -> Q:
        """Every row, for roles of the whole council only: what is of no body is nothing to the clerk of one."""
        return Q() if self.bodies is None else Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Sight:
    """Which rows of a kind are seen with which roles. ``where`` must not join to many rows; use Exists.

    A sight that holds in some bodies only is a function of the reach: ``lambda reach: reach.within("body")``.
    """

    kind: type[Scoped]
    roles: frozenset[Role] | set[Role]
    where: Q | Callable[[Reach], Q]

    def rows(self, reach: Reach) -> Q:
        """The rows seen by an actor whose roles go so far."""
        return self.where if isinstance(self.where, Q) else self.where(reach)


EVERYTHING = Q()


def may(actor: Actor, verb: str, thing: Model | None = None) -> Verdict:
    """Whether ``actor`` may do ``verb`` to ``thing`` (None: in the council), and why not.

    Raises LookupError for a verb that is not in the table: that is a fault of the program.
    """
    rows = table()[verb]
    if isinstance(thing, Scoped) and not _is_there(actor, thing):
        return Verdict(False, str(NotThere()), there=False, code=NotThere.code)
    if actor.holds(Role.AUDITOR):
        return Verdict(False, _("An auditor reads everything and changes nothing."), code="auditor-only-reads")
    body = body_of(thing)
    reached = [row for row in rows if actor.holds(Role.OPERATOR, *row.roles, body=body)]
    if not reached:
        return Verdict(False, _("Only {roles} may do this.").format(roles=_who(rows)), code="other-role-needed")
    verdicts = [_against(row, actor, thing) for row in reached]
    return YES if YES in verdicts else verdicts[0]


def require(actor: Actor, verb: str, thing: Model | None = None) -> None:
    """Let ``actor`` pass, or raise NotAllowed or (where not even its existence may be known) NotThere."""
    verdict = may(actor, verb, thing)
    if not verdict.there:
        raise NotThere
    if not verdict.ok:
        raise NotAllowed(verdict.reason, code=verdict.code)


def visible(actor: Actor, kind: type[S]) -> QuerySet[S]:
    """The rows of ``kind`` that ``actor`` may see, in the actor's council.

    Raises LookupError for a kind without sights: nobody has said who may see it.
    """
    found = sights()[kind]
    rows = kind.objects.of(actor.council)
    if actor.holds(Role.AUDITOR, Role.OPERATOR):
        return rows
    seen = Q(pk__in=())
    for sight in found:
        bodies = actor.bodies(*sight.roles)
        if bodies is None or bodies:
            shown = sight.rows(Reach(actor.council, actor.account_id, bodies))
            if not shown:
                return rows  # no condition: every row, whatever the others say
            seen |= shown
    return rows.filter(seen)


def see(actor: Actor, kind: type[S], **which: Any) -> S:
    """The one visible row that ``which`` names. Raises NotThere."""
    row = visible(actor, kind).filter(**which).first()
    if row is None:
        raise NotThere
    return row


@dataclass(slots=True)
class _Permissions:
    """The permission table: rows by verb, and sights by kind of row."""

    rows: dict[str, tuple[Row, ...]]
    sights: dict[type[Scoped], tuple[Sight, ...]]


_INSTALLED = _Permissions({}, {})


def install_permissions(rows: Iterable[Row], sights: Iterable[Sight]) -> None:
    """Set the permission table. ``moothall.composition`` calls this once, at start."""
    _INSTALLED.rows = _grouped((row.verb, row) for row in rows)
    _INSTALLED.sights = _grouped((sight.kind, sight) for sight in sights)


def table() -> dict[str, tuple[Row, ...]]:
    """Return every row of the permission table, by verb."""
    return _INSTALLED.rows


def sights() -> dict[type[Scoped], tuple[Sight, ...]]:
    """Return every sight, by kind of row."""
    return _INSTALLED.sights


def body_of(thing: Model | None) -> int | None:
    """The id of the body that a thing belongs to, if to any."""
    found: int | None = getattr(thing, "body_id", None)
    return found


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, tuple[Any, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _is_there(actor: Actor, thing: Scoped) -> bool:
    if thing.council_id != actor.council.pk:
        return False
    key = (type(thing), thing.pk, thing.version)
    if key not in actor.found:
        if type(thing) in sights() and not visible(actor, type(thing)).filter(pk=thing.pk).exists():
            return False
        actor.found.add(key)  # a page asks it of one thing for every button
    return True


def _against(row: Row, actor: Actor, thing: Model | None) -> Verdict:
    state = getattr(thing, "state", None)
    if row.states is not None and state not in row.states:
        told = _("This cannot be done while it is {state}.").format(state=_(str(state)) if state else _("not there"))
        return Verdict(False, told, code="wrong-state")
    reason = row.unless(actor, thing) if row.unless else ""
    return Verdict(False, reason, code="not-this-one") if reason else YES


def _who(rows: Iterable[Row]) -> str:
    """ "a clerk or an administrator" """
    named = list(_names(rows))
    return named[0] if len(named) == 1 else _("{some} or {last}").format(some=", ".join(named[:-1]), last=named[-1])


def _names(rows: Iterable[Row]) -> Iterator[str]:
    asked = {role for row in rows for role in row.roles} - {Role.OPERATOR}
    for role in [each for each in Role if each in asked] or [Role.OPERATOR]:
        yield f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
