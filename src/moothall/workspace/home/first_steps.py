"""What a council that was just founded has to enter, in the order in which one thing needs another."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body, Membership
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.options import options
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting, Period, Room
from moothall.people.models import Person, PoliticalGroup, Term
from moothall.workspace.page_context import KEEPS_BOOKS


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to enter: what, where, why, and whether there is any of it."""

    name: Promise
    hint: Promise
    address: str
    done: bool


def first_steps(actor: Actor) -> list[Step]:
    """The steps of a council without a meeting, for those who keep its books; none once it has one."""
    if actor.bodies(*KEEPS_BOOKS) is not None or visible(actor, Meeting).exists():
        return []
    return [
        *(steps_of_administrator(actor) if actor.holds(Role.ADMINISTRATOR) else ()),
        Step(
            _("Enter the councillors and officers"),
            _("One by one, or all at once from a spreadsheet"),
            reverse("workspace:imports"),
            visible(actor, Term).exists(),
        ),
        Step(
            _("Enter the political groups"),
            _("A group needs councillors. The political balance is computed from them."),
            reverse("workspace:groups"),
            visible(actor, PoliticalGroup).exists(),
        ),
        Step(
            _("Enter the bodies"),
            _("The council itself, the cabinet, committees and panels"),
            reverse("workspace:bodies"),
            visible(actor, Body).exists(),
        ),
        Step(
            _("Put members on them"),
            _("On the page of each body: chairs, members, co-optees, substitutes"),
            reverse("workspace:bodies"),
            visible(actor, Membership).exists(),
        ),
        Step(
            _("Enter the rooms in which you meet"),
            _("So that two meetings in one room are warned of"),
            reverse("workspace:rooms"),
            visible(actor, Room).exists(),
        ),
        Step(
            _("Enter recesses, elections and closure days"),
            _("Weekends and bank holidays are known"),
            reverse("workspace:periods"),
            visible(actor, Period).exists(),
        ),
        Step(
            _("Enter a year of meetings"),
            _("By a pattern, from a list, or from a spreadsheet. Deadlines follow by themselves."),
            reverse("workspace:year"),
            False,
        ),
    ]


def steps_of_administrator(actor: Actor) -> tuple[Step, Step]:
    """What an administrator does first of all: the public's way to the council, and colleagues."""
    chosen = options(actor.council, actor.today)
    accounts = visible(actor, Person).filter(account__isnull=False).count()
    return (
        Step(
            _("Say how the public reaches you"),
            _("An e-mail address or a telephone number for the accessibility statement, and the colour of your pages"),
            reverse("workspace:options"),
            bool(chosen.contact_email or chosen.contact_phone),
        ),
        Step(
            _("Let your colleagues in"),
            _("Enter each as a person; open an account, give a role and send an invitation on the person's page"),
            reverse("workspace:accounts"),
            accounts > 1,
        ),
    )
