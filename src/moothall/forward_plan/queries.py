"""Reads of plans for signed-in pages and for other folders. What is public is in ``public``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from moothall.bodies.models import Kind, Membership
from moothall.core.clocks import Deadline
from moothall.core.wording import gettext_noop
from moothall.forward_plan.deadline_recount import changed, covers, given, rules
from moothall.forward_plan.models import Entry, Evaluation, Notice, Plan, Request, Slip
from moothall.forward_plan.notice_cover import KEY, PRIVATE, SECOND, Cover, serves
from moothall.forward_plan.particulars import Finding, findings
from moothall.forward_plan.slippage import Aim, Slippage, slippage
from moothall.forward_plan.states import EntryState, RequestState
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.council_clock import clocks
from moothall.foundation.councils.scoping import holding
from moothall.foundation.translation import say
from moothall.meetings.states import MeetingState
from moothall.people.models import Person

LIVE = (EntryState.DRAFT, EntryState.PUBLISHED)
CHAIRS = {
    (Kind.SCRUTINY, Membership.Seat.CHAIR): Notice.Office.SCRUTINY_CHAIR,
    (Kind.COUNCIL, Membership.Seat.CHAIR): Notice.Office.COUNCIL_CHAIR,
    (Kind.COUNCIL, Membership.Seat.VICE_CHAIR): Notice.Office.COUNCIL_VICE_CHAIR,
}


class Became(StrEnum):
    """What became of a request from minutes (SCR-05)."""

    NOWHERE = gettext_noop("nowhere")
    FUTURE = gettext_noop("future item")
    PLANNED = gettext_noop("planned")
    TAKEN = gettext_noop("taken")
    CLOSED = gettext_noop("closed")


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """One notice that an entry needs: by when, how that was found, and whether it was given."""

    rule: str
    deadline: Deadline
    given_at: dt.datetime | None
    in_time: bool


def whole(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with all that is printed of them, in a number of queries that does not grow."""
    rows = rows.select_related("plan__body", "meeting__body", "meeting__room", "lead", "request__meeting")
    return rows.prefetch_related("authors__person", "documents", "slips", "notices__agreed_by")


def way_of(entry: Entry, slips: Iterable[Slip] | None = None) -> Slippage:
    """How an entry slipped since it was first published; ``slips`` are its own, where the caller has them."""
    steps = [each.step for each in (entry.slips.all() if slips is None else slips)]
    first = Aim(entry.first_day, entry.first_month) if entry.published_at else entry.aim
    return slippage(first, entry.aim, steps)


def what_is_wrong(entry: Entry, *, on: dt.date | None = None) -> Sequence[Finding]:
    """What an entry lacks, and what stands against its being decided on its day (SCR-04, MTG-13 to MTG-16).

    With a day (``on``) also whether its own day is past without anything being recorded.
    """
    found = [*findings(entry), *_adrift(entry, on)]
    if entry.day is not None and entry.state in LIVE:
        found += [Finding(each.rule, each.message, each.code) for each in _covers(entry, entry.day) if not each.ok]
    return found


def may_be_taken(entry: Entry, on: dt.date) -> tuple[Cover, ...]:
    """Whether the notices allow a decision on a day, each with its reason."""
    return _covers(entry, on)


def notice_clocks(entry: Entry) -> tuple[NoticeClock, ...]:
    """The notices that an entry needs, by the clocks kept last."""
    last = {each.rule: each.deadline for each in entry.evaluations.order_by("pk")}
    notices = list(entry.notices.all())
    told = list(zip(notices, given(notices), strict=True))
    found = []
    for rule in (KEY, PRIVATE, SECOND):
        if rule in last and rule in rules(entry) and last[rule].event == entry.day:
            deadline = last[rule]
            own = [(row.at, each) for row, each in told if each.kind == rule and serves(each, deadline)]
            in_time = any(each.counts_as <= deadline.day for _, each in own)
            found.append(NoticeClock(rule, deadline, min((at for at, _ in own), default=None), in_time))
    return tuple(found)


def out_of_date(council: Council, *, on: dt.date) -> list[tuple[Entry, Deadline, Evaluation.Cause]]:
    """Notice clocks whose answer is another by now: the calendar changed, or the meeting was moved (CLK-03)."""
    rows = Entry.objects.of(council).filter(state__in=LIVE).select_related("plan", "meeting")
    clock, found = clocks(council), []
    for entry in rows.prefetch_related("evaluations"):
        if entry.day is None or entry.day < on:
            continue
        kept = list(entry.evaluations.all())
        for now in changed(entry, clock(entry.day), kept):
            before = next((each for each in reversed(kept) if each.rule == now.rule.id), None)
            moved = before is None or before.deadline.event != now.event
            found.append((entry, now, Evaluation.Cause.MOVED if moved else Evaluation.Cause.CALENDAR))
    return found


def became(request: Request, entries: Iterable[Entry]) -> tuple[Became, Entry | None]:
    """What became of a request, by the entries made for it (SCR-05). One that nothing became of is to be seen."""
    live = [each for each in entries if each.state != EntryState.WITHDRAWN]
    for entry in live:
        if entry.state == EntryState.TAKEN:
            return Became.TAKEN, entry
    for entry in live:
        return (Became.FUTURE if entry.day is None else Became.PLANNED), entry
    return (Became.CLOSED if request.state == RequestState.CLOSED else Became.NOWHERE), None


def nowhere(plan: Plan) -> list[Request]:
    """The requests that nothing became of, and of which nobody said why (SCR-05)."""
    rows = plan.requests.select_related("meeting").prefetch_related("entries__meeting")
    return [row for row in rows if became(row, row.entries.all())[0] is Became.NOWHERE]


def next_number(plan: Plan) -> int:
    """The number of the next entry; numbers are never given twice."""
    return int(plan.entries.aggregate(last=Max("number"))["last"] or 0) + 1


def offices(person: Person, on: dt.date) -> frozenset[Notice.Office]:
    """The offices that somebody holds on a day and that can agree to urgency (MTG-13, MTG-15)."""
    rows = person.memberships.filter(holding(on)).values_list("body__kind", "seat")
    return frozenset(CHAIRS[found] for found in rows if found in CHAIRS)


def has_office(council: Council, office: Notice.Office, on: dt.date) -> bool:
    """Whether anybody holds an office on a day."""
    (kind, seat) = next(key for key, value in CHAIRS.items() if value == office)
    return Membership.objects.of(council).filter(holding(on), body__kind=kind, seat=seat).exists()


def _adrift(entry: Entry, on: dt.date | None) -> Iterator[Finding]:
    if entry.state not in LIVE:
        return
    if entry.meeting is not None and not entry.meeting.takes_place:
        cancelled = entry.meeting.state == MeetingState.CANCELLED
        told = _("Its meeting is cancelled: plan it anew.") if cancelled else _("Its meeting has no day: plan it anew.")
        yield Finding("SCR-05", told, "meeting-cancelled" if cancelled else "meeting-without-date")
    elif entry.meeting is not None and on is not None and entry.meeting.day < on:
        told = _("{day} is past: record what became of it.").format(day=say(entry.meeting.day))
        yield Finding("SCR-05", told, "meeting-past")


def _covers(entry: Entry, on: dt.date) -> tuple[Cover, ...]:
    return covers(entry, on, entry.council.clock(on))
