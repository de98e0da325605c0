"""What pages of the workspace show of more than one kind of thing, read in a number of queries that stays the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from moothall.bodies.balance import NO_GROUP, Balance, Principle, check
from moothall.bodies.duties import executive_warnings, registrations_open
from moothall.bodies.models import Body, BodyGrant, Kind, Membership, Nomination, SeatAllocation
from moothall.bodies.models import FormerName as FormerNameOfBody
from moothall.bodies.queries import balance_of, education_findings, names_in_balance, quorum_of
from moothall.bodies.seat_problems import seating_findings
from moothall.bodies.states import BodyState
from moothall.core.clocks import Deadline
from moothall.forward_plan.models import Plan
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import may, visible
from moothall.foundation.translation import READER
from moothall.meetings.models import Meeting
from moothall.meetings.queries import due
from moothall.meetings.timeline import WRONG, Entry, Standing
from moothall.people.absences import six_month_warnings, six_months
from moothall.people.models import (
    AbsenceApproval,
    Disclosure,
    FormerName,
    Grant,
    GroupMembership,
    Interest,
    Person,
    PostHolding,
    Term,
)
from moothall.people.queries import (
    councillors,
    group_sizes,
    registration_due,
)
from moothall.sign_in.emails import letter_of
from moothall.sign_in.models import Invitation

KEEPS_BOOKS = (Role.CLERK, Role.ADMINISTRATOR, Role.OPERATOR)
AHEAD = dt.timedelta(days=42)
SOON = (Standing.OPEN, Standing.TODAY)


@dataclass(frozen=True, slots=True)
class Line:
    """A person in a list, with what they are today."""

    person: Person
    offices: str
    group: str


def person_lines(persons: Sequence[Person], actor: Actor) -> list[Line]:
    """Persons with their offices, posts and groups of today."""
    today = Q(holding(actor.today), person__in=[each.pk for each in persons])
    offices: dict[int, list[str]] = {}
    for term in visible(actor, Term).filter(today):
        ward = f", {term.ward}" if term.ward else ""
        offices.setdefault(term.person_id, []).append(f"{term.get_office_display()}{ward}")
    for held in visible(actor, PostHolding).filter(today).select_related("post"):
        offices.setdefault(held.person_id, []).append(held.post.title)
    groups = dict(visible(actor, GroupMembership).filter(today).values_list("person_id", "group__name"))
    return [Line(each, "; ".join(offices.get(each.pk, ())), groups.get(each.pk, "")) for each in persons]


def about_person(person: Person, actor: Actor) -> dict[str, Any]:
    """Everything in the books about one person that the actor may see."""

    def of(kind: Any, *related: str) -> list[Any]:
        return list(visible(actor, kind).filter(person=person).select_related(*related))

    terms = of(Term, "council")
    holds = [term for term in terms if term.holds(actor.today)]
    return {
        "person": person,
        "former_names": of(FormerName) if person.renamed_on else [],
        "terms": [(term, None if term.registered_on else registration_due(term)) for term in terms],
        "groups": of(GroupMembership, "group"),
        "holdings": of(PostHolding, "post"),
        "memberships": of(Membership, "body"),
        "nominations": of(Nomination, "outside_body"),
        "grants": of(Grant),
        "body_grants": of(BodyGrant, "body"),
        "interests": of(Interest),
        "disclosures": of(Disclosure),
        "absences": of(AbsenceApproval),
        "invitations": [(row, letter_of(row)) for row in of(Invitation) if row.is_open(actor.at)],
        "standing": six_months(person, on=actor.today) if holds else None,
    }


def about_body(body: Body, actor: Actor) -> dict[str, Any]:
    """Everything in the books about one body that the actor may see."""
    on = actor.today
    lasting = Q(body=body) & (Q(last_day__isnull=True) | Q(last_day__gte=on))
    quorum, why = quorum_of(body, on)
    return {
        "body": body,
        "memberships": members_of(body, actor),
        "seats": list(visible(actor, SeatAllocation).filter(lasting).select_related("group")),
        "grants": list(visible(actor, BodyGrant).filter(lasting).select_related("person", "body")),
        "meetings": list(coming(actor).filter(body=body)[:10]),
        "plans": list(visible(actor, Plan).filter(body=body)),
        "children": list(visible(actor, Body).filter(parent=body)),
        "former_names": list(visible(actor, FormerNameOfBody).filter(body=body)) if body.renamed_on else [],
        "keeps_books": body.state != BodyState.DISSOLVED and bool(may(actor, "meetings.plan_year")),
        "quorum": quorum,
        "quorum_why": why,
        "findings": [*education_findings(body, on), *seating_findings(body, on)],
    }


def members_of(body: Body, actor: Actor) -> list[Membership]:
    """Who sits on a body today or is to, in the order of a list of members."""
    lasting = Q(last_day__isnull=True) | Q(last_day__gte=actor.today)
    return in_rank(visible(actor, Membership).filter(lasting, body=body).select_related("person"))


def in_rank(rows: QuerySet[Membership]) -> list[Membership]:
    """Memberships as they are listed: the chair first, then by place and surname."""
    order = list(Membership.Seat.values)
    return sorted(rows, key=lambda row: (order.index(row.seat), row.person.sort_key, row.pk))


def coming(actor: Actor) -> QuerySet[Meeting]:
    """The meetings to come, the next one first."""
    rows = visible(actor, Meeting).filter(day__gte=actor.today)
    return rows.select_related("body", "room").order_by("start", "pk")


@dataclass(frozen=True, slots=True)
class Balancing:
    """The seats that are due, and those given out held against the principles (MTG-23)."""

    due: Balance | None
    sizes: dict[str, int]
    given: dict[str, dict[str, int]]
    principles: tuple[Principle, ...]

    @property
    def table(self) -> list[tuple[str, list[tuple[int, int | None]]]]:
        """By body: for each group what is due and what was given."""
        if self.due is None:
            return []
        names = list(self.due.totals)
        return [
            (body, [(seats.get(name, 0), self.given.get(body, {}).get(name)) for name in names])
            for body, seats in self.due.seats.items()
        ]


def balancing(actor: Actor) -> Balancing:
    """Political balance today: what is due by computation, and how what was given out stands against the law."""
    council, on = actor.council, actor.today
    sizes = {group.name: size for group, size in group_sizes(council, on).items()}
    given: dict[str, dict[str, int]] = {}
    rows = visible(actor, SeatAllocation).filter(holding(on), body__balanced=True).select_related("body", "group")
    balanced = list(visible(actor, Body).filter(balanced=True))
    called = names_in_balance([body for body in balanced if body.holds(on) and body.state != BodyState.PROPOSED])
    for row in rows:
        name = called.get(row.body_id, row.body.name)
        given.setdefault(name, {})[row.group.name if row.group else NO_GROUP] = row.seats
    groups = {name: size for name, size in sizes.items() if size >= 2}
    ungrouped = max(len(councillors(council, on)) - sum(groups.values()), 0)
    below = {called.get(body.pk, body.name) for body in balanced if body.kind == Kind.SUB_COMMITTEE}
    principles: tuple[Principle, ...] = ()
    if given and (groups or ungrouped):
        principles = check(groups, given, sub_committees=below, ungrouped=ungrouped, words=READER)
    return Balancing(balance_of(council, on), sizes, given, principles)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a clerk has to see first."""

    wrong: list[tuple[Meeting, Entry]]
    soon: list[tuple[Meeting, Entry]]
    registrations: list[tuple[Term, Deadline]]
    absences: list[Any]
    executive_absences: list[Any]


def desk(actor: Actor) -> Desk | None:
    """What is late and what is next, in the bodies that the actor is clerk of; None for who is clerk of none."""
    bodies = actor.bodies(*KEEPS_BOOKS, Role.AUDITOR)
    if bodies is not None and not bodies:
        return None
    pairs = due(actor.council, at=actor.at, standings={*WRONG, *SOON}, until=actor.today + AHEAD, bodies=bodies)
    whole = bodies is None
    return Desk(
        wrong=[pair for pair in pairs if pair[1].standing in WRONG],
        soon=[pair for pair in pairs if pair[1].standing in SOON],
        registrations=registrations_open(actor.council, actor.today, clock=actor.clock) if whole else [],
        absences=six_month_warnings(actor.council, actor.today, clock=actor.clock) if whole else [],
        executive_absences=executive_warnings(actor.council, actor.today, clock=actor.clock) if whole else [],
    )
