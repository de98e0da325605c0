"""What anybody may read of meetings, as values; no row leaves this module."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bodies.models import Body, Kind, Membership
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.permissions import visible
from moothall.foundation.translation import explained
from moothall.meetings import ical
from moothall.meetings.ical import Happening, Mailbox, Status
from moothall.meetings.links import is_link
from moothall.meetings.models import Act, Address, Evaluation, Meeting, Period
from moothall.meetings.queries import as_named_then, meetings_of
from moothall.meetings.states import MeetingState
from moothall.people.models import Person
from moothall.people.queries import printed_name

STATUS = {
    MeetingState.PLANNED: Status.TENTATIVE,
    MeetingState.CALLED: Status.CONFIRMED,
    MeetingState.POSTPONED: Status.TENTATIVE,
    MeetingState.CANCELLED: Status.CANCELLED,
    MeetingState.HELD: Status.CONFIRMED,
}
SAID = {MeetingState.CANCELLED: gettext_lazy("CANCELLED: "), MeetingState.POSTPONED: gettext_lazy("POSTPONED: ")}


@dataclass(frozen=True, slots=True)
class SpeakingDeadline:
    """By when to give notice of speaking at a meeting, and how that was found (PUB-02)."""

    rule: str
    title: str
    by: dt.datetime
    explanation: str


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """A meeting; ``start`` and ``end`` are aware, in the time of the place. ``address`` begins and ends with "/".

    ``state`` is planned, called, postponed, cancelled or held; one that was put off without a new day has
    ``undated`` and no day to speak of. ``addresses`` are all that it ever had. ``speaking`` is there where one meeting
    is asked for, and empty in lists. ``agenda_url`` is the http or https address of agenda and papers; where they are
    not on the web, ``agenda_place`` says where they are. At most one of the two is not empty.
    """

    body: str
    body_name: str
    slug: str
    name: str
    kind: str
    kind_name: str
    state: str
    undated: bool
    reason: str
    purpose: str
    start: dt.datetime
    end: dt.datetime
    place: str
    getting_in: str
    remote: str
    remote_note: str
    agenda_published: dt.datetime | None
    agenda_url: str
    agenda_place: str
    notice_given: dt.datetime | None
    speaking: tuple[SpeakingDeadline, ...]
    addresses: tuple[str, ...]

    @property
    def address(self) -> str:
        """The present address: "/early-years-panel/2014-11-24/"."""
        return f"/{self.body}/{self.slug}/"

    @property
    def day(self) -> dt.date:
        """The day, where it takes place."""
        return self.start.date()

    @property
    def takes_place(self) -> bool:
        """Whether it is to happen, or has, on its day."""
        return self.state != MeetingState.CANCELLED and not self.undated


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that a meeting once had; it is to be found at ``address`` now."""

    address: str


@dataclass(frozen=True, slots=True)
class PublicPeriod:
    """A recess or an election in the calendar."""

    kind: str
    name: str
    first_day: dt.date
    last_day: dt.date


def meetings(council: Council, first_day: dt.date, last_day: dt.date, *, body: str = "") -> tuple[PublicMeeting, ...]:
    """The meetings from one day to another, both included, in order of time; of one body by its slug, or of all."""
    if body:
        return tuple(_meetings(council, _of_body(council, first_day, last_day, body)))
    return tuple(_meetings(council, _of_days(council, first_day, last_day)))


def meetings_near(
    council: Council, body: str, day: dt.date, *, reach: dt.timedelta, most: int
) -> tuple[PublicMeeting, ...]:
    """The meetings of a body nearest to a day, in order of time: so many before it, and as many from it on.

    And all that were put off without a new day. None is further away than ``reach``.
    """
    rows = _of_body(council, day - reach, day + reach, body)
    dated = [row for row in rows if not row.undated]
    past, coming = [row for row in dated if row.day < day], [row for row in dated if row.day >= day]
    shown = {row.pk for row in (*past[-most:], *coming[:most])}
    return tuple(_meetings(council, [row for row in rows if row.undated or row.pk in shown]))


def meeting_at(council: Council, body: str, slug: str) -> PublicMeeting | Moved | None:
    """What is at ``/<body>/<slug>/``: the meeting, where it has gone, or None. A cancelled one stays and says so."""
    known = next(iter(_meeting_at(council, body, slug)), None)
    if known is None:
        return None
    (row,) = rows = as_named_then(_numbered(council, known))
    kept = _kept_of(council, known)
    found = replace(_meetings(council, rows)[0], speaking=_speaking(row, kept))
    return found if found.slug == slug else Moved(found.address)


def periods(council: Council, first_day: dt.date, last_day: dt.date) -> tuple[PublicPeriod, ...]:
    """Recesses and elections that touch these days."""
    rows = visible(_anybody(council), Period).filter(first_day__lte=last_day, last_day__gte=first_day)
    return tuple(
        PublicPeriod(each.kind, each.name, each.first_day, each.last_day) for each in rows if each.last_day is not None
    )


def calendar_of_council(council: Council, *, base: str) -> bytes:
    """All meetings of the council as iCalendar; ``base`` is the root of its website, such as https://…example."""
    return _calendar(council, _rows(council), council.name, f"{base}/calendar.ics", base)


def calendar_of_body(council: Council, slug: str, *, base: str) -> bytes | None:
    """The meetings of a body as iCalendar; None when there is no such body."""
    body = visible(_anybody(council), Body).filter(slug=slug).first()
    if body is None:
        return None
    rows = _rows(council).filter(body=body)
    return _calendar(council, rows, f"{body.name}, {council.short_name}", f"{base}/{slug}/meetings.ics", base)


def calendar_of_person(council: Council, slug: str, *, base: str) -> bytes | None:
    """The meetings of the bodies on which somebody has a place that day, as iCalendar; None for nobody."""
    person = visible(_anybody(council), Person).filter(slug=slug).first()
    if person is None:
        return None
    name = f"{printed_name(person, council.today)}, {council.short_name}"
    rows = meetings_of(person, _rows(council).filter(body__in=_places(council, person)))
    return _calendar(council, rows, name, f"{base}/people/{slug}/meetings.ics", base)


def calendar_of_meeting(council: Council, body: str, slug: str, *, base: str) -> bytes | None:
    """One meeting as iCalendar, by any address that it had; None when there is none."""
    known = visible(_anybody(council), Address).filter(body__slug=body, slug=slug).first()
    if known is None:
        return None
    row = _rows(council).get(pk=known.meeting_id)
    return _calendar(council, [row], str(row), f"{base}/{body}/{row.slug}.ics", base)


def invitation(council: Council, body: str, slug: str, *, base: str, to: Iterable[Mailbox]) -> bytes | None:
    """One meeting as an invitation by mail; sent again after a change it is an update, when cancelled it calls off."""
    row = _rows(council).filter(body__slug=body, slug=slug).first()
    if row is None:
        return None
    return ical.message(happening(row, base, row.acts.all()), organiser=_organiser(council), to=to)


def happening(row: Meeting, base: str, acts: Iterable[Act]) -> Happening:
    """A meeting as a calendar entry. Programs that hide a status are told in the title.

    ``acts`` are what was done for the meeting. Programs that show no attachment find the agenda in the description.
    """
    agenda = Act.agenda_place(acts)
    agenda_line = _("Agenda and papers: {where}").format(where=agenda) if agenda else ""
    address = f"{base}/{row.body.slug}/{row.slug}/"
    return Happening(
        uid=f"urn:uuid:{row.uid}",
        sequence=row.sequence,
        changed_at=row.changed_at,
        start=row.when,
        end=row.end.astimezone(ZoneInfo(row.zone)),
        zone=row.zone,
        summary=str(SAID.get(MeetingState(row.state), "")) + _name(row),
        description="\n".join(filter(None, (row.reason, row.purpose, row.remote_note, agenda_line, address))),
        place=row.where,
        url=address,
        attached=agenda if is_link(agenda) else "",
        category=str(Kind(row.body.kind).label),
        status=Status.CANCELLED if row.undated else STATUS[MeetingState(row.state)],
    )


def _calendar(council: Council, rows: Iterable[Meeting], name: str, url: str, base: str) -> bytes:
    found = as_named_then(rows)
    acts = _by_meeting(council, found)
    entries = [happening(row, base, acts[row.pk]) for row in found]
    return ical.calendar(entries, name=name, url=url, organiser=_organiser(council))


def _organiser(council: Council) -> Mailbox:
    return Mailbox(council.name, settings.DEFAULT_FROM_EMAIL)


def _anybody(council: Council) -> Actor:
    return Actor.public(council, origin="public pages")


def _rows(council: Council) -> QuerySet[Meeting]:
    """Meetings as a calendar needs them."""
    return visible(_anybody(council), Meeting).select_related("body", "room")


def _of_days(council: Council, first_day: dt.date, last_day: dt.date) -> Iterable[Meeting]:
    return _rows(council).filter(day__range=(first_day, last_day))


def _of_body(council: Council, first_day: dt.date, last_day: dt.date, body: str) -> Iterable[Meeting]:
    return _rows(council).filter(day__range=(first_day, last_day), body__slug=body)


def _numbered(council: Council, meeting: int) -> Iterable[Meeting]:
    return _rows(council).filter(id=meeting).order_by()


def _meeting_at(council: Council, body: str, slug: str) -> Iterable[int]:
    rows = visible(_anybody(council), Address).filter(body__slug=body, slug=slug)
    return rows.order_by().values_list("meeting_id", flat=True)


def _kept_of(council: Council, meeting: int) -> Iterable[Evaluation]:
    return visible(_anybody(council), Evaluation).filter(meeting__id=meeting)


def _acts_of(council: Council, meetings: tuple[int, ...]) -> Iterable[Act]:
    return Act.objects.of(council).filter(meeting__id__in=meetings)


def _slugs_of(council: Council, meetings: tuple[int, ...]) -> Iterable[tuple[int, str]]:
    return Address.objects.of(council).filter(meeting__id__in=meetings).values_list("meeting_id", "slug")


def _places(council: Council, person: Person) -> QuerySet[Membership]:
    return visible(_anybody(council), Membership).filter(person=person).values("body")  # type: ignore[return-value]


def _meetings(council: Council, rows: Iterable[Meeting]) -> list[PublicMeeting]:
    """Meetings with what was done for them and all their addresses, in three questions however many they are."""
    found = as_named_then(rows)
    if not found:
        return []
    acts, ids = _by_meeting(council, found), tuple(row.pk for row in found)
    slugs: dict[int, list[str]] = defaultdict(list)
    for pk, slug in _slugs_of(council, ids):
        slugs[pk].append(slug)
    return [_meeting(row, acts[row.pk], slugs[row.pk]) for row in found]


def _by_meeting(council: Council, rows: Iterable[Meeting]) -> dict[int, list[Act]]:
    """What was done for each of these meetings, by its id."""
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in _acts_of(council, tuple(row.pk for row in rows)):
        acts[act.meeting_id].append(act)
    return acts


def _meeting(row: Meeting, acts: Sequence[Act], slugs: Iterable[str]) -> PublicMeeting:
    agenda = Act.agenda_place(acts)
    return PublicMeeting(
        body=row.body.slug,
        body_name=row.body.name,
        slug=row.slug,
        name=_name(row),
        kind=row.kind,
        kind_name=str(Meeting.Kind(row.kind).label),
        state=row.state,
        undated=row.undated,
        reason=row.reason,
        purpose=row.purpose,
        start=row.when,
        end=row.end.astimezone(ZoneInfo(row.zone)),
        place=row.where,
        getting_in=row.room.getting_in if row.room else "",
        remote=row.remote,
        remote_note=row.remote_note,
        agenda_published=_first(row, acts, Act.What.AGENDA),
        agenda_url=agenda if is_link(agenda) else "",
        agenda_place="" if is_link(agenda) else agenda,
        notice_given=_first(row, acts, Act.What.NOTICE),
        speaking=(),
        addresses=tuple(f"/{row.body.slug}/{each}/" for each in slugs),
    )


def _name(row: Meeting) -> str:
    return f"{row.body.name}: {row.title}" if row.title else row.body.name


def _first(row: Meeting, acts: Iterable[Act], what: Act.What) -> dt.datetime | None:
    """When it was done; a notice counts for the day and hour that it told of only."""
    zone = ZoneInfo(row.zone)
    found = [each.at.astimezone(zone) for each in acts if each.what == what and each.still_tells(row)]
    return min(found, default=None)


def _speaking(row: Meeting, kept: Iterable[Evaluation]) -> tuple[SpeakingDeadline, ...]:
    last = {each.rule: each for each in sorted(kept, key=lambda each: each.pk)}
    found = [each.deadline for each in last.values()] if row.takes_place else []
    return tuple(
        SpeakingDeadline(each.rule.id, _(each.rule.title), each.moment, explained(each))
        for each in found
        if each.event == row.day
    )
