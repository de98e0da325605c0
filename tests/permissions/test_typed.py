"""Letters that nobody sees, and that feeds and calendars cannot write: they get into no row."""

import datetime as dt

import pytest
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from moothall.forward_plan import actions as plans
from moothall.foundation.audit.models import Entry as LogEntry
from moothall.foundation.councils.actions import rename_council
from moothall.foundation.errors import RuleBroken
from moothall.foundation.text_cleaning import INVISIBLE, legible, on_one_line
from moothall.meetings import actions as meetings
from moothall.meetings.proposals import Proposal
from moothall.meetings.queries import concerns_about
from moothall.people import actions as people
from moothall.sign_in.actions import accept_invitation, invite
from moothall.sign_in.tokens import token
from tests.conftest import TODAY, moment
from tests.errors import has_code

pytestmark = pytest.mark.django_db
LETTERS = {
    "a soft line break of Word": "\x0b",
    "an escape": "\x1b",
    "a null": "\x00",
    "a next line": "\x85",
    "no letter": "\ufffe",
    "half a letter": "\ud83d",
    "a line separator": "\u2028",
    "a line end": "\r\n",
    "a direction that is forced": "\u202e",
    "a letter without width": "\u200b",
    "a header": "\r\nBcc: eve@elsewhere.example",
}
FORMS = ("meetings.ics", "forward-plan.atom", "forward-plan.csv", "forward-plan.json", "")


@pytest.fixture(params=LETTERS.values(), ids=LETTERS.keys())
def letter(request):
    return request.param


@pytest.fixture
def panel(letter, operator):
    """A body with such a letter in its name, and with an entry in whose title and text there is one."""
    made = bodies.create_body(name=f"Children{letter} Panel", kind=Kind.SCRUTINY, first_day=TODAY, by=operator)
    body = bodies.start_body(made, by=operator)
    plan = plans.create_plan(body, title=f"Work{letter} plan", by=operator)
    entry = plans.add_entry(plan, title=f"Fees{letter}", matter=f"One{letter}two", by=operator)
    return plans.publish_entry(entry, by=operator).plan.body


def test_every_form_of_a_page_can_be_read_whatever_was_pasted(panel, letter, client):
    told = {form: client.get(f"/{panel.slug}/{form}", headers={"host": "avonmere.example"}) for form in FORMS}
    assert {answer.status_code for answer in told.values()} == {200}
    etree.fromstring(told["forward-plan.atom"].content)
    assert client.get("/calendar.ics", headers={"host": "avonmere.example"}).status_code == 200
    assert not any(INVISIBLE.search(answer.text.removeprefix("\ufeff")) for answer in told.values())


def test_what_looks_alike_is_alike(letter, operator):
    bare = on_one_line(f"An{letter}na")
    person = people.create_person(first_names=f"An{letter}na", last_name="Lee", by=operator)
    assert person.first_names == bare
    assert "\n" not in person.plain_name


def test_a_council_s_name_puts_no_header_into_its_letters(letter, operator):
    name = rename_council(name=f"Avon{letter}mere", short_name=f"Avon{letter}mere", by=operator).short_name
    sent = EmailMessage(subject=f"Sign in to {name}", to=["anna@avonmere.example"]).message()
    assert sent["Bcc"] is None
    assert "\n" not in sent["Subject"]


@pytest.mark.parametrize("letter", ["\x0b", "\u2028", "\u202e", "\u200b"], ids=ascii)
def test_a_password_is_taken_as_it_is(letter, operator, new_person):
    anna = people.open_account(new_person("Anna Lee"), email="anna@avonmere.example", by=operator)
    password = f"copper{letter}lantern harvest"
    accept_invitation(token=token(invite(anna, by=operator)), password=password, by=operator)
    anna.account.refresh_from_db()
    assert anna.account.check_password(password)


def test_what_may_have_lines_keeps_them(operator):
    body = bodies.create_body(name="Panel", kind=Kind.SCRUTINY, first_day=TODAY, by=operator)
    entry = plans.add_entry(
        plans.create_plan(body, title="Plan", by=operator), title="x", matter="a\r\n\tb", by=operator
    )
    assert entry.matter == "a\r\n\tb"
    assert LogEntry.objects.last().verb == "forward_plan.add_entry"


@given(st.text())
def test_nothing_else_is_changed(text):
    assert legible(legible(text)) == legible(text)
    assert [each for each in legible(text) if each.isalnum()] == [each for each in text if each.isalnum()]


@pytest.mark.parametrize("text", ["Siân Ó Briain", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "نور", "👩‍💻", "می‌خواهم", "a\tb\r\nc"])
def test_letters_of_other_languages_stay(text):
    assert legible(text) == text


@pytest.mark.parametrize("day", [dt.date.min, dt.date(999, 12, 31), dt.date(3000, 1, 1), dt.date.max], ids=str)
def test_a_day_too_far_away_to_count_from_is_refused_at_its_field(day, operator, new_person):
    person = new_person("Anna Lee")
    with pytest.raises(RuleBroken, check=has_code("year-out-of-range", says=("1000", "2999"))) as broken:
        people.rename_person(person, first_names="Anna", last_name="Ode", first_day=day, by=operator)
    assert broken.value.field == "first_day"


def test_a_day_of_a_year_whose_holidays_are_not_known_is_refused(operator):
    body = bodies.create_body(name="Panel", kind=Kind.SCRUTINY, first_day=TODAY, by=operator)
    proposal = Proposal(body=body, day=TODAY + dt.timedelta(days=90), time=dt.time(10), place="Town hall")
    confirmed = {each.key for each in concerns_about(operator.council, [proposal], at=operator.at)}
    meeting = meetings.plan_meeting(body, proposal=proposal, confirmed=confirmed, by=operator)
    with pytest.raises(RuleBroken, check=has_code("year-without-holidays", "CLK-01")):
        meetings.publish_agenda(meeting, at=moment(dt.date(1900, 1, 1)), by=operator)


def test_a_day_before_the_law_that_counts_is_refused(operator, new_person):
    anna = new_person("Anna Lee", councillor=True)
    with pytest.raises(RuleBroken, check=has_code("no-law-in-force")):
        people.disclose_interest(anna, day=dt.date(1900, 1, 1), meeting="Council", by=operator)
