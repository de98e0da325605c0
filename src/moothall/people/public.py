"""What anybody may read of people, as values; no row leaves this module."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.foundation.translation import READER
from moothall.people.models import Attendance, Interest, Person, PoliticalGroup, PostHolding, Term
from moothall.people.names import member_name
from moothall.people.queries import group_names, group_names_of

WITHHELD = gettext_lazy("An interest whose details are withheld under section 32 of the Localism Act 2011.")


@dataclass(frozen=True, slots=True)
class PublicTerm:
    """A term of office."""

    office: str
    ward: str
    first_day: dt.date
    last_day: dt.date | None


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """Somebody in public life, named as papers of the day name them (NAM-01)."""

    slug: str
    name: str
    sort_name: str
    councillor: bool
    ward: str
    group: str
    post: str
    email: str
    phone: str
    terms: tuple[PublicTerm, ...]


@dataclass(frozen=True, slots=True)
class PublicInterest:
    """An entry of the register; a sensitive one tells that it exists, and nothing else (INT-02)."""

    category: str
    whose: str
    description: str
    first_day: dt.date | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A political group, its leader first."""

    slug: str
    name: str
    short_name: str
    size: int


@dataclass(frozen=True, slots=True)
class PublicAttendance:
    """How often a member was expected at meetings and came, in some time."""

    expected: int
    present: int
    apologies: int


def persons(council: Council, on: dt.date) -> tuple[PublicPerson, ...]:
    """Everybody who is a councillor, a co-opted member or a publicly named officer on a day, by surname."""
    found = _persons(council, _everybody(council), on)
    return tuple(each for each in found if each.ward or each.post or _in_office(each, on))


def person(council: Council, slug: str, on: dt.date) -> PublicPerson | None:
    """Somebody in public life, now or once; None when there is no such person."""
    return next(iter(_persons(council, _of_slug(council, slug), on)), None)


def renamed(council: Council, slug: str) -> str | None:
    """Where somebody in public life is now, who was at ``slug`` under a former name; None when nobody was."""
    return (
        visible(Actor.public(council, origin="public pages"), Person)
        .filter(former_names__slug=slug)
        .values_list("slug", flat=True)
        .first()
    )


def groups(council: Council, on: dt.date) -> tuple[PublicGroup, ...]:
    """The political groups on a day, the largest first."""
    rows = list(PoliticalGroup.objects.of(council).filter(holding(on)).prefetch_related("memberships"))
    names = group_names(rows, on)
    found = [
        PublicGroup(row.slug, names[row.pk], row.short_name, sum(each.holds(on) for each in row.memberships.all()))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (-each.size, each.name)))


def register(council: Council, slug: str, on: dt.date) -> tuple[PublicInterest, ...]:
    """The register of interests of a member on a day. A sensitive interest shows that it exists (s.32)."""
    return tuple(_interest(each) for each in _interests_of(council, slug, on))


def attendance(council: Council, first_day: dt.date, last_day: dt.date) -> dict[str, PublicAttendance]:
    """The attendance of every member who was expected at a meeting in that time, by slug.

    A substitute was expected; somebody who followed from elsewhere was expected and is not counted as present.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for slug, how, count in _counts(council, first_day, last_day):
        found[slug][how] = count
    return {slug: _attendance(each) for slug, each in found.items()}


def _counts(council: Council, first_day: dt.date, last_day: dt.date) -> Iterable[tuple[str, str, int]]:
    rows = visible(Actor.public(council, origin="public pages"), Attendance).filter(day__range=(first_day, last_day))
    return rows.order_by().values_list("person__slug", "how").annotate(count=Count("pk"))


def _attendance(counts: Counter[str]) -> PublicAttendance:
    how = Attendance.How
    came = counts[how.PRESENT] + counts[how.SUBSTITUTE]
    return PublicAttendance(expected=counts.total(), present=came, apologies=counts[how.APOLOGIES])


def _rows(council: Council) -> QuerySet[Person]:
    return visible(Actor.public(council, origin="public pages"), Person)


def _everybody(council: Council) -> Iterable[Person]:
    return _rows(council)


def _of_slug(council: Council, slug: str) -> Iterable[Person]:
    return _rows(council).filter(slug=slug)


def _terms_of(council: Council, persons: tuple[int, ...]) -> Iterable[Term]:
    return Term.objects.of(council).filter(person__id__in=persons)


def _posts_of(council: Council, on: dt.date, persons: tuple[int, ...]) -> Iterable[tuple[int, str]]:
    held = PostHolding.objects.of(council).filter(holding(on), person__id__in=persons, post__public=True)
    return held.values_list("person_id", "post__title")


def _interests_of(council: Council, slug: str, on: dt.date) -> Iterable[Interest]:
    return Interest.objects.of(council).filter(holding(on), person__in=_rows(council).filter(slug=slug))


def _persons(council: Council, rows: Iterable[Person], on: dt.date) -> list[PublicPerson]:
    """Persons with what they are on a day, in three more questions however many they are."""
    found = list(rows)
    ids = tuple(row.pk for row in found)
    terms: dict[int, list[Term]] = defaultdict(list)
    for term in _terms_of(council, ids):
        terms[term.person_id].append(term)
    # of several the earliest, which is written last
    groups, posts = group_names_of(found, council, on), dict([*_posts_of(council, on, ids)][::-1])
    return [_person(row, terms[row.pk], groups.get(row.pk, ""), posts.get(row.pk, ""), on) for row in found]


def _person(row: Person, terms: list[Term], group: str, post: str, on: dt.date) -> PublicPerson:
    seat = next((each for each in terms if each.office == Term.Office.COUNCILLOR and each.holds(on)), None)
    return PublicPerson(
        slug=row.slug,
        name=member_name(row.plain_name, councillor=seat is not None, words=READER),
        sort_name=", ".join(filter(None, (row.last_name, row.first_names))),
        councillor=seat is not None,
        ward=seat.ward if seat else "",
        group=group,
        post=post,
        email=row.email,
        phone=row.phone,
        terms=tuple(
            PublicTerm(str(Term.Office(each.office).label), each.ward, each.first_day, each.last_day) for each in terms
        ),
    )


def _in_office(found: PublicPerson, on: dt.date) -> bool:
    return any(each.first_day <= on and (each.last_day is None or on <= each.last_day) for each in found.terms)


def _interest(row: Interest) -> PublicInterest:
    if row.sensitive:
        return PublicInterest("", "", str(WITHHELD), None, withheld=True)
    return PublicInterest(
        str(row.get_category_display()), str(row.get_whose_display()), row.description, row.first_day, withheld=False
    )
