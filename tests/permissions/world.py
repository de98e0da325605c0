"""A council with something in every state, somebody in every role, and a second council with the like.

Made with the product's own verbs. ``names`` are what table.toml puts into its addresses: ``people/{councillor}/``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.forward_plan import actions as plans
from moothall.foundation import permissions
from moothall.foundation.actors import GRANTED, Actor, Role
from moothall.foundation.councils import actions as councils
from moothall.foundation.councils.jobs import verify_log
from moothall.foundation.councils.models import OwnDay
from moothall.foundation.jobs import actions as jobs
from moothall.foundation.jobs import leases
from moothall.foundation.jobs.queue import enqueue
from moothall.meetings import actions as meetings
from moothall.meetings.models import Period
from moothall.meetings.proposals import Proposal
from moothall.meetings.queries import concerns_about
from moothall.people import actions as people
from moothall.people.models import Account, Attendance, Interest, PoliticalGroup, Term
from moothall.sign_in import actions as sign_in

Seat = Membership.Seat
SEATS = {
    "member": Seat.MEMBER,
    "chair": Seat.CHAIR,
    "substitute": Seat.SUBSTITUTE,
    "co-optee": Seat.CO_OPTED,
    "portfolio holder": Seat.CABINET,
}


@dataclass
class World:
    """A council, whom it has, and what its things are called in addresses."""

    council: object
    by: Actor
    accounts: dict[str, Account] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def account(self, role, person):
        """Let a person sign in, as somebody with the role."""
        email = f"{role.replace(' ', '-')}@{self.council.slug}.example"
        self.accounts[role] = people.open_account(person, email=email, by=self.by).account


def build(council):
    """Fill a council."""
    world = World(council, Actor.operator(council))
    _officers(world)
    _bodies(world)
    _seats(world)
    _meetings(world)
    _plan(world)
    _personal(world)
    _renamed(world)
    _own_days(world)
    _jobs(world)
    _numbers(world)
    return world


def _day(days):
    return dt.timedelta(days=days)


def _person(world, name, **more):
    first, _, last = name.rpartition(" ")
    return people.create_person(first_names=first, last_name=last, by=world.by, **more)


def _councillor(world, name, **more):
    person = _person(world, name, **more)
    first_day = world.by.today - _day(400)
    people.begin_term(person, office=Term.Office.COUNCILLOR, first_day=first_day, ward="Abbey", by=world.by)
    return person


def _officers(world):
    for role in sorted(GRANTED):
        person = _person(world, f"Officer {role.title()}")
        people.grant_role(person, role=role, first_day=world.by.today, by=world.by)
        world.account(role.value, person)
    named = people.create_post(title="Monitoring Officer", service="Law", public=True, by=world.by)
    unnamed = people.create_post(title="Registrar of Secrets", service="Vaults", by=world.by)
    for key, name, post in (("officer", "Nadia Brook", named), ("unnamed", "Una Grey", unnamed)):
        person = _person(world, name)
        people.hold_post(post, person=person, first_day=world.by.today, by=world.by)
        world.names[key] = person.slug


def _bodies(world):
    start = world.by.today - _day(100)
    for key, name, kind in (
        ("proposed", "Shadow Pension Board", Kind.BOARD),
        ("active", "Children and Youth Panel", Kind.SCRUTINY),
        ("dissolved", "Riverbank Board", Kind.BOARD),
        ("cabinet", "Cabinet", Kind.CABINET),
    ):
        more = {"education": True} if key == "active" else {}
        body = bodies.create_body(name=name, kind=kind, first_day=start, by=world.by, **more)
        body = body if key == "proposed" else bodies.start_body(body, by=world.by)
        world.names[key] = body.slug
        setattr(world, key, body)
    world.dissolved = bodies.dissolve_body(world.dissolved, last_day=world.by.today - _day(1), by=world.by)
    outside = bodies.create_outside_body(name="Rivers Trust", first_day=start, by=world.by)
    world.outside = outside


def _seats(world):
    start = world.by.today - _day(90)
    for role, seat in SEATS.items():
        co_optee = seat == Seat.CO_OPTED
        person = _person(world, f"Seat {role.title()}") if co_optee else _councillor(world, f"Seat {role.title()}")
        body = world.cabinet if seat == Seat.CABINET else world.active
        bodies.appoint(body, person=person, seat=seat, first_day=start, by=world.by)
        world.account(role, person)
    hidden = _person(world, "Pat Proposed")
    bodies.appoint(world.proposed, person=hidden, seat=Seat.CO_OPTED, first_day=world.by.today, by=world.by)
    world.names["of_proposed"] = hidden.slug


def _meetings(world):
    room = meetings.add_room(name="Chamber", address="Guildhall", first_day=world.by.today, by=world.by)
    made = {
        key: _meeting(world, world.active, days, room)
        for key, days in (("planned", 30), ("called", 40), ("postponed", 50), ("cancelled", 60), ("held", -20))
    }
    made["proposed_meeting"] = _meeting(world, world.proposed, 70, None)
    for key in ("called", "held"):
        made[key] = meetings.call_meeting(made[key], by=world.by)
    made["held"] = meetings.hold_meeting(made["held"], by=world.by)
    meetings.postpone_meeting(made["postponed"], reason="The hall is closed.", by=world.by)
    meetings.cancel_meeting(made["cancelled"], reason="There is no business.", by=world.by)
    world.held = made["held"]
    world.names |= {key: meeting.slug for key, meeting in made.items()}
    world.names |= {"month": f"{world.by.today:%Y-%m}", "year": f"{world.by.today:%Y}"}


def _plan(world):
    by = world.by
    plan = plans.create_plan(world.active, title="Work plan", by=by)
    made = {key: plans.add_entry(plan, title=f"A {key} item", by=by) for key in ("draft", "open", "taken", "withdrawn")}
    hidden = plans.add_entry(plan, title="Never told", by=by)
    for key in ("open", "taken", "withdrawn"):
        made[key] = plans.publish_entry(made[key], by=by)
    plans.take_entry(made["taken"], on=by.today, by=by)
    for entry in (made["withdrawn"], hidden):
        plans.withdraw_entry(entry, reason="Not needed", by=by)
    asked = {
        minute: plans.record_request(
            plan, meeting=world.held, minute=minute, asked=f"A note {minute}", open_minute=shown, by=by
        )
        for minute, shown in (("10", True), ("11", True), ("12", False))
    }
    plans.close_request(asked["11"], outcome="A note was sent.", by=by)


def _meeting(world, body, days, room):
    day = world.by.today + _day(days)
    place = {"room": room} if room and days > 0 else {"place": "Town hall"}
    proposal = Proposal(body=body, day=day, time=dt.time(10), **place)
    confirmed = {each.key for each in concerns_about(world.council, [proposal], at=world.by.at)}
    return meetings.plan_meeting(body, proposal=proposal, confirmed=confirmed, by=world.by)


def _personal(world):
    anna, ben = _councillor(world, "Anna Lee"), _councillor(world, "Ben Ode")
    start = world.by.today - _day(60)
    people.form_group(name="Green Group", members=[anna, ben], first_day=start, by=world.by)
    for sensitive in ("", "Threats were made"):
        people.register_interest(
            anna,
            category=Interest.Category.LAND,
            description="A house in Mill Lane",
            first_day=start,
            sensitive_why=sensitive,
            by=world.by,
        )
    people.record_attendance(anna, day=start, meeting="Council", how=Attendance.How.PRESENT, by=world.by)
    people.record_attendance(ben, day=start, meeting="Council", how=Attendance.How.PRESENT, by=world.by)
    people.disclose_interest(ben, day=start, meeting="Council", by=world.by)
    until = world.by.today + _day(90)
    people.approve_absence(
        ben, approved_on=world.by.today, approved_until=until, reason="Illness of a child", by=world.by
    )
    bodies.nominate(world.outside, person=anna, first_day=start, by=world.by)
    invited = people.open_account(ben, email=f"ben@{world.council.slug}.example", by=world.by)
    sign_in.invite(invited, by=world.by)
    world.accounts["no role"] = people.open_account(
        anna, email=f"anna@{world.council.slug}.example", by=world.by
    ).account
    world.names["councillor"] = anna.slug


def _renamed(world):
    """A councillor and a board that have other names than they had, and so addresses that send on."""
    day = world.by.today - _day(10)
    person = _councillor(world, "Mary Oldham")
    board = bodies.create_body(name="Harbour Board", kind=Kind.BOARD, first_day=day - _day(90), by=world.by)
    board = bodies.start_body(board, by=world.by)
    world.names |= {"former_person": person.slug, "former_body": board.slug}
    people.rename_person(person, first_names="Mary", last_name="Newham", first_day=day, by=world.by)
    bodies.rename_body(board, name="Quay Board", first_day=day, by=world.by)
    group = PoliticalGroup.objects.of(world.council).get()
    world.names["former_group"] = group.slug
    people.rename_group(group, name="Meadow Group", first_day=day, by=world.by)
    bodies.rename_outside_body(world.outside, name="Streams Trust", first_day=day, by=world.by)


def _own_days(world):
    day = world.by.today + _day(200)
    councils.add_own_day(day=day, kind=OwnDay.Kind.CLOSURE, by=world.by)
    meetings.add_period(kind=Period.Kind.RECESS, name="Recess", first_day=day, last_day=day + _day(9), by=world.by)
    person = _person(world, "Gus Grant")
    bodies.grant_role_in_body(world.active, person=person, role=Role.AUTHOR, first_day=world.by.today, by=world.by)


def _jobs(world):
    """One that waits, one that was given up, and one whose workers were killed until it was dead."""
    task, slug = verify_log.using(priority=100), world.council.slug
    dead = enqueue(task, slug, council=world.council)
    for _ in range(leases.TRIES):
        leases.take("a worker that is killed", lease=_day(-1))
        leases.reap()
    dropped = jobs.drop_job(enqueue(task, slug, council=world.council), by=world.by)
    waiting = enqueue(task, slug, council=world.council)
    world.names |= {"dead_job": str(dead.pk), "dropped_job": str(dropped.pk), "waiting_job": str(waiting.pk)}


def _numbers(world):
    """The number of the first row of every kind, for addresses of the workspace: ``{n_people_term}``."""
    for kind in permissions.sights():
        first = permissions.visible(world.by, kind).order_by("pk").first()
        if first is not None:
            world.names[f"n_{kind._meta.label_lower.replace('.', '_')}"] = str(first.pk)
    sensitive = permissions.visible(world.by, Interest).get(sensitive=True)
    world.names |= {
        "sensitive": str(sensitive.pk),
        "room": "chamber",
        "outside": world.outside.slug,
        "group": "meadow-group",
    }
