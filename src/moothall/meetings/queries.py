"""Reads of meetings for signed-in pages and for other folders. What is public is in ``public``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.bodies.models import Membership
from moothall.bodies.queries import names_on
from moothall.core.clocks import Deadline
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.council_clock import calendar, clocks
from moothall.foundation.councils.scoping import overlapping
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import READER
from moothall.meetings.date_problems import Concern, Sitting, Span, concerns
from moothall.meetings.deadline_recount import ASKED, Change, change_of, changed, done, kept_by_rule
from moothall.meetings.models import Evaluation, Meeting, Period
from moothall.meetings.proposals import Proposal
from moothall.meetings.states import MeetingState
from moothall.meetings.timeline import Entry, Standing, became_late, standing
from moothall.people.models import Person

NO_WORKING_DAYS = dt.timedelta(days=31)
"""Longer than any run of days on which nobody works, closures of a council included."""
AFTERWARDS = dt.timedelta(days=62)
"""How long after a meeting one of its deadlines that counts working days can be open."""
NOT_HAPPENING = Q(state=MeetingState.CANCELLED) | Q(undated=True)


def concerns_about(
    council: Council, proposals: Sequence[Proposal], *, at: dt.datetime, but: Meeting | None = None
) -> tuple[Concern, ...]:
    """What speaks against entering these meetings, to be shown before it is confirmed.

    A meeting (``but``) that the proposal would move is left out of account. The number of queries does not grow with
    the list.
    """
    if not proposals:
        return ()
    first, last = min(each.day for each in proposals), max(each.day for each in proposals)
    rows = Meeting.objects.of(council).filter(day__range=(first, last)).exclude(NOT_HAPPENING)
    existing = list(rows.exclude(pk__in=[but.pk] if but else []).select_related("body", "room"))
    bodies = {each.body.pk for each in proposals} | {each.body_id for each in existing}
    seated = _seated(council, bodies, first, last)
    periods = Period.objects.of(council).filter(overlapping(first, last))
    try:
        return concerns(
            [_proposed(each, seated) for each in proposals],
            [_existing(each, seated) for each in existing],
            calendar=calendar(council),
            periods=[Span(each.name, each.first_day, each.last_day or last) for each in periods],
            now=at,
            words=READER,
        )
    except ValueError as error:
        raise RuleBroken(
            "CLK-01",
            _("A day of the list cannot be: {error}").format(error=error),
            code="year-without-holidays",
            field="day",
        ) from None


def concerns_of(
    meeting: Meeting, *, at: dt.datetime, day: dt.date | None = None, time: dt.time | None = None
) -> tuple[Concern, ...]:
    """What speaks against a meeting where it is, or against moving it to another day and hour."""
    proposal = Proposal(
        body=meeting.body,
        day=day or meeting.day,
        time=time or meeting.when.time(),
        kind=Meeting.Kind(meeting.kind),
        minutes=meeting.minutes,
        room=meeting.room,
        zone=meeting.zone,
    )
    return concerns_about(meeting.council, [proposal], at=at, but=meeting)


def timeline(meeting: Meeting, *, at: dt.datetime) -> tuple[Entry, ...]:
    """Every deadline of a meeting in force, in order of date, each with how things stand and what it was before."""
    kept = kept_by_rule(meeting.evaluations.all())
    acts = list(meeting.acts.all())
    found = []
    for rule, rows in kept.items():
        before = [row.deadline for row in rows]
        deadline = before[-1]
        if deadline.event != meeting.day or not meeting.takes_place:
            continue
        act = done(acts, meeting, rule)
        found.append(
            Entry(
                rule,
                deadline.rule.title,
                deadline,
                standing(deadline, at=at, fixed_at=meeting.fixed_at, asked=rule in ASKED, done=act),
                act,
                earlier=tuple(each.by for each in before[:-1] if each.by != deadline.by),
                became_late=became_late(before, act, meeting.fixed_at),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.deadline.by, each.rule)))


def due(
    council: Council,
    *,
    at: dt.datetime,
    standings: Iterable[Standing],
    until: dt.date | None = None,
    bodies: Collection[int] | None = None,
) -> tuple[tuple[Meeting, Entry], ...]:
    """The deadlines of meetings not yet held that stand so: what a clerk has to do, the next one first.

    Of all meetings, or of those of ``bodies`` (ids); all that is due, or what is due by ``until``.
    """
    wanted = frozenset(standings)
    rows = Meeting.objects.of(council).exclude(NOT_HAPPENING | Q(state=MeetingState.HELD))
    if Standing.PASSED not in wanted:  # as all is, after a time, of meetings that were entered when they were over
        over = F("start") + dt.timedelta(days=1)
        rows = rows.exclude(fixed_at__gt=over, day__lt=at.date() - AFTERWARDS)
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    if until is not None:  # a deadline on no working day is due before it: read some days more than are told
        near = Evaluation.objects.of(council).filter(meeting=OuterRef("pk"), day__lte=until + NO_WORKING_DAYS)
        rows = rows.filter(Exists(near))
    rows = rows.select_related("body", "room").prefetch_related("evaluations", "acts")
    found = [(row, entry) for row in rows for entry in timeline(row, at=at) if entry.standing in wanted]
    told = (pair for pair in found if until is None or pair[1].deadline.by <= until)
    return tuple(sorted(told, key=lambda pair: (pair[1].deadline.by, pair[0].start)))


def out_of_date(council: Council, *, on: dt.date) -> list[tuple[Meeting, Deadline, Change | None]]:
    """Open deadlines whose answer is another by the calendar of now: what ``reevaluate_deadlines`` would write.

    The change is None for a deadline that was not kept before (a rule that the council's clock did not have).
    """
    clock = clocks(council)
    rows = Meeting.objects.of(council).filter(day__gte=on - AFTERWARDS).exclude(NOT_HAPPENING)
    found: list[tuple[Meeting, Deadline, Change | None]] = []
    for meeting in rows.select_related("body", "room").prefetch_related("evaluations", "acts"):
        kept = kept_by_rule(meeting.evaluations.all())
        for now in changed(meeting, clock(meeting.day), kept, open_on=on):
            before = kept.get(now.rule.id, [])
            act = done(meeting.acts.all(), meeting, now.rule.id)
            found.append((meeting, now, change_of(meeting, before, now, act) if before else None))
    return found


def meetings_of(person: Person, rows: QuerySet[Meeting]) -> list[Meeting]:
    """Those of ``rows`` on whose day somebody has a place on the body (not as a substitute only)."""
    places = list(person.memberships.exclude(seat=Membership.Seat.SUBSTITUTE))
    found = rows.filter(body__in={each.body_id for each in places})
    return [row for row in found if any(each.body_id == row.body_id and each.holds(row.day) for each in places)]


Seated = dict[int, list[Membership]]


def as_named_then(rows: Iterable[Meeting]) -> list[Meeting]:
    """Meetings, each with its body under the name that it had on the day. The rows are for reading only."""
    found = list(rows)
    renamed = [row for row in found if row.body.renamed_on is not None and row.day < row.body.renamed_on]
    names = names_on(found[0].council, [(row.body, row.day) for row in renamed]) if renamed else {}
    for row in renamed:
        row.body = copy(row.body)
        row.body.name = names[row.body_id, row.day]
    return found


def _seated(council: Council, bodies: set[int], first: dt.date, last: dt.date) -> Seated:
    rows = Membership.objects.of(council).filter(overlapping(first, last), body__in=bodies)
    found: Seated = {}
    for each in rows.exclude(seat=Membership.Seat.SUBSTITUTE).select_related("person"):
        found.setdefault(each.body_id, []).append(each)
    return found


def _people(body: int, day: dt.date, seated: Seated) -> frozenset[tuple[int, str]]:
    return frozenset((each.person_id, each.person.plain_name) for each in seated.get(body, ()) if each.holds(day))


def _proposed(proposal: Proposal, seated: Seated) -> Sitting:
    return Sitting(
        body=proposal.body.name,
        start=proposal.start,
        end=proposal.end,
        day=proposal.day,
        room=proposal.room.name if proposal.room else "",
        people=_people(proposal.body.pk, proposal.day, seated),
    )


def _existing(meeting: Meeting, seated: Seated) -> Sitting:
    return Sitting(
        body=meeting.body.name,
        start=meeting.when,
        end=meeting.end.astimezone(ZoneInfo(meeting.zone)),
        day=meeting.day,
        room=meeting.room.name if meeting.room else "",
        people=_people(meeting.body_id, meeting.day, seated),
    )
