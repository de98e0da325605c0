"""Reads of people for signed-in pages and for other folders. What is public is in ``public``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from moothall.core.clocks import Clock, Deadline
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.council_clock import clocks
from moothall.foundation.councils.scoping import holding
from moothall.foundation.translation import READER
from moothall.people.models import (
    Account,
    FormerGroupName,
    FormerName,
    GroupMembership,
    Person,
    PoliticalGroup,
    Term,
)
from moothall.people.names import member_name, officer_name

LOCALISM_ACT = dt.date(2012, 7, 1)


def person_of(account: Account | None, council: Council) -> Person | None:
    """The person that an account is in a council; None for a stranger there."""
    if account is None or not account.is_active:
        return None
    return Person.objects.of(council).filter(account=account).first()


def actor_of(account: Account | None, council: Council, *, origin: str, at: dt.datetime | None = None) -> Actor:
    """Who acts when ``account`` is signed in. A stranger to the council acts there as the public."""
    person = person_of(account, council)
    public = Actor.public(council, origin=origin, at=at)
    if person is None or account is None:
        return public
    return Actor(council, person.plain_name, origin, account_id=account.pk, at=public.at)


def is_councillor(person: Person, on: dt.date) -> bool:
    """Whether somebody is a councillor on a day."""
    return person.terms.filter(office=Term.Office.COUNCILLOR).filter(holding(on)).exists()


def printed_name(person: Person, on: dt.date) -> str:
    """The name as papers of that day print it (NAM-01): "Councillor Anna Lee OBE", "Sam Reed"."""
    return member_name(_names_on([person], on)[person.pk], councillor=is_councillor(person, on), words=READER)


def printed_names(persons: Sequence[Person], council: Council, on: dt.date) -> dict[int, str]:
    """The printed names of many persons, by id, in one query; in two where somebody was called otherwise then."""
    held = set(_councillors_among(council, on, tuple(person.pk for person in persons)))
    names = _names_on(persons, on)
    return {person.pk: member_name(names[person.pk], councillor=person.pk in held, words=READER) for person in persons}


def officer_line(person: Person, on: dt.date) -> str:
    """An officer as in a list of those present: "Sam Reed (Head of Legal)" (NAM-01)."""
    held = person.holdings.filter(holding(on)).select_related("post").order_by("-post__statutory", "first_day").first()
    return officer_name(person.plain_name, held.post.title if held else "")


def group_of(person: Person, on: dt.date) -> PoliticalGroup | None:
    """The political group of somebody on a day."""
    membership = person.group_memberships.filter(holding(on)).select_related("group").first()
    return membership.group if membership else None


def group_sizes(council: Council, on: dt.date) -> dict[PoliticalGroup, int]:
    """How many members each group has on a day, the largest first."""
    groups = PoliticalGroup.objects.of(council).filter(holding(on)).prefetch_related("memberships")
    sizes = {group: sum(each.holds(on) for each in group.memberships.all()) for group in groups}
    return dict(sorted(sizes.items(), key=lambda each: (-each[1], each[0].name)))


def group_names(groups: Iterable[PoliticalGroup], on: dt.date) -> dict[int, str]:
    """What groups were called on a day, by id. Asks the database only for those that have been renamed since."""
    found = {group.pk: group for group in groups}
    names = {pk: group.name for pk, group in found.items()}
    others = [group for group in found.values() if group.renamed_on is not None and on < group.renamed_on]
    if others:
        rows = FormerGroupName.objects.of(others[0].council).filter(group__in=others, last_day__gte=on)
        # the earliest that still held is written last
        names |= {row.group_id: row.name for row in rows.order_by("-last_day")}
    return names


def group_names_of(persons: Iterable[Person], council: Council, on: dt.date) -> dict[int, str]:
    """The name of the group that each person was in on a day, as it was called then, by the person's id."""
    # of several the earliest, which is written last
    rows = [*_joined(council, on, tuple(person.pk for person in persons))][::-1]
    names = group_names([row.group for row in rows], on)
    return {row.person_id: names[row.group_id] for row in rows}


def councillors(council: Council, on: dt.date) -> Sequence[Person]:
    """Everybody who is a councillor on a day, by surname."""
    terms = Term.objects.of(council).filter(holding(on)).filter(office=Term.Office.COUNCILLOR)
    return list(Person.objects.of(council).filter(pk__in=terms.values("person")))


def registration_due(term: Term) -> Deadline | None:
    """By when the member must have registered interests: 28 days beginning with taking office (INT-02).

    None for a term that began before that law, on 1 July 2012.
    """
    return _registration_due(term, term.council.clock)


def registrations_open(
    council: Council, on: dt.date, *, clock: Callable[[dt.date], Clock] | None = None
) -> list[tuple[Term, Deadline]]:
    """Members in office who have not registered their interests, and by when they have to, soonest first (INT-02).

    ``clock`` is the council's, where the caller has it.
    """
    terms = Term.objects.of(council).filter(holding(on), registered_on__isnull=True).select_related("person")
    clock = clock or clocks(council)
    found = [(term, due) for term in terms if (due := _registration_due(term, clock)) is not None]
    return sorted(found, key=lambda each: (each[1].day, each[0].pk))


def _joined(council: Council, on: dt.date, persons: tuple[int, ...]) -> Iterable[GroupMembership]:
    rows = GroupMembership.objects.of(council).filter(holding(on), person__id__in=persons)
    return rows.select_related("group")


def _councillors_among(council: Council, on: dt.date, persons: tuple[int, ...]) -> Iterable[int]:
    terms = Term.objects.of(council).filter(holding(on), office=Term.Office.COUNCILLOR, person__id__in=persons)
    return terms.order_by().values_list("person_id", flat=True)


def _names_on(persons: Sequence[Person], on: dt.date) -> dict[int, str]:
    """What persons were called on a day, without any office, by id."""
    names = {person.pk: person.plain_name for person in persons}
    others = [person for person in persons if person.renamed_on is not None and on < person.renamed_on]
    if others:
        rows = FormerName.objects.of(others[0].council).filter(person__in=others, last_day__gte=on)
        # the earliest that still held is written last
        names |= {row.person_id: str(row) for row in rows.order_by("-last_day")}
    return names


def _registration_due(term: Term, clock: Callable[[dt.date], Clock]) -> Deadline | None:
    if term.first_day < LOCALISM_ACT:
        return None
    return clock(term.first_day).deadline("interests-of-office", term.first_day)
