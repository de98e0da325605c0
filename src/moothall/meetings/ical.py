"""iCalendar (RFC 5545, RFC 5546): calendars to subscribe to, and single messages that invite or call off. No database.

A calendar is made of values and of nothing else, so that the same meetings give the same bytes and an unchanged
calendar can be answered "not modified". ``DTSTAMP`` is therefore when the meeting last changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration, vText
from icalendar.prop import vRecur

PRODUCT = "-//Moothall//Meetings//EN"
LONDON = "Europe/London"
SUMMER_TIME_ACT = dt.date(1996, 1, 1)
"""From this year the clocks in the United Kingdom have changed on the last Sundays of March and October."""
REFRESH = dt.timedelta(hours=4)


class Method(StrEnum):
    """What a calendar file is for: to be read, to invite, to call off (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    """Whether a meeting takes place, as calendars know it."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting as a calendar entry. Times are aware; ``zone`` is an IANA name; ``uid`` and ``sequence`` are kept.

    ``attached`` is the address of the agenda, or "".
    """

    uid: str
    sequence: int
    changed_at: dt.datetime
    start: dt.datetime
    end: dt.datetime
    zone: str
    summary: str
    description: str
    place: str
    url: str
    attached: str
    category: str
    status: Status


def calendar(happenings: Iterable[Happening], *, name: str, url: str, organiser: Mailbox) -> bytes:
    """A calendar to subscribe to. Cancelled meetings stay in it: a program that knows them must learn of it."""
    found = sorted(happenings, key=lambda each: (each.start, each.uid))
    whole = _empty(Method.PUBLISH, found)
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", found[0].zone if found else LONDON)
    whole.add("url", url)
    whole.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(REFRESH))
    for each in found:
        whole.add_component(_event(each, organiser))
    return bytes(whole.to_ical(sorted=False))


def message(happening: Happening, *, organiser: Mailbox, to: Iterable[Mailbox]) -> bytes:
    """One meeting for people to put into their calendars: an invitation, an update, or that it is called off.

    A mail program knows an update by the same UID and a higher SEQUENCE.
    """
    off = happening.status is Status.CANCELLED
    method = Method.CANCEL if off else Method.REQUEST
    whole = _empty(method, [happening])
    event = _event(happening, organiser)
    event["transp"] = vText("OPAQUE")
    for person in to:
        event.add("attendee", _address(person, None if off else "NEEDS-ACTION"))
    whole.add_component(event)
    return bytes(whole.to_ical(sorted=False))


def _empty(method: Method, happenings: list[Happening]) -> Calendar:
    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", PRODUCT)
    whole.add("calscale", "GREGORIAN")
    whole.add("method", str(method))
    zones = sorted({each.zone for each in happenings})
    for zone in zones:
        whole.add_component(_timezone(zone, [each for each in happenings if each.zone == zone]))
    return whole


def _event(happening: Happening, organiser: Mailbox) -> Event:
    zone = ZoneInfo(happening.zone)
    event = Event()
    event.add("uid", happening.uid)
    event.add("dtstamp", happening.changed_at.astimezone(dt.UTC))
    event.add("last-modified", happening.changed_at.astimezone(dt.UTC))
    event.add("sequence", happening.sequence)
    event.add("status", str(happening.status))
    event.add("dtstart", happening.start.astimezone(zone))
    event.add("dtend", happening.end.astimezone(zone))
    for key, value in _texts(happening):
        if value:
            event.add(key, value)
    event.add("organizer", _address(organiser, None))
    # a meeting of somebody else does not make a resident busy
    event.add("transp", "TRANSPARENT")
    return event


def _texts(happening: Happening) -> tuple[tuple[str, object], ...]:
    return (
        ("summary", happening.summary),
        ("description", happening.description),
        ("location", happening.place),
        ("url", happening.url),
        ("attach", happening.attached),
        ("categories", [happening.category] if happening.category else None),
    )


def _address(person: Mailbox, answer: str | None) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    if answer:
        address.params["PARTSTAT"] = vText(answer)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["RSVP"] = vText("FALSE")
    return address


def _timezone(zone: str, happenings: list[Happening]) -> Timezone:
    first = min(each.start for each in happenings).date()
    if zone == LONDON and first >= SUMMER_TIME_ACT:
        return _london()
    last = max(each.end for each in happenings).date()
    one_year = dt.timedelta(days=366)
    return Timezone.from_tzid(zone, first_date=first - one_year, last_date=last + one_year)


def _london() -> Timezone:
    """The two rules of Europe/London: Outlook does not read the long lists of changes that libraries write."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    zone.add("x-lic-location", LONDON)
    zone.add_component(_half(TimezoneDaylight(), "BST", dt.date(1996, 3, 31), month=3, before=0, after=1))
    zone.add_component(_half(TimezoneStandard(), "GMT", dt.date(1996, 10, 27), month=10, before=1, after=0))
    return zone


def _half(
    half: TimezoneDaylight | TimezoneStandard, name: str, first: dt.date, *, month: int, before: int, after: int
) -> TimezoneDaylight | TimezoneStandard:
    half.add("tzname", name)
    # the clocks change at one o'clock universal time; a VTIMEZONE says it in the local time before the change
    half.add("dtstart", dt.datetime.combine(first, dt.time(1 + before)))
    half.add("tzoffsetfrom", dt.timedelta(hours=before))
    half.add("tzoffsetto", dt.timedelta(hours=after))
    half.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
    return half
