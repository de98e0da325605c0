"""The demo council's year of meetings, lived until a day, and its forward plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from moothall.bodies.models import Body
from moothall.core.clocks import LONDON, day_after
from moothall.demo import files
from moothall.forward_plan import actions as plans
from moothall.foundation.actors import Actor
from moothall.foundation.councils.models import Council
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting, Period, Room
from moothall.meetings.proposals import Proposal
from moothall.meetings.queries import concerns_about
from moothall.people.models import Person

AHEAD = dt.timedelta(days=10)
"""How long before a meeting its agenda was published: on 14 November for 24 November."""


class Planning:
    """Enters meetings and plan, each at its own time."""

    def __init__(
        self, council: Council, told: dict[str, Any], persons: dict[str, Person], bodies: dict[str, Body]
    ) -> None:
        self.council = council
        self.told = told
        self.persons = persons
        self.bodies = bodies
        self.meetings: list[Meeting] = []

    def enter_year(self) -> None:
        """Enter rooms, recess and election, and the year's meetings in one go, having read what speaks against."""
        by = self._at(self.told["begins"])
        rooms = {
            each["name"]: meetings.add_room(first_day=self.told["elected"], by=by, **each)
            for each in self.told["rooms"]
        }
        for each in self.told["periods"]:
            meetings.add_period(by=by, **{**each, "kind": Period.Kind(each["kind"])})
        proposals = [self._proposal(row, rooms) for row in files.rows("meetings.csv")]
        confirmed = [each.key for each in concerns_about(self.council, proposals, at=by.at)]
        self.meetings = meetings.plan_year(proposals=proposals, confirmed=confirmed, by=by)

    def live_until(self, today: dt.date) -> None:
        """Call the meetings, publish their agendas and hold them, until ``today``."""
        for meeting in self.meetings:
            published = max(meeting.day - AHEAD, self.told["begins"])
            if published > today:
                continue
            by = self._at(published)
            meetings.call_meeting(meeting, by=by)
            meetings.give_notice(meeting, at=by.at, by=by)
            meetings.publish_agenda(meeting, at=by.at, by=by)
            if meeting.day < today:
                meetings.hold_meeting(meeting, by=self._at(day_after(meeting.day)))

    def enter_plan(self) -> None:
        """Enter the panel's forward plan as it was published."""
        told = self.told["plan"]
        by = self._at(told["published"])
        body = self.bodies[told["body"]]
        words = {name: told[name] for name in ("title", "introduction", "documents_from")}
        plan = plans.create_plan(body, contact=self.persons[told["contact"]], prefix="E", by=by, **words)
        of_body = {meeting.day.isoformat(): meeting for meeting in self.meetings if meeting.body_id == body.pk}
        for row in files.rows("forward_plan.csv"):
            entry = plans.add_entry(
                plan,
                title=row["title"],
                meeting=of_body[row["meeting"]] if row["meeting"] else None,
                authors=[self.persons[name.strip()] for name in row["authors"].split(";") if name.strip()],
                lead=self.persons.get(row["lead"]),
                by=by,
            )
            plans.publish_entry(entry, by=by)

    def _at(self, day: dt.date) -> Actor:
        return Actor.operator(self.council, at=dt.datetime.combine(day, dt.time(12), LONDON))

    def _proposal(self, row: dict[str, str], rooms: dict[str, Room]) -> Proposal:
        return Proposal(
            body=self.bodies[row["body"]],
            day=dt.date.fromisoformat(row["day"]),
            time=dt.time.fromisoformat(row["time"]),
            kind=Meeting.Kind(row["kind"]),
            room=rooms[row["room"]],
            purpose=row["purpose"],
        )
