"""What stands on somebody's desk beside the deadlines of the clerk: their own places, papers, duties, and news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Kind, Membership
from moothall.core.clocks import Clock, first_of_month
from moothall.forward_plan.deadline_recount import covers, given, rules
from moothall.forward_plan.models import Entry
from moothall.forward_plan.notice_cover import due as due_of
from moothall.forward_plan.particulars import findings
from moothall.forward_plan.queries import LIVE
from moothall.foundation.actors import Actor, Role
from moothall.foundation.audit.models import Entry as Act
from moothall.foundation.councils.queries import READS_LOG, log_of
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.meetings.links import is_link
from moothall.meetings.models import Act as Done
from moothall.meetings.models import Meeting
from moothall.people.models import Account, Attendance, Disclosure, Person, Term
from moothall.people.queries import person_of, registration_due
from moothall.sign_in.models import Invitation
from moothall.workspace.page_context import KEEPS_BOOKS, coming

NEWS_DAYS = 7
MONTHS_AHEAD = dt.timedelta(days=92)
SIX_MONTHS = dt.timedelta(days=184)
SHOWN = 10
FOCUS: dict[Role, tuple[Promise, Q]] = {
    Role.FINANCE: (_("Significant spending or saving to come"), Q(key__in=(Entry.Key.MONEY, Entry.Key.BOTH))),
    Role.LEGAL: (_("Key decisions and private matters to come"), Q(private=True) | ~Q(key=Entry.Key.NO)),
    Role.DIRECTOR: (_("What the plans have to come"), Q()),
    Role.PORTFOLIO_HOLDER: (_("What the cabinet is to decide"), Q(plan__body__kind=Kind.CABINET)),
    Role.ANALYST: (_("What scrutiny is to look at"), Q(plan__body__kind=Kind.SCRUTINY)),
    Role.AUTHOR: (_("What the plans have to come"), Q()),
}
"""By role: which entries of the plans are of interest, beside those that name the person."""
LACKING = _("Entries to come that lack something")


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry of a plan as it concerns somebody: what they are to it, when its papers go out, what it still lacks."""

    entry: Entry
    part: str = ""
    papers: dt.date | None = None
    notices: tuple[tuple[str, dt.date], ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as it concerns somebody who sits there, or may be asked to stand in."""

    meeting: Meeting
    stands_in: bool
    agenda_out: dt.datetime | None
    agenda_due: dt.date | None
    agenda_url: str


@dataclass(frozen=True, slots=True)
class News:
    """Something that became known in the last days."""

    thing: Meeting | Entry
    at: dt.datetime
    what: str | Promise


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody has in a council: places on bodies, meetings, duties, papers."""

    person: Person
    places: list[Membership]
    meetings: list[Sitting]
    registrations: list[tuple[Term, Any]]
    disclosures: list[Disclosure]
    in_office: bool
    entries: list[Planned] = field(default_factory=list)


def own(account: Account, actor: Actor) -> Own | None:
    """What a person has to see first; None for who is nobody in this council."""
    person = person_of(account, actor.council)
    if person is None:
        return None
    places = visible(actor, Membership).filter(holding(actor.today), person=person).select_related("body")
    terms = list(visible(actor, Term).filter(holding(actor.today), person=person).select_related("council"))
    open_terms = ((each, registration_due(each)) for each in terms if each.registered_on is None)
    disclosed = visible(actor, Disclosure).filter(person=person, notified_on__isnull=True)
    return Own(
        person=person,
        places=list(places),
        meetings=_sittings(list(places), actor),
        registrations=[(term, by) for term, by in open_terms if by is not None],
        disclosures=list(disclosed),
        in_office=bool(terms),
    )


def planned(own: Own | None, actor: Actor) -> tuple[Own | None, list[tuple[Promise, list[Planned]]]]:
    """The entries that name the person; and by role those of the next three months that it has to do with.

    All are read together, in a number of queries that does not grow with them.
    """
    asked, until = _asked(actor), actor.today + MONTHS_AHEAD
    near = Q(meeting__day__range=(actor.today, until)) | Q(month__range=(first_of_month(actor.today), until))
    rows = visible(actor, Entry).filter(near, state__in=LIVE)
    which = {heading: set(rows.filter(where).values_list("pk", flat=True)) for heading, where in asked.items()}
    if actor.holds(Role.CLERK):
        which[LACKING] = set(rows.values_list("pk", flat=True))
    mine = _named(own.person, actor) if own else set()
    lines = _planned(visible(actor, Entry).filter(pk__in=mine.union(*which.values())), actor, own, mine)
    named = [each for each in lines if each.entry.pk in mine][:SHOWN]
    found = [(heading, _of(heading, keys, lines, mine)) for heading, keys in which.items()]
    return (replace(own, entries=named) if own else None), found


def _asked(actor: Actor) -> dict[Promise, Q]:
    asked = {heading: where for role, (heading, where) in FOCUS.items() if actor.holds(role)}
    if seats := actor.bodies(Role.MEMBER, Role.CO_OPTEE, Role.SUBSTITUTE, Role.CHAIR):
        asked[_("What is planned for my bodies")] = Q(plan__body__in=seats)
    return asked


def _of(heading: Promise, keys: set[int], lines: list[Planned], mine: set[int]) -> list[Planned]:
    """The lines below a heading: what names the person stands above already, but what lacks something is told twice."""
    if heading is LACKING:
        return [each for each in lines if each.entry.pk in keys and each.lacks][:SHOWN]
    return [each for each in lines if each.entry.pk in keys - mine][:SHOWN]


def since(actor: Actor) -> tuple[dt.datetime, bool]:
    """From when changes are told: a week ago, or when the person signed in the time before; and whether it is that."""
    week = actor.at - dt.timedelta(days=NEWS_DAYS)
    mine = Act.objects.filter(council=actor.council, verb="sign_in.sign_in", account=actor.account_id)
    before = mine.order_by("-number").values_list("at", flat=True)[1:2]
    last = next(iter(before), None)
    return (last, True) if last is not None and last < week else (week, False)


def news(actor: Actor, own: Own | None, since: dt.datetime) -> list[News]:
    """Meetings and entries that changed since a moment; for members only those of their bodies."""
    bodies = {each.body_id for each in own.places} if own else set()
    meetings, entries = visible(actor, Meeting), visible(actor, Entry)
    if bodies and actor.bodies(*KEEPS_BOOKS) is not None:
        meetings, entries = meetings.filter(body__in=bodies), entries.filter(plan__body__in=bodies)
    found = [
        *(News(each, each.changed_at, _of_meeting(each)) for each in _newest(meetings.select_related("body"), since)),
        *(News(each, each.changed_at, _(each.state)) for each in _newest(entries.select_related("plan"), since)),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN]


def attendance_stopped(actor: Actor) -> bool:
    """Return whether attendance was recorded once, but not in the last six months (MTG-25).

    The six-month rule then cannot be watched. A council that never recorded any is not told so.
    """
    last = visible(actor, Attendance).order_by("-day").values_list("day", flat=True).first()
    return last is not None and last < actor.today - SIX_MONTHS


def log(actor: Actor) -> list[Act]:
    """What was done last, for those who read the log; that people signed in is left to the log itself."""
    return list(log_of(actor).exclude(verb__startswith="sign_in.")[:SHOWN]) if actor.holds(*READS_LOG) else []


def invitations(actor: Actor) -> list[Invitation]:
    """Invitations that nobody has used yet, for an administrator."""
    if not actor.holds(Role.ADMINISTRATOR):
        return []
    return [each for each in visible(actor, Invitation).select_related("person") if each.is_open(actor.at)]


def disclosures(actor: Actor) -> list[Disclosure]:
    """Interests disclosed at meetings of which the Monitoring Officer has not been told yet (INT-02)."""
    if not actor.holds(Role.LEGAL, Role.CLERK):
        return []
    rows = visible(actor, Disclosure).filter(notified_on__isnull=True).select_related("person")
    return list(rows.order_by("due", "pk")[:SHOWN])


def _sittings(places: Iterable[Membership], actor: Actor) -> list[Sitting]:
    """The next meetings of the bodies of somebody, with how it stands with their papers."""
    stands_in = {each.body_id: each.seat == Membership.Seat.SUBSTITUTE for each in places}
    rows = coming(actor).filter(body__in=stands_in).prefetch_related("acts", "evaluations")[:SHOWN]
    return [_sitting(each, stands_in[each.body_id]) for each in rows]


def _sitting(meeting: Meeting, stands_in: bool) -> Sitting:
    out = min((each.at for each in meeting.acts.all() if each.what == Done.What.AGENDA), default=None)
    where = Done.agenda_place(meeting.acts.all())
    due = _papers(meeting) if out is None else None
    return Sitting(meeting, stands_in, out, due, where if is_link(where) else "")


def _papers(meeting: Meeting | None) -> dt.date | None:
    """By when the papers of a meeting go out, as kept last."""
    if meeting is None or not meeting.takes_place:
        return None
    kept = [each for each in meeting.evaluations.all() if each.rule == Done.What.AGENDA]
    return max(kept, key=lambda each: each.pk).day if kept else None


def _named(person: Person, actor: Actor) -> set[int]:
    """The entries that name somebody as author or lead; as contact of the plan, unless they keep it as its clerk."""
    mine = Q(authors__person=person) | Q(lead=person)
    mine |= Q() if actor.holds(Role.CLERK) else Q(plan__contact=person)
    return set(visible(actor, Entry).filter(mine, state__in=LIVE).values_list("pk", flat=True))


def _planned(rows: QuerySet[Entry], actor: Actor, own: Own | None, mine: set[int]) -> list[Planned]:
    """Entries to come, the next one first, those without a day last; in those of the person with their part."""
    found = rows.select_related("plan__body", "meeting__body", "lead")
    found = found.prefetch_related("authors__person", "notices", "meeting__evaluations")
    shown = sorted(found, key=lambda each: (each.day is None, each.day or actor.today, each.pk))
    return [_line(each, actor, own.person if own and each.pk in mine else None) for each in shown]


def _line(entry: Entry, actor: Actor, of: Person | None) -> Planned:
    lacks = [each.message for each in findings(entry)]
    notices: tuple[tuple[str, dt.date], ...] = ()
    if entry.day is not None and entry.day >= actor.today:
        clock = actor.clock(entry.day)
        notices = tuple(_not_given(entry, clock))
        lacks += [each.message for each in covers(entry, entry.day, clock) if not each.ok]
    papers = _papers(entry.meeting)
    still = papers if papers is not None and papers >= actor.today else None
    return Planned(entry, _part(entry, of) if of else "", still, notices, tuple(lacks))


def _not_given(entry: Entry, clock: Clock) -> Iterable[tuple[str, dt.date]]:
    done = {each.kind for each in given(entry.notices.all())}
    for rule in rules(entry):
        deadline = due_of(rule, entry.day, clock) if rule not in done and entry.day else None
        if deadline is not None:
            yield deadline.rule.title, deadline.by


def _part(entry: Entry, person: Person) -> str:
    parts = (
        (_("author"), any(each.person_id == person.pk for each in entry.authors.all())),
        (_("lead director"), entry.lead_id == person.pk),
        (_("contact of the plan"), entry.plan.contact_id == person.pk),
    )
    return ", ".join(str(name) for name, holds in parts if holds)


def _newest(rows: QuerySet[Any], since: dt.datetime) -> list[Any]:
    return list(rows.filter(changed_at__gte=since).order_by("-changed_at", "-pk")[:SHOWN])


def _of_meeting(meeting: Meeting) -> str | Promise:
    return _("new") if meeting.sequence == 0 else _(meeting.state)
