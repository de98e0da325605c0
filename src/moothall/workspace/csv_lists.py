"""Lists of the workspace as CSV (RFC 4180), for spreadsheets: members, people, meetings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from moothall.bodies.models import Body, Membership
from moothall.forward_plan.spreadsheet import safe
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting
from moothall.people.models import GroupMembership, Person, PostHolding, Term

PEOPLE = (
    "honorific",
    "first_names",
    "last_name",
    "letters_after_name",
    "email",
    "phone",
    "office",
    "ward",
    "first_day",
    "last_day",
    "group",
    "posts",
)
MEMBERS = (
    "body",
    "person",
    "place",
    "vote",
    "portfolio",
    "nominated_by",
    "represents",
    "first_day",
    "last_day",
    "group",
    "email",
    "phone",
)
MEETINGS = ("body", "day", "start", "kind", "title", "purpose", "minutes", "room", "place", "state", "reason")
Line = tuple[object, ...]


def as_csv(name: str, columns: Sequence[str], lines: Iterable[Line]) -> HttpResponse:
    """A file to save: UTF-8 with a byte order mark for Excel, days as 2014-11-24, nothing that runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe("" if each is None else str(each)) for each in line] for line in lines)
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def people(persons: Sequence[Person], actor: Actor) -> Iterable[Line]:
    """Persons with their office, group and posts of today; the first columns are those of the importer."""
    terms = {row.person_id: row for row in _of_today(actor, Term, persons)}
    posts: dict[int, list[str]] = {}
    for held in _of_today(actor, PostHolding, persons).select_related("post"):
        posts.setdefault(held.person_id, []).append(held.post.title)
    groups = _groups(actor, persons)
    for each in persons:
        term = terms.get(each.pk)
        office = (term.get_office_display(), term.ward, term.first_day, term.last_day) if term else ("",) * 4
        name = (each.honorific, each.first_names, each.last_name, each.post_nominals, each.email, each.phone)
        yield (*name, *office, groups.get(each.pk, ""), "; ".join(posts.get(each.pk, ())))


def members(body: Body, rows: Sequence[Membership], actor: Actor) -> Iterable[Line]:
    """Who sits on a body; all but the last columns are those of the importer."""
    groups = _groups(actor, [row.person for row in rows])
    for row in rows:
        yield (
            body.name,
            row.person,
            row.get_seat_display(),
            row.votes,
            row.portfolio,
            row.get_nominator_display(),
            row.represents,
            row.first_day,
            row.last_day,
            groups.get(row.person_id, ""),
            row.person.email,
            row.person.phone,
        )


def meetings(rows: Iterable[Meeting]) -> Iterable[Line]:
    """Meetings; all but the last columns are those of the importer."""
    for row in rows:
        start = "" if row.undated else f"{row.when:%H:%M}"
        place = (row.room.name if row.room else "", row.place)
        yield (row.body, row.day, start, row.kind, row.title, row.purpose, row.minutes, *place, row.state, row.reason)


def _of_today(actor: Actor, kind: Any, persons: Sequence[Person]) -> Any:
    return visible(actor, kind).filter(holding(actor.today), person__in=[each.pk for each in persons])


def _groups(actor: Actor, persons: Sequence[Person]) -> dict[int, str]:
    return dict(_of_today(actor, GroupMembership, persons).values_list("person_id", "group__name"))
