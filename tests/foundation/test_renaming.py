"""Other names for bodies and persons: what was printed stays, every old address sends on, nothing takes its place."""

import datetime as dt
import re

import pytest
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind
from moothall.bodies.queries import names_on
from moothall.foundation.actors import Actor
from moothall.foundation.councils.models import Council
from moothall.foundation.errors import RuleBroken, StaleObject
from moothall.people import actions as people
from moothall.people.models import Account, FormerName, Person
from moothall.people.names import slug_after, slug_of
from moothall.people.queries import printed_name, printed_names
from tests.conftest import TODAY, moment

pytestmark = pytest.mark.django_db
OLD, NEW = "early-years-children-and-youth-scrutiny-panel", "early-years-panel"
WAS = "Early Years, Children and Youth Scrutiny Panel"
FROM = dt.date(2014, 11, 3)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(Council, "today", TODAY)


@pytest.fixture
def panel(filled):
    """The panel of a filled council, which was filled under its first name."""
    return filled


@pytest.fixture
def renamed(panel, operator):
    """The same panel, called otherwise since November."""
    return bodies.rename_body(panel, name="Early Years Panel", first_day=FROM, by=operator)


@pytest.fixture
def married(avonmere, panel, operator):
    """Anna Lee, who has had another name since November."""
    anna = Person.objects.of(avonmere).get(last_name="Lee")
    return people.rename_person(anna, first_names="Anna", last_name="Moss", first_day=FROM, by=operator)


def browse(path, council="avonmere"):
    return Client(SERVER_NAME=f"{council}.example").get(path)


def test_a_renamed_body_has_the_address_of_its_new_name(renamed):
    assert (renamed.name, renamed.slug) == ("Early Years Panel", NEW)
    assert browse(f"/{NEW}/").status_code == 200


@pytest.mark.parametrize(
    "rest",
    [
        "/",
        ".json",
        "/meetings.ics",
        "/forward-plan/",
        "/forward-plan.csv",
        "/forward-plan.pdf",
        "/forward-plan.atom",
        "/forward-plan/1/",
        "/2014-12-08/",
        "/2014-12-08.ics",
        "/2014-12-08.json",
    ],
)
def test_every_address_below_the_old_name_sends_on_for_ever(renamed, rest):
    answer = browse(f"/{OLD}{rest}")
    assert (answer.status_code, answer["Location"]) == (301, f"/{NEW}{rest}")
    assert browse(answer["Location"]).status_code == 200


def test_a_calendar_of_the_old_name_is_sent_on_to_the_new(renamed):
    answer = browse(f"/calendar/2014/?body={OLD}")
    assert (answer.status_code, answer["Location"]) == (301, f"/calendar/2014/?body={NEW}")


def test_identifiers_in_calendars_outlive_the_name(panel, operator):
    def identifiers(slug):
        return re.findall(r"UID:(\S+)", browse(f"/{slug}/meetings.ics").text)

    before = identifiers(OLD)
    bodies.rename_body(panel, name="Early Years Panel", first_day=FROM, by=operator)
    assert before
    assert identifiers(NEW) == before


def test_a_meeting_before_the_change_is_shown_under_the_name_that_the_body_had(renamed):
    past = renamed.meetings.filter(day__lt=FROM).first()
    assert WAS in browse(f"/{NEW}/{past.slug}/").text
    assert "Early Years Panel" in browse(f"/{NEW}/2014-12-08/").text
    assert re.search(rf"{WAS}.*2 November 2014", browse(f"/{NEW}/").text)


def test_names_of_a_body_that_was_renamed_twice_are_told_by_day(renamed, avonmere, operator):
    twice = bodies.rename_body(renamed, name="Youth Panel", first_day=dt.date(2014, 11, 20), by=operator)
    days = [dt.date(2014, 6, 1), FROM, dt.date(2014, 11, 19), dt.date(2014, 11, 20)]
    told = names_on(avonmere, [(twice, day) for day in days])
    assert [told[twice.pk, day] for day in days] == [
        WAS,
        "Early Years Panel",
        "Early Years Panel",
        "Youth Panel",
    ]
    assert browse(f"/{OLD}/")["Location"] == "/youth-panel/"
    assert browse(f"/{NEW}/")["Location"] == "/youth-panel/"


def test_a_new_body_never_gets_an_address_that_another_had(renamed, operator):
    again = bodies.create_body(name=WAS, kind=Kind.BOARD, first_day=TODAY, by=operator)
    assert again.slug == f"{OLD}-2"


def test_a_body_that_takes_its_old_name_again_has_its_old_address_again(renamed, operator):
    back = bodies.rename_body(renamed, name=WAS, first_day=dt.date(2014, 11, 20), by=operator)
    assert back.slug == OLD
    assert browse(f"/{OLD}/").status_code == 200
    assert browse(f"/{NEW}/")["Location"] == f"/{OLD}/"
    once_more = bodies.rename_body(back, name="Early Years Panel", first_day=TODAY, by=operator)
    assert (once_more.slug, browse(f"/{OLD}/")["Location"]) == (NEW, f"/{NEW}/")


def test_a_renamed_body_cannot_take_an_address_of_the_website(panel, operator):
    assert bodies.rename_body(panel, name="Calendar", first_day=FROM, by=operator).slug == "calendar-2"


def test_the_old_name_sends_on_in_its_own_council_only(renamed, brackwater):
    there = Actor.operator(brackwater, at=moment(TODAY))
    own = bodies.create_body(name=WAS, kind=Kind.BOARD, first_day=FROM, by=there)
    assert own.slug == OLD
    assert browse(f"/{NEW}/", "brackwater").status_code == 404
    bodies.start_body(own, by=there)
    assert browse(f"/{OLD}/", "brackwater").status_code == 200


def test_an_old_name_of_what_may_not_be_seen_answers_like_nothing(renamed):
    Body.objects.of(renamed.council).filter(pk=renamed.pk).update(state="proposed")
    hidden, missing = browse(f"/{OLD}/"), browse("/never-was/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": WAS, "first_day": FROM}, "name"),
        ({"name": "Another", "first_day": TODAY + dt.timedelta(days=1)}, "first_day"),
        ({"name": "Another", "first_day": dt.date(2014, 5, 1)}, "first_day"),
    ],
    ids=["the same name", "a day to come", "before it was there"],
)
def test_a_body_is_not_renamed_so(panel, operator, values, field):
    with pytest.raises(RuleBroken) as refused:
        bodies.rename_body(panel, **values, by=operator)
    assert refused.value.field == field
    assert not panel.former_names.exists()


def test_who_renames_what_somebody_else_has_just_changed_is_told_and_nothing_is_kept(panel, operator):
    bodies.amend_body(panel, remit="Otherwise.", by=operator)
    with pytest.raises(StaleObject):
        bodies.rename_body(panel, name="Early Years Panel", first_day=FROM, expected=1, by=operator)
    assert not panel.former_names.exists()


def test_papers_of_a_day_print_the_name_of_that_day_nam_01(married, avonmere):
    assert printed_name(married, FROM) == "Councillor Anna Moss"
    assert printed_name(married, FROM - dt.timedelta(days=1)) == "Councillor Anna Lee"
    assert printed_names([married], avonmere, dt.date(2014, 6, 1)) == {married.pk: "Councillor Anna Lee"}


@pytest.mark.parametrize("rest", ["/", ".json", "/meetings.ics"])
def test_the_old_address_of_a_person_sends_on(married, rest):
    answer = browse(f"/people/anna-lee{rest}")
    assert (answer.status_code, answer["Location"]) == (301, f"/people/anna-moss{rest}")


def test_what_a_person_was_called_before_is_not_told_on_the_website(married):
    assert "Anna Lee" not in browse("/people/anna-moss/").text
    assert "Anna Lee" not in browse(f"/{OLD}/").text


def test_a_second_anna_lee_gets_another_address(married, operator):
    other = people.create_person(first_names="Anna", last_name="Lee", by=operator)
    assert other.slug == "anna-lee-2"


def test_a_change_of_letters_after_the_name_keeps_the_address(married, operator):
    day = dt.date(2014, 11, 10)
    names = {"first_names": "Anna", "last_name": "Moss", "post_nominals": "OBE"}
    assert people.rename_person(married, **names, first_day=day, by=operator).slug == "anna-moss"
    assert list(FormerName.objects.of(married.council).values_list("slug", flat=True)) == ["anna-lee", ""]


def test_the_workspace_sends_on_too(renamed, married, clerk):
    client = Client(SERVER_NAME="avonmere.example")
    client.force_login(Account.objects.get(pk=clerk.account_id))
    for old, new in ((f"bodies/{OLD}/", f"bodies/{NEW}/"), ("people/anna-lee/term/", "people/anna-moss/term/")):
        answer = client.get(f"/workspace/{old}")
        assert (answer.status_code, answer["Location"]) == (301, f"/workspace/{new}")
    assert "Anna Lee, until 2 November 2014" in client.get("/workspace/people/anna-moss/").text


@pytest.mark.parametrize(
    ("name", "slug", "own", "taken", "found"),
    [
        ("Youth Panel", "old", set(), {"old"}, "youth-panel"),
        ("Youth Panel", "youth-panel-2", set(), {"youth-panel", "youth-panel-2"}, "youth-panel-2"),
        ("Youth Panel", "old", {"youth-panel"}, {"old", "youth-panel"}, "youth-panel"),
        ("Youth Panel", "old", set(), {"youth-panel"}, "youth-panel-2"),
    ],
    ids=["free", "fits already", "had it before", "taken by another"],
)
def test_the_address_that_goes_with_a_new_name(name, slug, own, taken, found):
    assert slug_after(name, slug=slug, own=own, taken=taken) == found


def test_the_address_of_a_long_name_ends_with_a_whole_word():
    slug = slug_of("Communities, Transport and Environment Policy Development and Scrutiny Panel of the Whole Area")
    assert slug == "communities-transport-and-environment-policy-development-and-scrutiny-panel-of"
