"""What each role finds on its desk: its own places, papers, duties and news, and nothing of others."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.forward_plan import actions as plans
from moothall.forward_plan.models import Entry
from moothall.forward_plan.queries import what_is_wrong
from moothall.foundation.actors import Role
from moothall.foundation.audit import chain
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting
from moothall.people import actions as people
from moothall.people.models import Attendance, Person
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment
from tests.reading import has_section, section
from tests.website.filling import START, enter

pytestmark = pytest.mark.django_db
HOME = reverse("workspace:home")
Seat = Membership.Seat


@pytest.fixture
def own_desk(browser):
    """What somebody reads on their desk."""
    return lambda actor: browser(actor).get(HOME).text


@pytest.fixture
def seated(panel, operator, new_person):
    """Puts a new person on the panel, with an account: ``seated(Seat.SUBSTITUTE)``."""

    def make(seat, **how):
        person = new_person("Sam Okello", councillor=seat != Seat.CO_OPTED)
        bodies.appoint(panel, person=person, seat=seat, first_day=START, by=operator, **how)
        opened = people.open_account(person, email="sam@avonmere.example", by=operator)
        return actor_of(opened.account, operator.council, origin="a test", at=operator.at)

    return make


@pytest.fixture
def decisions(panel, operator):
    """The plan of a cabinet that meets on 14 January 2015: a key decision, a private matter, and plain ones."""
    cabinet = bodies.create_body(name="Cabinet", kind=Kind.CABINET, first_day=START, by=operator)
    cabinet = bodies.start_body(cabinet, by=operator)
    enter(cabinet, dt.date(2015, 1, 14), by=operator, place="Guildhall")
    plan, meeting = plans.create_plan(cabinet, title="Forward plan", by=operator), cabinet.meetings.get()
    add = {"plan": plan, "meeting": meeting, "by": operator}
    for title, what in (
        ("A new school", {"key": Entry.Key.MONEY, "key_note": "£4m"}),
        ("A new ward", {"key": Entry.Key.WARDS, "key_note": "All"}),
        ("A sale", {"private": True, "paragraphs": [3], "private_reason": "Prices"}),
        ("A calendar", {}),
    ):
        plans.add_entry(add["plan"], title=title, meeting=add["meeting"], by=operator, **what)
    return plan


def titles(text):
    """The decisions that a desk names, its news left out."""
    text = text.partition('id="news"')[0]
    return {each for each in ("A new school", "A new ward", "A sale", "A calendar") if each in text}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.FINANCE, {"A new school"}),
        (Role.LEGAL, {"A new school", "A new ward", "A sale"}),
        (Role.DIRECTOR, {"A new school", "A new ward", "A sale", "A calendar"}),
        (Role.ANALYST, set()),
        (Role.AUTHOR, {"A new school", "A new ward", "A sale", "A calendar"}),
    ],
    ids=lambda each: str(each) if isinstance(each, Role) else "",
)
def test_a_clearing_officer_finds_what_is_to_come_for_the_role(own_desk, acting, decisions, role, found):
    assert titles(own_desk(acting(role))) == found


def test_a_portfolio_holder_finds_what_the_cabinet_is_to_decide(own_desk, decisions, operator, new_person):
    person = new_person("Sam Okello", councillor=True)
    bodies.appoint(decisions.body, person=person, seat=Seat.CABINET, portfolio="Schools", first_day=START, by=operator)
    opened = people.open_account(person, email="sam@avonmere.example", by=operator)
    text = own_desk(actor_of(opened.account, operator.council, origin="a test", at=operator.at))
    assert titles(text) == {"A new school", "A new ward", "A sale", "A calendar"}
    assert "(Schools)" in text


def test_an_author_finds_the_entries_that_name_them_and_when_papers_go_out(own_desk, acting, decisions, operator):
    author = acting(Role.AUTHOR)
    person = Person.objects.of(decisions.council).get(account=author.account_id)
    entry = Entry.objects.of(decisions.council).get(title="A new school")
    plans.amend_entry(entry, authors=[person], by=operator)
    text = own_desk(author)
    mine = section(text, "my-entries")
    assert titles(mine) == {"A new school"}
    assert "Tue 6 January 2015" in mine
    (lacking,) = (each for each in what_is_wrong(entry) if each.code == "key-decision-not-given")
    assert lacking.message in mine
    assert titles(section(text, "focus-1")) == {"A new ward", "A sale", "A calendar"}


def test_an_author_of_nothing_is_told_where_authors_are_named(own_desk, acting, panel):
    mine = section(own_desk(acting(Role.AUTHOR)), "my-entries")
    assert reverse("workspace:plans") in mine
    assert "moot-list" not in mine


def test_a_member_finds_meetings_with_their_agenda_and_the_duty_to_register(own_desk, seated, operator):
    text = own_desk(seated(Seat.MEMBER))
    mine = section(text, "my-meetings")
    assert "Mon 8 December 2014" in mine
    assert re.search(r"\b24 November 2014", mine.partition("Mon 8 December 2014")[2])  # the agenda went out
    assert 'data-place="substitute"' not in text


def test_int_02_a_new_member_is_told_to_register_interests(own_desk, seated, operator):
    member = seated(Seat.CO_OPTED, votes=Membership.Votes.EDUCATION)
    person = Person.objects.of(operator.council).get(account=member.account_id)
    people.begin_term(person, office="co-opted", first_day=dt.date(2014, 11, 10), by=operator)
    text = own_desk(member)
    duty = section(text, "my-duties")
    assert "7 December 2014" in duty
    assert reverse("workspace:register") in duty


def test_a_substitute_is_told_that_they_may_be_asked_to_stand_in(own_desk, seated):
    assert 'data-place="substitute"' in section(own_desk(seated(Seat.SUBSTITUTE)), "my-meetings")


def test_a_co_optee_sees_with_which_vote_they_sit(own_desk, seated):
    assert f"({Membership.Votes.NONE.label})" in section(own_desk(seated(Seat.CO_OPTED)), "my-bodies")


def test_a_member_finds_no_draft_of_a_plan(own_desk, seated, panel):
    text = own_desk(seated(Seat.MEMBER))
    assert "Youth clubs" in text
    assert "A secret draft" not in text


def test_an_officer_without_office_is_offered_no_register_and_the_calendar_of_the_council(own_desk, acting, panel):
    text = own_desk(acting(Role.ANALYST))
    assert reverse("workspace:register") not in text
    assert "/calendar.ics" in text


def test_who_sits_somewhere_is_offered_their_own_calendar(own_desk, seated):
    assert "/people/sam-okello/meetings.ics" in own_desk(seated(Seat.MEMBER))


def test_the_auditor_reads_what_is_late_and_what_was_done_last_and_is_offered_no_act(own_desk, auditor, panel):
    text = own_desk(auditor)
    assert has_section(text, "late")
    assert "moot-list" not in section(text, "done-last")
    assert f'href="{reverse("workspace:year")}" role="button"' not in " ".join(text.split())


def test_nobody_else_reads_the_log_on_their_desk(own_desk, clerk, panel):
    assert not has_section(own_desk(clerk), "done-last")


def test_the_legal_officer_finds_disclosures_of_which_nobody_was_told(own_desk, acting, panel, operator):
    person = panel.memberships.first().person
    people.disclose_interest(person, meeting="Council", day=TODAY, by=operator)
    text = own_desk(acting(Role.LEGAL))
    assert str(person) in section(text, "disclosures")


def test_what_changed_in_the_last_week_is_told(own_desk, clerk, panel, operator):
    meetings.cancel_meeting(Meeting.objects.of(panel.council).get(slug="2014-12-08"), reason="Snow.", by=operator)
    text = own_desk(clerk)
    news = section(text, "news")
    assert "16:30" in news
    assert "8 December 2014" in news
    assert "cancelled" in news


@pytest.mark.parametrize(
    ("recorded", "hint"),
    [(None, False), (dt.date(2014, 11, 3), False), (dt.date(2014, 4, 14), True)],
    ids=["never", "lately", "long ago"],
)
def test_desk_tells_that_attendance_stopped_only_if_some_was_recorded(own_desk, clerk, new_person, recorded, hint):
    """MTG-25: without records the desk cannot say that a seat is lost."""
    ida = new_person("Ida Noakes", councillor=True)
    if recorded:
        people.record_attendance(ida, day=recorded, meeting="Council", how=Attendance.How.PRESENT, by=clerk)
    text = own_desk(clerk)
    assert has_section(text, "six-months") is hint
    assert "Ida Noakes" not in text


def test_the_clerk_finds_entries_that_lack_something(own_desk, clerk, decisions):
    text = own_desk(clerk)
    assert titles(section(text, "focus-1")) == {"A new school", "A new ward", "A sale", "A calendar"}


def test_nothing_of_another_council_is_on_a_desk(browser, acting, brackwater, decisions):
    there = acting(Role.DIRECTOR, council=brackwater, last_name="There")
    answer = browser(there, "brackwater").get(HOME)
    assert answer.status_code == 200
    assert "A new school" not in answer.text
    assert "8 December 2014" not in answer.text


def test_who_was_away_longer_than_a_week_is_told_since_when(own_desk, clerk, panel, avonmere, monkeypatch):
    def sign_in(day):
        with monkeypatch.context() as then:
            then.setattr(chain.timezone, "now", lambda: moment(day))
            told = {"origin": "a test", "verb": "sign_in.sign_in", "kind": "people.Person", "thing": "1"}
            chain.append(avonmere, account=clerk.account_id, who=clerk.who, before=None, after=None, **told)

    sign_in(dt.date(2014, 11, 3))
    assert "3 November 2014" not in section(own_desk(clerk), "news")  # there is nothing before the first time
    sign_in(TODAY)
    assert "3 November 2014" in section(own_desk(clerk), "news")
    sign_in(TODAY)
    assert "3 November 2014" not in section(own_desk(clerk), "news")
