"""What can be brought in, column by column, and how a row becomes verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from moothall.bodies.actions import appoint, create_body, start_body
from moothall.bodies.models import Body, Kind, Membership
from moothall.foundation.actors import Actor
from moothall.importers import cell_values
from moothall.importers.cell_values import Unreadable
from moothall.importers.references import Names
from moothall.meetings.models import Meeting, Room
from moothall.meetings.proposals import Proposal
from moothall.people.actions import begin_term, create_person
from moothall.people.models import Person, Term

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, whether every row needs it, what it holds, and an example."""

    name: str
    holds: str | Promise
    example: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Importing:
    """A kind of list: its columns, the verb that must be allowed, and what enters one row and tells what it made."""

    name: str
    title: str | Promise
    verb: str
    columns: tuple[Column, ...]
    enter: Callable[[Cells, Actor, Names], str]

    def check(self, cells: Cells) -> None:
        """Raise Unreadable for a row that lacks something."""
        for column in self.columns:
            if column.needed and not cells.get(column.name):
                raise Unreadable(_now("“{column}” is empty.").format(column=column.name), code="value-missing")

    def unknown(self, headings: set[str]) -> set[str]:
        """Headings that no column has."""
        return headings - {column.name for column in self.columns}

    def missing(self, headings: set[str]) -> set[str]:
        """Headings that are needed and not there."""
        return {column.name for column in self.columns if column.needed} - headings


def _person(cells: Cells, by: Actor, _names: Names) -> str:
    told = {key: cells.get(key, "") for key in ("honorific", "first_names", "last_name", "email", "phone")}
    made = create_person(**told, post_nominals=cells.get("letters_after_name", ""), by=by)
    if cells.get("office"):
        if not cells.get("first_day"):
            raise Unreadable(_now("“first_day” is empty: a term of office begins on a day."), code="value-missing")
        office = Term.Office(cell_values.choice(cells["office"], Term.Office.choices))
        begin_term(made, office=office, ward=cells.get("ward", ""), **_days(cells), by=by)
        return f"{made}, {office.label}"
    return str(made)


def _body(cells: Cells, by: Actor, names: Names) -> str:
    kind = Kind(cell_values.choice(cells["kind"], Kind.choices))
    parent = names.find(Body, cells["reports_to"], "reports_to") if cells.get("reports_to") else None
    made = create_body(
        name=cells["name"],
        short_name=cells.get("short_name", ""),
        kind=kind,
        parent=parent,
        remit=cells.get("remit", ""),
        education=cell_values.yes(cells.get("education", "")),
        first_day=cell_values.day(cells["first_day"]),
        by=by,
    )
    names.add(made)
    if cell_values.yes(cells.get("start", "")):
        start_body(made, by=by)
    return f"{made}, {kind.label}"


def _membership(cells: Cells, by: Actor, names: Names) -> str:
    vote, nominator = cells.get("vote", ""), cells.get("nominated_by", "")
    made = appoint(
        names.find(Body, cells["body"], "body"),
        person=names.find(Person, cells["person"], "person"),
        seat=Membership.Seat(cell_values.choice(cells["place"], Membership.Seat.choices)),
        votes=Membership.Votes(cell_values.choice(vote, Membership.Votes.choices)) if vote else None,
        portfolio=cells.get("portfolio", ""),
        nominator=cell_values.choice(nominator, Membership.Nominator.choices) if nominator else "",
        represents=cells.get("represents", ""),
        **_days(cells),
        by=by,
    )
    return str(made)


def proposal(cells: Cells, names: Names) -> Proposal:
    """The meeting that a row of the calendar proposes. Raises Unreadable."""
    kind = cells.get("kind", "")
    return Proposal(
        body=names.find(Body, cells["body"], "body"),
        day=cell_values.day(cells["day"]),
        time=cell_values.hour(cells["start"]),
        kind=Meeting.Kind(cell_values.choice(kind, Meeting.Kind.choices)) if kind else Meeting.Kind.ORDINARY,
        title=cells.get("title", ""),
        purpose=cells.get("purpose", ""),
        minutes=cell_values.number(cells["minutes"]) if cells.get("minutes") else 120,
        room=names.find(Room, cells["room"], "room") if cells.get("room") else None,
        place=cells.get("place", ""),
    )


def _no_row(cells: Cells, by: Actor, _names: Names) -> str:
    raise NotImplementedError(f"meetings are entered together, not {cells} by {by.who}")


def _days(cells: Cells) -> dict[str, Any]:
    last = cells.get("last_day", "")
    return {"first_day": cell_values.day(cells["first_day"]), "last_day": cell_values.day(last) if last else None}


FIRST = Column("first_day", _("From which day"), "13/05/2014", needed=True)
LAST = Column("last_day", _("Until which day; empty for until further notice"))
BODY = Column("body", _("Name of the body"), "Planning Committee", needed=True)

PEOPLE = Importing(
    "people",
    _("People"),
    "people.create_person",
    (
        Column("honorific", _("Dr, Reverend; not Councillor")),
        Column("first_names", _("First names"), "Anna"),
        Column("last_name", _("Last name, or the only name"), "Lee", needed=True),
        Column("letters_after_name", _("Such as OBE")),
        Column("email", _("Published e-mail address"), "anna.lee@avonmere.example"),
        Column("phone", _("Published telephone number"), "01225 000000"),
        Column("office", _("Councillor or Co-opted member; empty for others"), "Councillor"),
        Column("ward", _("Ward of a councillor"), "Abbey"),
        Column("first_day", _("First day of the term of office"), "09/05/2011"),
        LAST,
    ),
    _person,
)
BODIES = Importing(
    "bodies",
    _("Bodies"),
    "bodies.create_body",
    (
        Column("name", _("Name"), "Planning Committee", needed=True),
        Column("short_name", _("Short name"), "Planning"),
        Column(
            "kind",
            _("Full council, Cabinet, Committee, Scrutiny panel, Sub-committee or Board"),
            "Committee",
            needed=True,
        ),
        Column("reports_to", _("Name of the body that it reports to")),
        Column("remit", _("Remit"), "Applications for planning permission."),
        Column("education", _("yes if it scrutinises education"), "no"),
        FIRST,
        Column("start", _("yes if the public is to see it at once"), "yes"),
    ),
    _body,
)
MEMBERSHIPS = Importing(
    "memberships",
    _("Memberships"),
    "bodies.appoint",
    (
        BODY,
        Column("person", _("Name of the person"), "Anna Lee", needed=True),
        Column(
            "place", _("Chair, Vice-Chair, Member, Cabinet Member, Co-opted member or Substitute"), "Chair", needed=True
        ),
        Column("vote", _("all, education_only or none; empty for the usual one")),
        Column("portfolio", _("Portfolio of a member of the cabinet")),
        Column("nominated_by", _("Who nominated a co-optee")),
        Column("represents", _("The organisation that a co-optee represents")),
        FIRST,
        LAST,
    ),
    _membership,
)
CALENDAR = Importing(
    "calendar",
    _("Calendar"),
    "meetings.plan_year",
    (
        BODY,
        Column("day", _("Day of the meeting"), "Monday 24 November 2014", needed=True),
        Column("start", _("When it starts"), "16:30", needed=True),
        Column("kind", _("ordinary, extraordinary or special; empty for ordinary")),
        Column("title", _("Such as Annual meeting")),
        Column("purpose", _("What an extraordinary meeting is called for")),
        Column("minutes", _("Expected length in minutes; empty for 120"), "120"),
        Column("room", _("Name of one of the council's rooms")),
        Column("place", _("Another place")),
    ),
    _no_row,
)
KINDS = {each.name: each for each in (PEOPLE, BODIES, MEMBERSHIPS, CALENDAR)}
