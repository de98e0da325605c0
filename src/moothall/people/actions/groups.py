"""Political groups (MTG-23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from moothall.actor import Actor
from moothall.councils.scoped import holding, overlapping
from moothall.errors import RuleBroken
from moothall.people.models import GroupMembership, Person, PoliticalGroup, Term
from moothall.people.naming import free_slug
from moothall.verbs import add, end, verb
from moothall.wording import say


@verb
def form_group(
    *, name: str, members: Sequence[Person], first_day: dt.date, short_name: str = "", by: Actor
) -> PoliticalGroup:
    """Enter a group of which notice was given, the first of ``members`` being its leader.

    Raises RuleBroken (MTG-23) for fewer than two members, or members who are no councillors or in another group.
    """
    if len({person.pk for person in members}) < 2:
        raise RuleBroken("MTG-23", _("A political group has at least two members."), field="members")
    for person in members:
        _can_join(person, first_day)
    taken = set(PoliticalGroup.objects.of(by.council).values_list("slug", flat=True))
    group = PoliticalGroup(
        council=by.council, slug=free_slug(name, taken), name=name, short_name=short_name, first_day=first_day
    )
    add(group, by, members=[person.pk for person in members])
    for number, person in enumerate(members):
        standing = GroupMembership.Standing.MEMBER if number else GroupMembership.Standing.LEADER
        _membership(group, person, standing, first_day).save(force_insert=True)
    return group


@verb
def join_group(
    group: PoliticalGroup,
    *,
    person: Person,
    first_day: dt.date,
    standing: GroupMembership.Standing = GroupMembership.Standing.MEMBER,
    by: Actor,
) -> GroupMembership:
    """Enter that a councillor joins a group. Political balance is then to be looked at again (MTG-23)."""
    if not group.holds(first_day):
        raise RuleBroken(
            "MTG-23",
            _("There is no group {group} on {first_day}.").format(group=group, first_day=say(first_day)),
            field="first_day",
        )
    _can_join(person, first_day)
    return add(_membership(group, person, standing, first_day), by)


@verb
def leave_group(
    membership: GroupMembership, *, last_day: dt.date, expected: int | None = None, by: Actor
) -> GroupMembership:
    """Enter that somebody leaves a group after ``last_day``."""
    return end(membership, by, expected=expected, last_day=last_day)


@verb
def end_group(group: PoliticalGroup, *, last_day: dt.date, expected: int | None = None, by: Actor) -> PoliticalGroup:
    """Enter that a group is no more after ``last_day``; its memberships end with it."""
    ended = end(group, by, expected=expected, last_day=last_day)
    group.memberships.filter(overlapping(last_day + dt.timedelta(days=1), None)).update(last_day=last_day)
    return ended


def _can_join(person: Person, day: dt.date) -> None:
    if not person.terms.filter(office=Term.Office.COUNCILLOR).filter(holding(day)).exists():
        raise RuleBroken(
            "MTG-23", _("{person} is not a councillor on {day}.").format(person=person, day=say(day)), field="person"
        )
    if person.group_memberships.filter(overlapping(day, None)).exists():
        raise RuleBroken(
            "MTG-23", _("{person} is in a group already; let that end first.").format(person=person), field="person"
        )


def _membership(
    group: PoliticalGroup, person: Person, standing: GroupMembership.Standing, first_day: dt.date
) -> GroupMembership:
    return GroupMembership(council=group.council, group=group, person=person, standing=standing, first_day=first_day)
