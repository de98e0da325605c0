"""Where a published agenda can be read: checked, shown as a link, corrected with what was before kept."""

import datetime as dt
import json

import pytest
from django.test import Client
from icalendar import Calendar

from moothall.foundation.actors import Role
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import RuleBroken
from moothall.foundation.permissions import may
from moothall.meetings import actions, public
from moothall.meetings.links import is_link, is_place
from moothall.meetings.models import Act
from moothall.meetings.queries import timeline
from moothall.people.models import Account
from tests.conftest import moment
from tests.meetings.conftest import HALF_PAST_FOUR, MEETING_DAY

pytestmark = pytest.mark.django_db
PUBLISHED = moment(dt.date(2014, 11, 14))
LINK = "https://www.avonmere.example/agenda.pdf?a=1&b=2"
OTHER = "https://www.avonmere.example/corrected.pdf"
PLACE = "Guildhall, High Street: reception"
LINKS = [
    LINK,
    "http://avonmere.example",
    "https://xn--bcher-kva.example:8443/a%20b#page=2",
    "HTTPS://AVONMERE.EXAMPLE/a",
]
REFUSED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://avonmere.example",
    "data:text/html,agenda",
    "ftp://avonmere.example/agenda.pdf",
    "file:///home/clerk/agenda.pdf",
    "www.avonmere.example/agenda.pdf",
    "https://",
    "https:///agenda.pdf",
    "https:agenda.pdf",
    "https://avonmere.example@elsewhere.example/",
    "https://avonmere.example/two words.pdf",
    "https://avonmere.example\\@elsewhere.example/",
    "https://[avonmere/",
    "https://avonmere.example:port/",
]


@pytest.fixture
def meeting(enter):
    """A meeting whose agenda is not yet recorded as published."""
    return enter(fixed_at=moment(dt.date(2014, 5, 15)))


@pytest.fixture
def published(meeting, clerk):
    """Records that the agenda was published somewhere, and gives the meeting: ``published(LINK)``."""

    def record(where):
        actions.publish_agenda(meeting, at=PUBLISHED, where=where, by=clerk)
        return meeting

    return record


def page(meeting, suffix="/", client=None):
    """The public page of a meeting."""
    return (client or Client()).get(
        f"/{meeting.body.slug}/{meeting.slug}{suffix}", headers={"host": "avonmere.example"}
    )


def of_public(meeting):
    """The address and the place that anybody may read."""
    found = public.meeting_at(meeting.council, meeting.body.slug, meeting.slug)
    return found.agenda_url, found.agenda_place


@pytest.mark.parametrize("where", LINKS)
def test_web_address_is_a_link(where):
    assert is_link(where)


@pytest.mark.parametrize("where", REFUSED)
def test_other_address_is_refused_by_both_actions(where, meeting, published, clerk):
    with pytest.raises(RuleBroken) as refused:
        actions.publish_agenda(meeting, at=PUBLISHED, where=where, by=clerk)
    assert (refused.value.code, refused.value.field) == ("not-a-web-address", "where")
    assert not meeting.acts.exists()
    published("")
    with pytest.raises(RuleBroken):
        actions.correct_agenda_address(meeting, where=where, by=clerk)


@pytest.mark.parametrize("where", [PLACE, "See the notice board, or https://avonmere.example", "Room 3"])
def test_place_in_words_is_text(where, published):
    assert is_place(where)
    assert of_public(published(where)) == ("", where)


def test_address_recorded_before_it_was_checked_is_never_a_link(published):
    meeting = published(PLACE)
    acts = [Act(pk=1, what=Act.What.AGENDA, where=each) for each in REFUSED]
    assert not any(is_link(Act.agenda_place([each])) for each in acts)
    assert of_public(meeting) == ("", PLACE)


def test_public_page_shows_the_address_as_link(published):
    assert f'href="{LINK.replace("&", "&amp;")}">Agenda and papers</a>' in page(published(LINK)).text


def test_public_page_shows_the_place_as_text(published):
    text = page(published(PLACE)).text
    assert PLACE in text
    assert ">Agenda and papers</a>" not in text


def test_public_page_without_address_names_no_papers(published):
    assert "Agenda and papers" not in page(published("")).text


def test_json_has_the_address(published):
    found = json.loads(page(published(LINK), ".json").content)
    assert (found["agenda_url"], found["agenda_place"]) == (LINK, "")


@pytest.mark.parametrize(("where", "attached"), [(LINK, LINK), (PLACE, None)], ids=["link", "place"])
@pytest.mark.parametrize("path", ["meeting", "body", "council"])
def test_calendars_have_the_address(published, where, attached, path):
    meeting = published(where)
    at = {"meeting": f"/{meeting.body.slug}/{meeting.slug}.ics", "body": f"/{meeting.body.slug}/meetings.ics"}
    raw = Client().get(at.get(path, "/calendar.ics"), headers={"host": "avonmere.example"}).content
    (event,) = Calendar.from_ical(raw).events
    assert event.get("attach") == attached
    assert where in event["description"]


def test_correction_replaces_the_address_and_keeps_the_one_before(published, clerk):
    meeting = published(LINK)
    before = timeline(meeting, at=clerk.at)
    actions.correct_agenda_address(meeting, where=OTHER, by=clerk)
    assert of_public(meeting) == (OTHER, "")
    assert list(meeting.acts.order_by("pk").values_list("what", "where")) == [
        ("agenda", LINK),
        ("agenda-address", OTHER),
    ]
    assert timeline(meeting, at=clerk.at) == before
    assert public.meeting_at(meeting.council, meeting.body.slug, meeting.slug).agenda_published == PUBLISHED
    entry = Entry.objects.filter(council=meeting.council).order_by("-number").first()
    assert entry.verb == "meetings.correct_agenda_address"


def test_correction_with_nothing_takes_the_link_away(published, clerk):
    meeting = published(LINK)
    actions.correct_agenda_address(meeting, where="", by=clerk)
    assert of_public(meeting) == ("", "")


def test_address_of_unpublished_agenda_cannot_be_corrected_mtg_02(meeting, clerk):
    with pytest.raises(RuleBroken) as refused:
        actions.correct_agenda_address(meeting, where=LINK, by=clerk)
    assert (refused.value.rule, refused.value.code) == ("MTG-02", "agenda-not-published")


def test_correction_with_the_same_address_is_refused(published, clerk):
    meeting = published(LINK)
    with pytest.raises(RuleBroken) as refused:
        actions.correct_agenda_address(meeting, where=LINK, by=clerk)
    assert refused.value.code == "address-unchanged"


@pytest.mark.parametrize(("role", "may_correct"), [(Role.CLERK, True), (Role.AUTHOR, False), (Role.AUDITOR, False)])
def test_clerks_correct_the_address(published, acting, role, may_correct):
    assert bool(may(acting(role), "meetings.correct_agenda_address", published(LINK))) is may_correct


def test_address_stays_when_the_meeting_is_moved(published, clerk):
    moved = actions.move_meeting(
        published(LINK), day=MEETING_DAY + dt.timedelta(days=7), time=HALF_PAST_FOUR, reason="Snow", by=clerk
    )
    assert of_public(moved) == (LINK, "")


def test_clerk_corrects_the_address_on_the_page_of_the_meeting(published, clerk, client):
    meeting = published(LINK)
    client.force_login(Account.objects.get(pk=clerk.account_id))
    at, host = f"/workspace/meetings/{meeting.pk}/", {"host": "avonmere.example"}
    assert f'href="{LINK.replace("&", "&amp;")}"' in client.get(at, headers=host).text
    assert LINK.replace("&", "&amp;") in client.get(f"{at}agenda/address/", headers=host).text
    refused = client.post(f"{at}agenda/address/", {"where": "ftp://avonmere.example/a", "version": "1"}, headers=host)
    assert (refused.status_code, "https://" in refused.text) == (200, True)
    client.post(f"{at}agenda/address/", {"where": OTHER, "version": "1"}, headers=host)
    assert of_public(meeting) == (OTHER, "")


def test_page_of_unpublished_agenda_offers_no_correction(meeting, clerk, client):
    client.force_login(Account.objects.get(pk=clerk.account_id))
    text = client.get(f"/workspace/meetings/{meeting.pk}/", headers={"host": "avonmere.example"}).text
    assert "agenda/address/" not in text
