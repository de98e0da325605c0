"""Political groups (MTG-23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from moothall.core.clocks import day_after, day_before
from moothall.foundation.actions import add, change, end, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import days_added, holding, overlapping
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.models import FormerGroupName, GroupMembership, Person, PoliticalGroup, Term
from moothall.people.name_changes import check_day_of_name, check_not_over
from moothall.people.names import free_slug, slug_after, slug_of


@verb
def form_group(
    *, name: str, members: Sequence[Person], first_day: dt.date, short_name: str = "", by: Actor
) -> PoliticalGroup:
    """Enter a group of which notice was given, the first of ``members`` being its leader.

    Raises RuleBroken (MTG-23) for fewer than two members, or members who are no councillors or in another group.
    """
    if len({person.pk for person in members}) < 2:
        raise RuleBroken(
            "MTG-23", _("A political group has at least two members."), code="too-few-members", field="members"
        )
    for person in members:
        _can_join(person, first_day)
    name = name.strip()
    group = PoliticalGroup(
        council=by.council,
        slug=free_slug(name, _taken(by.council, name)),
        name=name,
        short_name=short_name,
        first_day=first_day,
    )
    _one_of_that_name(group, name)
    add(group, by, members=[person.pk for person in members])
    for number, person in enumerate(members):
        standing = GroupMembership.Standing.MEMBER if number else GroupMembership.Standing.LEADER
        _membership(group, person, standing, first_day).save(force_insert=True)
    return group


@verb
def correct_group(
    group: PoliticalGroup, *, name: str, short_name: str = "", expected: int | None = None, by: Actor
) -> PoliticalGroup:
    """Correct a slip in the name of a group; its address stays. Raises StaleObject, RuleBroken."""
    _one_of_that_name(group, name.strip())
    return change(group, by, expected=expected, name=name.strip(), short_name=short_name)


@verb
def rename_group(
    group: PoliticalGroup,
    *,
    name: str,
    short_name: str = "",
    first_day: dt.date,
    expected: int | None = None,
    by: Actor,
) -> PoliticalGroup:
    """Enter that a group is called otherwise from a day on: papers of earlier days go on printing the old name.

    It is the same group, with its members and seats. The address follows the name; the old one sends on for ever.
    Raises StaleObject, RuleBroken.
    """
    name = name.strip()
    if (name, short_name) == (group.name, group.short_name):
        raise RuleBroken("", _("That is the name as it is: enter the new one."), code="name-unchanged", field="name")
    check_day_of_name(first_day, group.renamed_on or group.first_day, by.today)
    check_not_over(group, first_day)
    _one_of_that_name(group, name)
    own = set(group.former_names.exclude(slug="").values_list("slug", flat=True))
    slug = slug_after(name, slug=group.slug, own=own, taken=_taken(by.council, name))
    FormerGroupName(
        council=by.council,
        group=group,
        slug="" if slug == group.slug or group.slug in own else group.slug,
        name=group.name,
        short_name=group.short_name,
        last_day=day_before(first_day),
    ).save(force_insert=True)
    return change(group, by, expected=expected, name=name, short_name=short_name, slug=slug, renamed_on=first_day)


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
            code="group-does-not-exist",
            field="first_day",
        )
    _can_join(person, first_day)
    return add(_membership(group, person, standing, first_day), by)


@verb
def leave_group(
    membership: GroupMembership, *, last_day: dt.date, expected: int | None = None, by: Actor
) -> GroupMembership:
    """Enter that somebody leaves a group after ``last_day``; a later day that is entered corrects an earlier one."""
    others = membership.person.group_memberships.exclude(pk=membership.pk)
    if (added := days_added(membership, last_day)) is not None and others.filter(added).exists():
        message = _("{person} is in a group in these days already.").format(person=membership.person)
        raise RuleBroken("MTG-23", message, code="in-other-group", field="last_day")
    return end(membership, by, expected=expected, last_day=last_day)


@verb
def end_group(group: PoliticalGroup, *, last_day: dt.date, expected: int | None = None, by: Actor) -> PoliticalGroup:
    """Enter that a group is no more after ``last_day``; its memberships end with it."""
    ended = end(group, by, expected=expected, last_day=last_day)
    group.memberships.filter(overlapping(day_after(last_day), None)).update(last_day=last_day)
    return ended


def _taken(council: Council, name: str) -> set[str]:
    """Every address that a group has or had and that a name could get."""
    like = {"slug__startswith": slug_of(name)}
    now = PoliticalGroup.objects.of(council).filter(**like).values_list("slug", flat=True)
    return {*now, *FormerGroupName.objects.of(council).filter(**like).values_list("slug", flat=True)}


def _one_of_that_name(group: PoliticalGroup, name: str) -> None:
    """Two groups of one name at one time could not be told apart where seats are shared out."""
    others = PoliticalGroup.objects.of(group.council).exclude(pk=group.pk).filter(name__iexact=name)
    if others.filter(overlapping(group.first_day, group.last_day)).exists():
        raise RuleBroken(
            "MTG-23", _("There is a group of that name in these days already."), code="name-taken", field="name"
        )


def _can_join(person: Person, day: dt.date) -> None:
    if not person.terms.filter(office=Term.Office.COUNCILLOR).filter(holding(day)).exists():
        raise RuleBroken(
            "MTG-23",
            _("{person} is not a councillor on {day}.").format(person=person, day=say(day)),
            code="not-councillor",
            field="person",
        )
    if person.group_memberships.filter(overlapping(day, None)).exists():
        raise RuleBroken(
            "MTG-23",
            _("{person} is in a group already; let that end first.").format(person=person),
            code="in-other-group",
            field="person",
        )


def _membership(
    group: PoliticalGroup, person: Person, standing: GroupMembership.Standing, first_day: dt.date
) -> GroupMembership:
    return GroupMembership(council=group.council, group=group, person=person, standing=standing, first_day=first_day)
