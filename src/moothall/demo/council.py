"""Enters the demo council: people, groups, bodies, a year of meetings and a forward plan, each on its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.test.utils import override_settings

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind, Membership
from moothall.core.clocks import LONDON
from moothall.demo import files
from moothall.demo.meetings import Planning
from moothall.demo.accounts import let_in
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils import actions as councils
from moothall.foundation.councils.models import Council
from moothall.people import actions as people
from moothall.people.models import Person, PoliticalGroup, Term

Seat = Membership.Seat


def noon(day: dt.date) -> dt.datetime:
    """Noon of a day, where the council is."""
    return dt.datetime.combine(day, dt.time(12), LONDON)


def build(today: dt.date) -> Council:
    """Enter the whole council as it is on ``today``, all or nothing; gives it. No letter goes out."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"), transaction.atomic():
        return _build(today)


def _build(today: dt.date) -> Council:
    told = files.council()
    hosts = told["hosts"]
    council = councils.create_council(
        slug=told["slug"], name=told["name"], short_name=told["short_name"], host=hosts[-1]
    )
    building = _Building(council, told)
    for host in hosts[:-1]:
        councils.add_domain(host=host, by=building.by)
    for key, value in told["options"].items():
        councils.set_option(key=key, value=value, first_day=told["begins"], by=building.by)
    building.enter_people()
    building.enter_bodies()
    planning = Planning(council, told, building.persons, building.bodies)
    planning.enter_year()
    planning.live_until(today)
    planning.enter_plan()
    let_in(council, building.persons, at=noon(today))
    return council


class _Building:
    """The people and bodies of the council, entered at the beginning of the municipal year."""

    def __init__(self, council: Council, told: dict[str, Any]) -> None:
        self.told = told
        self.begins: dt.date = told["begins"]
        self.by = Actor.operator(council, at=noon(self.begins))
        self.persons: dict[str, Person] = {}
        self.bodies: dict[str, Body] = {}
        self.groups: dict[str, PoliticalGroup] = {}

    def enter_people(self) -> None:
        """Councillors with their wards and groups, officers with their posts and roles."""
        for ward, names in self.told["wards"].items():
            for name in names:
                self._councillor(name, ward)
        for name, members in self.told["groups"].items():
            held = [self.persons[each] for each in members]
            self.groups[name] = people.form_group(name=name, members=held, first_day=self.told["elected"], by=self.by)
        for officer in self.told["officers"]:
            self._officer(officer)

    def enter_bodies(self) -> None:
        """Bodies with their seats and who sits on them; found afterwards by name and short name."""
        for each in self.told["bodies"]:
            body = self._body(each)
            self.bodies |= {body.name: body, body.short_name or body.name: body}
            self._seat(body, each)

    def _person(self, name: str, **also: str) -> Person:
        if name not in self.persons:
            first, _, last = name.rpartition(" ")
            also.setdefault("post_nominals", self.told["post_nominals"].get(name, ""))
            self.persons[name] = people.create_person(first_names=first, last_name=last, by=self.by, **also)
        return self.persons[name]

    def _councillor(self, name: str, ward: str) -> None:
        people.begin_term(
            self._person(name),
            office=Term.Office.COUNCILLOR,
            first_day=self.told["elected"],
            ward=ward,
            by=self.by,
        )

    def _officer(self, told: dict[str, str]) -> None:
        person = self._person(told["name"], email=told.get("email", ""), phone=told.get("phone", ""))
        post = people.create_post(
            title=told["post"],
            service=told.get("service", ""),
            statutory=told.get("statutory", ""),
            public=True,
            by=self.by,
        )
        people.hold_post(post, person=person, first_day=self.begins, by=self.by)
        if role := told.get("role"):
            people.grant_role(person, role=Role(role), first_day=self.begins, by=self.by)

    def _body(self, told: dict[str, Any]) -> Body:
        body = bodies.create_body(
            name=told["name"],
            short_name=told.get("short_name", ""),
            kind=Kind(told["kind"]),
            first_day=self.begins,
            remit=told["remit"],
            parent=self.bodies.get(told.get("parent", "")),
            education=told.get("education", False),
            quorum=tuple(told.get("quorum", (1, 4))),
            by=self.by,
        )
        return bodies.start_body(body, by=self.by)

    def _seat(self, body: Body, told: dict[str, Any]) -> None:
        if seats := told.get("seats"):
            given: dict[PoliticalGroup | None, int] = {self.groups[name]: number for name, number in seats.items()}
            bodies.allocate_seats(body, seats=given, first_day=self.begins, by=self.by)
        portfolios = told.get("portfolios", {})
        for seat, name in _places(told, self.told["wards"]):
            self._appoint(body, name, seat=seat, portfolio=portfolios.get(name, ""))
        for each in told.get("co_opted", ()):
            person = self._person(each["name"])
            if each.get("votes"):
                people.begin_term(person, office=Term.Office.CO_OPTED, first_day=self.begins, by=self.by)
            self._appoint(body, seat=Seat.CO_OPTED, **each)

    def _appoint(self, body: Body, name: str, **how: Any) -> None:
        bodies.appoint(body, person=self._person(name), first_day=self.begins, by=self.by, **how)


def _places(told: dict[str, Any], wards: dict[str, list[str]]) -> list[tuple[Membership.Seat, str]]:
    heads = [(Seat.CHAIR, told["chair"]), *((Seat.VICE_CHAIR, name) for name in (told.get("vice_chair"),) if name)]
    of_chair = {name for _, name in heads}
    everybody = [name for names in wards.values() for name in names] if told.get("everybody") else []
    members = [name for name in (*told.get("members", ()), *everybody) if name not in of_chair]
    cabinet = [name for name in told.get("portfolios", {}) if name not in of_chair]
    return [
        *heads,
        *((Seat.MEMBER, name) for name in members),
        *((Seat.CABINET, name) for name in cabinet),
        *((Seat.SUBSTITUTE, name) for name in told.get("substitutes", ())),
    ]
