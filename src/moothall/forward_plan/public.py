"""What anybody may read of plans, as values; no row leaves this module."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.bodies.queries import FULL, members
from moothall.core.openness import paragraph_wording
from moothall.forward_plan import public_querysets, queries
from moothall.forward_plan.models import Author, Document, Entry, Notice, Plan, Request, Slip
from moothall.forward_plan.states import EntryState
from moothall.foundation.councils.council import Council
from moothall.foundation.translation import READER, explained, say_date
from moothall.people.queries import printed_names
from moothall.people.stored_deadlines import as_found


@dataclass(frozen=True, slots=True)
class PublicContact:
    """Whom to ask: the report author, or who keeps the plan."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document that will be considered, and where it can be had."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One move of an entry: from where to where, as the plan printed it."""

    was: str
    now: str
    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice, or an agreement that stands in for one (MTG-13 to MTG-15); ``explanation`` is of its clock."""

    kind: str
    kind_name: str
    at: dt.datetime
    reasons: str
    representations: tuple[str, ...]
    response: str
    agreed_by: str
    office: str
    first_day: dt.date | None
    explanation: str


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """An entry of a plan.

    It comes to the meeting at ``meeting_address`` on ``day``, or in ``month``, or (neither) is a future item;
    ``aim`` says so in words and ``slipped`` how it moved, or "". ``asked_by`` names the minute that asked for it.
    """

    body: str
    number: int
    ref: str
    title: str
    matter: str
    state: str
    day: dt.date | None
    month: dt.date | None
    aim: str
    meeting_address: str
    decision_maker: str
    authors: tuple[PublicContact, ...]
    lead: str
    key: bool
    key_reason: str
    key_note: str
    private: bool
    paragraphs: tuple[tuple[int, str], ...]
    confidential: bool
    private_reason: str
    documents: tuple[PublicDocument, ...]
    notices: tuple[PublicNotice, ...]
    slipped: str
    steps: tuple[PublicStep, ...]
    asked_by: str
    withdrawn_why: str
    taken_on: dt.date | None
    changed_at: dt.datetime

    @property
    def address(self) -> str:
        """Its address, for ever: "/cabinet/forward-plan/2714/"."""
        return f"/{self.body}/forward-plan/{self.number}/"


@dataclass(frozen=True, slots=True)
class PublicSection:
    """The entries that come to one meeting or in one month."""

    aim: str
    day: dt.date | None
    meeting_address: str
    entries: tuple[PublicEntry, ...]


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """A request from minutes and what became of it (SCR-05): taken, planned, future item, closed or nowhere."""

    asked: str
    minute: str
    meeting_day: dt.date
    meeting_address: str
    became: str
    outcome: str
    entry_title: str
    entry_address: str
    entry_aim: str


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A plan as published: what is to come by meeting and month, then the future items, and what minutes asked for."""

    body: str
    body_name: str
    kind: str
    title: str
    introduction: str
    documents_from: str
    contact: PublicContact | None
    members: tuple[str, ...]
    """Who decides, by name, where the executive does (MTG-14)."""
    sections: tuple[PublicSection, ...]
    future: tuple[PublicEntry, ...]
    requests: tuple[PublicRequest, ...]

    @property
    def address(self) -> str:
        """Its address, for ever: "/cabinet/forward-plan/"."""
        return f"/{self.body}/forward-plan/"

    @property
    def entries(self) -> tuple[PublicEntry, ...]:
        """All entries to come, in the order of the plan."""
        return (*(entry for section in self.sections for entry in section.entries), *self.future)

    @property
    def changed_at(self) -> dt.datetime | None:
        """When an entry to come last changed."""
        return max((entry.changed_at for entry in self.entries), default=None)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in a list beside other things; ``aim`` and ``slipped`` in words."""

    address: str
    title: str
    ref: str
    key: bool
    private: bool
    aim: str
    decision_maker: str
    authors: tuple[PublicContact, ...]
    slipped: str


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """A plan on the page of its body: its first entries to come, and how many (``size``) there are."""

    title: str
    address: str
    entries: tuple[EntryLine, ...]
    size: int


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as Atom (RFC 4287) wants it: identifier, title, when it changed, link, summary."""

    id: str
    title: str
    updated: dt.datetime
    link: str
    summary: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    body: str
    body_name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The open rows that belong to one entry."""

    authors: Sequence[Author]
    documents: Sequence[Document]
    slips: Sequence[Slip]
    notices: Sequence[PublicNotice]


def plans(council: Council) -> tuple[PlanLine, ...]:
    """The plans of the council, those of the executive first."""
    return tuple(PlanLine(*each) for each in public_querysets.lines(council))


def plan(council: Council, body: str, *, on: dt.date) -> PublicPlan | None:
    """The plan of a body as of a day: what is published and still to come, or overdue; None where there is none."""
    row = next(iter(public_querysets.of_body(council, body)), None)
    if row is None:
        return None
    found = _entries(council, public_querysets.published(council, row), on)
    dated = sorted((each for each in found if each.day or each.month), key=_order)
    return PublicPlan(
        body=row.body.slug,
        body_name=row.body.name,
        kind=row.kind,
        title=row.title,
        introduction=row.introduction,
        documents_from=row.documents_from,
        contact=PublicContact(row.contact.plain_name, row.contact.phone, row.contact.email) if row.contact else None,
        members=_members(council, row, on),
        sections=tuple(_section(list(group)) for _, group in groupby(dated, key=_order)),
        future=tuple(each for each in found if not each.day and not each.month),
        requests=_requests(council, row),
    )


def outline(council: Council, body: str, *, most: int) -> PlanOutline | None:
    """The first entries of the plan of a body, in the order of the plan; None where there is none."""
    row = next(iter(public_querysets.of_body(council, body)), None)
    if row is None:
        return None
    found = sorted(public_querysets.outlined(council, row), key=_order_of_row)
    shown = found[:most]
    ids = tuple(each.pk for each in shown)
    authors, slips = (
        public_querysets.by_entry(public_querysets.authors_of(council, ids)),
        public_querysets.by_entry(public_querysets.slips_of(council, ids)),
    )
    lines = tuple(_line(each, row.body.slug, authors[each.pk], slips[each.pk]) for each in shown)
    return PlanOutline(row.title, f"/{row.body.slug}/forward-plan/", lines, len(found))


def entry(council: Council, body: str, number: int, *, on: dt.date) -> PublicEntry | None:
    """One entry, also one dealt with or withdrawn (which says why); None when there is none."""
    return next(iter(_entries(council, public_querysets.entry_at(council, body, number), on)), None)


def entries_of_meeting(council: Council, body: str, slug: str, *, on: dt.date) -> tuple[PublicEntry, ...]:
    """What is planned for a meeting, by the present address of the meeting."""
    return _entries(council, public_querysets.of_meeting(council, body, slug), on)


def feed(council: Council, body: str, *, base: str, on: dt.date, most: int = 50) -> tuple[FeedEntry, ...]:
    """The entries of a plan that changed last, the newest first; ``base`` is the root of the website."""
    rows = public_querysets.open_entries(council).filter(plan__body__slug=body).order_by("-changed_at", "-pk")[:most]
    return tuple(
        FeedEntry(
            id=base + each.address,
            title=f"{each.title} ({_(each.state) if each.state == EntryState.WITHDRAWN else each.aim})",
            updated=each.changed_at,
            link=base + each.address,
            summary=each.withdrawn_why or each.slipped or each.matter,
        )
        for each in _entries(council, rows, on)
    )


def _order(entry: PublicEntry) -> tuple[dt.date, bool, str]:
    """By day; what is planned for a month stands before its meetings."""
    first = entry.day or entry.month
    assert first is not None
    return (first, entry.day is not None, entry.meeting_address)


def _order_of_row(row: Entry) -> tuple[bool, dt.date, bool, str]:
    """The same of a row; future items last, as they come."""
    first = row.aim.day or row.aim.month
    if first is None:
        return (True, dt.date.max, False, "")
    return (False, first, row.aim.day is not None, _address_of_meeting(row))


def _address_of_meeting(row: Entry) -> str:
    # an entry comes to a meeting of the plan's own body (particulars.check_meeting)
    return f"/{row.plan.body.slug}/{row.meeting.slug}/" if row.meeting else ""


def _line(row: Entry, body: str, authors: Iterable[Author], slips: Iterable[Slip]) -> EntryLine:
    return EntryLine(
        address=f"/{body}/forward-plan/{row.number}/",
        title=row.title,
        ref=row.ref,
        key=bool(row.key),
        private=row.private,
        aim=row.aim.said(READER),
        decision_maker=row.decision_maker,
        authors=_contacts(authors),
        slipped=queries.way_of(row, slips).said(READER),
    )


def _contacts(authors: Iterable[Author]) -> tuple[PublicContact, ...]:
    return tuple(PublicContact(each.person.plain_name, each.person.phone, each.person.email) for each in authors)


def _section(entries: list[PublicEntry]) -> PublicSection:
    first = entries[0]
    return PublicSection(first.aim, first.day, first.meeting_address, tuple(entries))


def _entries(council: Council, rows: Iterable[Entry], on: dt.date) -> tuple[PublicEntry, ...]:
    found = list(rows)
    ids = tuple(row.pk for row in found)
    authors, documents = (
        public_querysets.by_entry(public_querysets.authors_of(council, ids)),
        public_querysets.by_entry(public_querysets.documents_of(council, ids)),
    )
    slips, notices = (
        public_querysets.by_entry(public_querysets.slips_of(council, ids)),
        public_querysets.by_entry(public_querysets.notices_of(council, ids)),
    )
    agreed = [notice.agreed_by for each in notices.values() for notice in each if notice.agreed_by]
    names = printed_names(agreed, council, on) if agreed else {}
    return tuple(
        _entry(
            row, Beside(authors[row.pk], documents[row.pk], slips[row.pk], [_notice(n, names) for n in notices[row.pk]])
        )
        for row in found
    )


def _entry(row: Entry, beside: Beside) -> PublicEntry:
    way = queries.way_of(row, beside.slips)
    return PublicEntry(
        body=row.plan.body.slug,
        number=row.number,
        ref=row.ref,
        title=row.title,
        matter=row.matter,
        state=row.state,
        day=row.aim.day,
        month=row.aim.month,
        aim=row.aim.said(READER),
        meeting_address=_address_of_meeting(row),
        decision_maker=row.decision_maker,
        authors=_contacts(beside.authors),
        lead=row.lead.plain_name if row.lead else "",
        key=bool(row.key),
        key_reason=str(Entry.Key(row.key).label) if row.key else "",
        key_note=row.key_note,
        private=row.private,
        paragraphs=tuple((each, _(paragraph_wording(each))) for each in row.paragraphs),
        confidential=row.confidential,
        private_reason=row.private_reason,
        documents=tuple(PublicDocument(each.title, each.address) for each in beside.documents),
        notices=tuple(beside.notices),
        slipped=way.said(READER),
        steps=tuple(
            PublicStep(each.was.said(READER), each.now.said(READER), each.on, each.reason) for each in way.steps
        ),
        asked_by=_asked_by(row.request),
        withdrawn_why=row.withdrawn_why,
        taken_on=row.taken_on,
        changed_at=timezone.localtime(row.changed_at),
    )


def _notice(row: Notice, names: dict[int, str]) -> PublicNotice:
    return PublicNotice(
        kind=row.kind,
        kind_name=str(Notice.Kind(row.kind).label),
        at=timezone.localtime(row.at),
        reasons=row.reasons,
        representations=tuple(row.representations),
        response=row.response,
        agreed_by=names[row.agreed_by_id] if row.agreed_by_id else "",
        office=str(row.get_office_display()) if row.office else "",
        first_day=row.first_day,
        explanation=explained(as_found(row.as_computed)) if row.as_computed else "",
    )


def _asked_by(request: Request | None) -> str:
    """ "minute 51, 29 September 2014"; nothing of a minute that is not open."""
    if request is None or not request.open_minute:
        return ""
    day = request.meeting.day
    return _("minute {minute}, {day}").format(minute=request.minute, day=say_date(day))


def _members(council: Council, row: Plan, on: dt.date) -> tuple[str, ...]:
    if row.kind != Plan.Kind.DECISIONS:
        return ()
    seated = [each.person for each in members(row.body, on) if each.seat in FULL]
    names = printed_names(seated, council, on)
    return tuple(names[each.pk] for each in seated)


def _requests(council: Council, row: Plan) -> tuple[PublicRequest, ...]:
    rows = public_querysets.requests_of(council, row.pk)
    entries = defaultdict(list)
    for entry in public_querysets.answering(council, tuple(each.pk for each in rows)):
        entries[entry.request_id].append(entry)
    return tuple(_request(each, entries[each.pk]) for each in rows)


def _request(row: Request, entries: Iterable[Entry]) -> PublicRequest:
    what, entry = queries.became(row, entries)
    return PublicRequest(
        asked=row.asked,
        minute=row.minute,
        meeting_day=row.meeting.day,
        meeting_address=f"/{row.meeting.body.slug}/{row.meeting.slug}/",
        became=what.value,
        outcome=row.outcome,
        entry_title=entry.title if entry else "",
        entry_address=f"/{entry.plan.body.slug}/forward-plan/{entry.number}/" if entry else "",
        entry_aim=entry.aim.said(READER) if entry else "",
    )
