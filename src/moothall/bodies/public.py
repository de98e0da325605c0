"""What anybody may read of bodies, as values; no row leaves this module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from moothall.bodies import queries
from moothall.bodies.models import Body, FormerName, Kind, Membership, Nomination, OutsideBody
from moothall.bodies.states import BodyState
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.people.queries import group_names_of, printed_names


@dataclass(frozen=True, slots=True)
class PublicMember:
    """Somebody on a body, named as papers of the day name them; ``slug`` is the person's own page."""

    slug: str
    name: str
    seat: str
    votes: str
    group: str
    portfolio: str
    represents: str
    first_day: dt.date
    last_day: dt.date | None


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body; ``members`` in the order of a front page: chair, vice-chair, members, co-optees, substitutes."""

    slug: str
    name: str
    short_name: str
    kind: str
    remit: str
    parent: str
    dissolved: bool
    first_day: dt.date
    last_day: dt.date | None
    quorum: int
    members: tuple[PublicMember, ...]
    former_names: tuple[tuple[str, dt.date], ...] = ()
    """What it was called before, each with the last day, the earliest first."""


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in a list."""

    slug: str
    name: str
    kind: str
    kind_name: str


@dataclass(frozen=True, slots=True)
class PublicOutsideBody:
    """An outside body, and whom the council sends there."""

    slug: str
    name: str
    purpose: str
    nominees: tuple[tuple[str, str, str], ...]
    """The slug, the printed name and the capacity of each."""


def bodies(council: Council, on: dt.date) -> tuple[BodyLine, ...]:
    """The bodies at work on a day, by name."""
    rows = visible(_anybody(council), Body).filter(holding(on), state=BodyState.ACTIVE)
    return tuple(BodyLine(row.slug, row.name, row.kind, str(Kind(row.kind).label)) for row in rows)


def body(council: Council, slug: str, on: dt.date) -> PublicBody | None:
    """A body and who is on it on a day; a dissolved one too. None when there is no such body."""
    row = next(iter(_of_slug(council, slug)), None)
    if row is None:
        return None
    seated = queries.members(row, on)
    needed, _ = queries.quorum_among(row, seated)
    return PublicBody(
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        kind=str(Kind(row.kind).label),
        remit=row.remit,
        parent=_shown_name(row.parent),
        dissolved=row.state == BodyState.DISSOLVED,
        first_day=row.first_day,
        last_day=row.last_day,
        quorum=needed,
        members=_members(seated, council, on),
        former_names=_former_names(row) if row.renamed_on else (),
    )


def renamed(council: Council, slug: str) -> str | None:
    """Where a body is now that was at ``slug`` under a former name; None when none was."""
    if not slug:
        return None  # former names without an address of their own have none
    return visible(_anybody(council), Body).filter(former_names__slug=slug).values_list("slug", flat=True).first()


def memberships_of(council: Council, slug: str, on: dt.date) -> tuple[tuple[BodyLine, PublicMember], ...]:
    """Where the person of that slug sits on a day, with each body."""
    return _places(_seats_of(council, on, slug), council, on)


def former_memberships_of(council: Council, slug: str, on: dt.date) -> tuple[tuple[BodyLine, PublicMember], ...]:
    """Where the person of that slug sat until before a day, with each body."""
    return _places(_former_seats_of(council, on, slug), council, on)


def outside_bodies(council: Council, on: dt.date) -> tuple[PublicOutsideBody, ...]:
    """The outside bodies of a day, and whom the council sends to each."""
    rows = list(visible(_anybody(council), OutsideBody).filter(holding(on)))
    called = queries.outside_names(rows, on)
    sent = list(
        visible(_anybody(council), Nomination).filter(holding(on), outside_body__in=rows).select_related("person")
    )
    names = printed_names([each.person for each in sent], council, on)
    return tuple(
        PublicOutsideBody(
            row.slug,
            called[row.pk],
            row.purpose,
            tuple(
                (each.person.slug, names[each.person_id], each.capacity)
                for each in sent
                if each.outside_body_id == row.pk
            ),
        )
        for row in rows
    )


def _anybody(council: Council) -> Actor:
    return Actor.public(council, origin="public pages")


def _of_slug(council: Council, slug: str) -> Iterable[Body]:
    return visible(_anybody(council), Body).filter(slug=slug).select_related("parent").order_by()


def _former_names(row: Body) -> tuple[tuple[str, dt.date], ...]:
    rows = visible(_anybody(row.council), FormerName).filter(body=row)
    return tuple(rows.values_list("name", "last_day"))


def _shown_name(row: Body | None) -> str:
    return row.name if row is not None and row.state != BodyState.PROPOSED else ""


def _seats(council: Council) -> QuerySet[Membership]:
    rows = visible(_anybody(council), Membership).select_related("body", "person")
    return rows.order_by("body__name", "first_day")


def _seats_of(council: Council, on: dt.date, person: str) -> Iterable[Membership]:
    return _seats(council).filter(holding(on), person__slug=person)


def _former_seats_of(council: Council, on: dt.date, person: str) -> Iterable[Membership]:
    return _seats(council).filter(last_day__lt=on, person__slug=person)


def _places(rows: Iterable[Membership], council: Council, on: dt.date) -> tuple[tuple[BodyLine, PublicMember], ...]:
    found = list(rows)
    lines = [BodyLine(row.body.slug, row.body.name, row.body.kind, str(Kind(row.body.kind).label)) for row in found]
    return tuple(zip(lines, _members(found, council, on), strict=True))


def _members(rows: Iterable[Membership], council: Council, on: dt.date) -> tuple[PublicMember, ...]:
    found = list(rows)
    if not found:
        return ()
    persons = [row.person for row in found]
    names = printed_names(persons, council, on)
    groups = group_names_of(persons, council, on)
    return tuple(_member(row, names[row.person_id], groups.get(row.person_id, "")) for row in found)


def _member(row: Membership, name: str, group: str) -> PublicMember:
    return PublicMember(
        slug=row.person.slug,
        name=name,
        seat=str(Membership.Seat(row.seat).label),
        votes=row.votes,
        group=group,
        portfolio=row.portfolio,
        represents=row.represents,
        first_day=row.first_day,
        last_day=row.last_day,
    )
