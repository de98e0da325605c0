"""Reads of bodies for signed-in pages and for other folders. What is public is in ``public``."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.bodies.balance import Balance, balance
from moothall.bodies.models import Body, FormerName, FormerOutsideName, Kind, Membership, OutsideBody
from moothall.bodies.quorum import Quorum, vote_on
from moothall.bodies.states import BodyState
from moothall.core.clocks import add_months, day_after
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.options import options
from moothall.foundation.councils.scoping import holding
from moothall.foundation.translation import READER
from moothall.people.queries import councillors, group_names, group_of, group_sizes

Seat, Votes, Nominator = Membership.Seat, Membership.Votes, Membership.Nominator
ORDER = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.CABINET, Seat.MEMBER, Seat.CO_OPTED, Seat.SUBSTITUTE)
FULL = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.CABINET, Seat.MEMBER)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule asks of a body and that it lacks. ``code`` names it, whatever the message says."""

    rule: str
    message: str
    code: str


def at_work(council: Council, on: dt.date) -> QuerySet[Body]:
    """The bodies at work on a day, by name."""
    return Body.objects.of(council).filter(holding(on)).exclude(state=BodyState.PROPOSED)


def members(body: Body, on: dt.date) -> list[Membership]:
    """Who is on a body on a day: chair, vice-chair, members by surname, co-optees, substitutes."""
    rows = _seated(Council(pk=body.council_id), body.pk, on)
    for row in rows:
        row.body = body
    return sorted(rows, key=_rank)


def quorum_of(body: Body, on: dt.date) -> tuple[int, str]:
    """How many must be present at a meeting on a day, and why (MTG-20).

    Counts the members and, unless the body's rule says otherwise, the co-optees who vote, on education only too.
    """
    return quorum_among(body, body.memberships.filter(holding(on)))


def quorum_among(body: Body, rows: Iterable[Membership]) -> tuple[int, str]:
    """The same, of those who are on the body that day."""
    rule = Quorum(Fraction(body.quorum_numerator, body.quorum_denominator), body.quorum_minimum)
    count = sum(_counts(body, row) for row in rows)
    return rule.needed(count), rule.explanation(count, READER)


def names_on(council: Council, asked: Iterable[tuple[Body, dt.date]]) -> dict[tuple[int, dt.date], str]:
    """What bodies were called on days, by id and day. Asks the database only for those that have been renamed since."""
    pairs = {(body.pk, day): body for body, day in asked}
    others = {key for key, body in pairs.items() if body.renamed_on is not None and key[1] < body.renamed_on}
    rows = FormerName.objects.of(council).filter(body__in={pk for pk, _ in others}) if others else []
    found = {key: body.name for key, body in pairs.items()}
    for row in sorted(rows, key=lambda each: each.last_day, reverse=True):
        found |= {key: row.name for key in others if key[0] == row.body_id and key[1] <= row.last_day}
    return found


def outside_names(rows: Sequence[OutsideBody], on: dt.date) -> dict[int, str]:
    """What outside bodies were called on a day, by id."""
    names = {row.pk: row.name for row in rows}
    others = [row for row in rows if row.renamed_on is not None and on < row.renamed_on]
    if others:
        former = FormerOutsideName.objects.of(others[0].council).filter(outside_body__in=others, last_day__gte=on)
        # the earliest that still held is written last
        names |= {each.outside_body_id: each.name for each in former.order_by("-last_day")}
    return names


def why_no_vote(membership: Membership, *, education: bool) -> str:
    """Why a member may not vote on an item, or "" when they may (MTG-22); interests are another matter (INT-02)."""
    return vote_on(membership.votes, education=education, words=READER)


def why_no_substitute(body: Body, *, absent: Membership, substitute: Membership, on: dt.date) -> str:
    """Why somebody may not stand in for an absent member at a meeting on a day, or "" when they may (MTG-21)."""
    if substitute.seat != Seat.SUBSTITUTE or not substitute.holds(on) or substitute.body_id != body.pk:
        return _("{person} is not in the pool of substitutes of {body}.").format(person=substitute.person, body=body)
    if absent.seat not in FULL or not absent.holds(on):
        return _("{person} is not a member of {body} on that day.").format(person=absent.person, body=body)
    if group_of(absent.person, on) != group_of(substitute.person, on):
        return _("{substitute} is not of the same group as {absent} (MTG-21).").format(
            substitute=substitute.person, absent=absent.person
        )
    return ""


def balance_of(council: Council, on: dt.date) -> Balance | None:
    """The seats due to each group on the bodies that count, as given out or filled (MTG-23); None without any.

    A body counts with the seats given out on the day, or else with the members that it has.
    """
    groups = group_sizes(council, on)
    names = group_names(groups, on)
    sizes = {names[group.pk]: size for group, size in groups.items() if size >= 2}
    rows = list(at_work(council, on).filter(balanced=True))
    found, called = [(body, seats) for body in rows if (seats := _seats(body, on))], names_in_balance(rows)
    if not sizes or not found:
        return None
    below = {called[body.pk]: seats for body, seats in found if body.kind == Kind.SUB_COMMITTEE}
    bodies = {called[body.pk]: seats for body, seats in found if body.kind != Kind.SUB_COMMITTEE}
    ungrouped = len(councillors(council, on)) - sum(sizes.values())
    return balance(sizes, bodies, sub_committees=below, ungrouped=max(ungrouped, 0), words=READER)


def names_in_balance(bodies: Iterable[Body]) -> dict[int, str]:
    """What bodies are called where their seats are shared out: two of one name are told apart by their addresses."""
    rows = list(bodies)
    count = Counter(body.name for body in rows)
    return {body.pk: body.name if count[body.name] == 1 else f"{body.name} ({body.slug})" for body in rows}


def education_findings(body: Body, on: dt.date) -> Sequence[Finding]:
    """What the law asks of a body that scrutinises education, and it lacks (MTG-22)."""
    if not body.education:
        return ()
    chosen = options(body.council, on)
    rows = list(
        body.memberships.filter(holding(on), seat=Seat.CO_OPTED).exclude(votes=Votes.NONE).select_related("person")
    )
    count = {each: sum(row.nominator == each for row in rows) for each in Nominator}
    found = []
    if chosen.maintains_church_of_england_schools and not count[Nominator.CHURCH_OF_ENGLAND]:
        message = _("There is no voting nominee of the Diocesan Board of Education.")
        found.append(Finding("MTG-22", message, "no-diocesan-nominee"))
    if chosen.maintains_roman_catholic_schools and not count[Nominator.ROMAN_CATHOLIC]:
        message = _("There is no voting nominee of the Roman Catholic bishop.")
        found.append(Finding("MTG-22", message, "no-roman-catholic-nominee"))
    if not 2 <= count[Nominator.PARENT_GOVERNORS] <= 5:
        number = count[Nominator.PARENT_GOVERNORS]
        message = ngettext(
            "There is {number} voting parent governor; two to five are asked for.",
            "There are {number} voting parent governors; two to five are asked for.",
            number,
        ).format(number=number)
        found.append(Finding("MTG-22", message, "wrong-number-of-parent-governors"))
    off_term = [row for row in rows if row.nominator == Nominator.PARENT_GOVERNORS and not _is_term(row)]
    return [*found, *(Finding("MTG-22", _off_term(row), "wrong-term-of-parent-governor") for row in off_term)]


def _seated(council: Council, body: int, on: dt.date) -> Iterable[Membership]:
    rows = Membership.objects.of(council).filter(holding(on), body__id=body)
    return rows.select_related("person").order_by()


def _rank(row: Membership) -> tuple[int, str, int]:
    return (ORDER.index(Seat(row.seat)), row.person.sort_key, row.pk)


def _counts(body: Body, row: Membership) -> bool:
    if row.seat in FULL:
        return True
    return body.quorum_co_optees and row.seat == Seat.CO_OPTED and row.votes in {Votes.ALL, Votes.EDUCATION}


def _is_term(row: Membership) -> bool:
    """Whether a parent governor sits for two to four years (SI 2001/478)."""
    if row.last_day is None:
        return False
    after = day_after(row.last_day)
    return add_months(row.first_day, 24) <= after <= add_months(row.first_day, 48)


def _off_term(row: Membership) -> str:
    return _("{person} is a parent governor, whose term is two to four years: enter its last day.").format(
        person=row.person
    )


def _seats(body: Body, on: dt.date) -> int:
    given = sum(row.seats for row in body.seat_allocations.filter(holding(on)))
    return given or body.memberships.filter(holding(on), seat__in=FULL).count()
