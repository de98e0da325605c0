"""Calendars to subscribe to, read back as Outlook, Google and Apple do (RFC 5545, RFC 5546)."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from moothall.foundation.actors import Role
from moothall.meetings import actions, ical, public
from moothall.meetings.ical import Happening, Mailbox, Status
from tests.meetings.conftest import HALF_PAST_FOUR, MEETING_DAY

BASE = "https://avonmere.example"
ORGANISER = Mailbox("Avonmere; Council", "democracy@avonmere.example")
LONDON = ZoneInfo("Europe/London")
ONE = Happening(
    uid="urn:uuid:1",
    sequence=3,
    changed_at=dt.datetime(2014, 11, 1, 9, tzinfo=dt.UTC),
    start=dt.datetime(2014, 11, 24, 16, 30, tzinfo=LONDON),
    end=dt.datetime(2014, 11, 24, 18, 30, tzinfo=LONDON),
    zone="Europe/London",
    summary="Children Panel",
    description="",
    place="Guildhall, Bath",
    url=f"{BASE}/children-panel/2014-11-24/",
    attached="",
    category="Scrutiny panel",
    status=Status.CONFIRMED,
)
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters='\n;,\\"'), min_size=1, max_size=120)


def read(raw):
    found = Calendar.from_ical(raw)
    assert not found.errors
    assert all(not each.errors for each in found.events)
    return found


def made(*happenings):
    return ical.calendar(happenings, name="Avonmere", url=f"{BASE}/calendar.ics", organiser=ORGANISER)


@given(summary=texts, description=texts, place=texts)
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_as_it_was_put_in(summary, description, place):
    (event,) = read(made(replace(ONE, summary=summary, description=description, place=place))).events
    assert (event["summary"], event["description"], event["location"]) == (summary, description, place)


@given(description=texts)
@settings(deadline=None, max_examples=60)
def test_lines_end_in_crlf_and_are_folded_at_75_octets(description):
    raw = made(replace(ONE, description=description * 4))
    lines = raw.split(b"\r\n")
    assert (lines[-1], b"\n" in b"".join(lines)) == (b"", False)
    assert max(len(line) for line in lines) <= 75


@given(when=st.integers(852_076_800, 2_840_140_800))
@settings(deadline=None, max_examples=200)
def test_the_time_zone_in_the_file_is_london_s(when):
    when = dt.datetime.fromtimestamp(when, dt.UTC)  # from 1997 to 2059
    zone = read(made(ONE)).timezones[0].to_tz(lookup_tzid=False)
    assert when.astimezone(zone).replace(tzinfo=None) == when.astimezone(LONDON).replace(tzinfo=None)


def test_a_meeting_before_the_present_rule_brings_its_own_time_zone():
    old = replace(
        ONE, start=dt.datetime(1994, 10, 22, 19, tzinfo=LONDON), end=dt.datetime(1994, 10, 22, 20, tzinfo=LONDON)
    )
    whole = read(made(old))
    zone = whole.timezones[0].to_tz(lookup_tzid=False)
    assert dt.datetime(1994, 10, 22, 19, tzinfo=zone).utcoffset() == dt.timedelta(hours=1)


def test_an_empty_calendar_can_be_read():
    assert read(made()).events == []


def test_the_same_meetings_give_the_same_bytes():
    assert made(ONE) == made(ONE)


def test_an_invitation_and_its_cancellation_are_one_entry_in_two_revisions():
    to = [Mailbox("Councillor Anna Lee", "a.lee@avonmere.example")]
    asked = read(ical.message(ONE, organiser=ORGANISER, to=to))
    off = read(ical.message(replace(ONE, status=Status.CANCELLED, sequence=4), organiser=ORGANISER, to=to))
    assert [each["method"] for each in (asked, off)] == ["REQUEST", "CANCEL"]
    assert asked.events[0]["uid"] == off.events[0]["uid"]
    assert asked.events[0]["sequence"] < off.events[0]["sequence"]
    assert off.events[0]["status"] == "CANCELLED"
    assert [each.events[0]["attendee"] for each in (asked, off)] == ["mailto:a.lee@avonmere.example"] * 2
    assert asked.events[0]["organizer"].params["CN"] == "Avonmere; Council"


@pytest.mark.django_db
class TestOfACouncil:
    """Calendars made from meetings in the books."""

    @pytest.fixture
    def feed(self, avonmere):
        return lambda: read(public.calendar_of_body(avonmere, "children-panel", base=BASE))

    def test_it_can_be_subscribed_to(self, enter, feed):
        enter()
        whole = feed()
        assert (whole["method"], whole.calendar_name) == ("PUBLISH", "Children Panel, Avonmere Council")
        (event,) = whole.events
        assert event.start == dt.datetime.combine(MEETING_DAY, HALF_PAST_FOUR, LONDON)
        assert (event["location"], event["url"]) == (
            "Council Chamber, Guildhall",
            f"{BASE}/children-panel/2014-11-24/",
        )

    def test_whatever_becomes_of_a_meeting_it_is_the_same_entry_in_a_higher_revision(self, enter, feed, clerk):
        day = dt.date(2014, 12, 1)
        meeting = enter(day)
        seen = [_entry(feed())]
        for step in (
            lambda: actions.call_meeting(meeting, by=clerk),
            lambda: actions.postpone_meeting(meeting, reason="Snow", by=clerk),
            lambda: actions.move_meeting(
                meeting, day=dt.date(2014, 12, 8), time=HALF_PAST_FOUR, reason="Thaw", by=clerk
            ),
            lambda: actions.call_meeting(meeting, by=clerk),
            lambda: actions.cancel_meeting(meeting, reason="No business", by=clerk),
        ):
            step()
            seen.append(_entry(feed()))
        uids, revisions, states = zip(*seen, strict=True)
        assert (len(set(uids)), list(revisions)) == (1, [0, 1, 2, 3, 4, 5])
        assert states == ("TENTATIVE", "CONFIRMED", "CANCELLED", "TENTATIVE", "CONFIRMED", "CANCELLED")

    def test_a_cancelled_meeting_says_so_in_its_title_too(self, enter, feed, clerk):
        actions.cancel_meeting(enter(dt.date(2014, 12, 1)), reason="No business", by=clerk)
        assert feed().events[0]["summary"] == "CANCELLED: Children Panel"

    def test_what_calendars_do_not_show_makes_no_revision(self, enter, feed, clerk):
        meeting = enter(dt.date(2014, 12, 1))
        before = _entry(feed())
        actions.amend_meeting(meeting, purpose="To agree the budget", by=clerk)
        assert _entry(feed()) == before

    def test_somebody_s_calendar_has_the_bodies_they_are_on(self, enter, new_body, sit, panel, avonmere):
        sit("Anna Lee", panel)
        enter()
        enter(dt.date(2014, 12, 1), body=new_body("Housing Panel"))
        enter(dt.date(2014, 5, 2))
        whole = read(public.calendar_of_person(avonmere, "anna-lee", base=BASE))
        assert whole.calendar_name == "Councillor Anna Lee, Avonmere Council"
        assert [each["summary"] for each in whole.events] == ["Children Panel"] * 2

    def test_there_is_no_calendar_of_nobody(self, avonmere):
        assert public.calendar_of_person(avonmere, "anna-lee", base=BASE) is None
        assert public.calendar_of_body(avonmere, "children-panel", base=BASE) is None

    def test_nothing_of_another_council_is_in_it(self, enter, new_body, brackwater, acting, avonmere):
        by = acting(Role.CLERK, council=brackwater)
        enter(body=new_body("Children Panel", by=by), by=by)
        enter(dt.date(2014, 12, 1))
        assert len(read(public.calendar_of_council(avonmere, base=BASE)).events) == 1

    def test_an_invitation_to_a_meeting_in_the_books(self, enter, avonmere):
        enter()
        to = [Mailbox("Councillor Anna Lee", "a.lee@avonmere.example")]
        raw = public.invitation(avonmere, "children-panel", "2014-11-24", base=BASE, to=to)
        assert read(raw)["method"] == "REQUEST"
        assert public.invitation(avonmere, "children-panel", "2014-11-25", base=BASE, to=to) is None


def _entry(whole):
    (event,) = whole.events
    return event["uid"], int(event["sequence"]), event["status"]
