"""Lists that are narrowed, and taken away as spreadsheets; and what a council that begins is told to do."""

import csv
import datetime as dt

import pytest
from django.urls import reverse

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.importers.kinds import KINDS
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting
from moothall.people import actions as people
from moothall.people.models import PoliticalGroup
from moothall.workspace import csv_lists
from tests.conftest import TODAY
from tests.reading import has_section, section

pytestmark = pytest.mark.django_db
HOME, PEOPLE, BODIES, MEETINGS = (reverse(f"workspace:{name}") for name in ("home", "people", "bodies", "meetings"))


def names(client, path, **query):
    """What the rows of a list begin with."""
    found = [row.partition("<") for row in client.get(path, query).text.split('<a class="govuk-link" href="')[1:]]
    return {row[0].partition('">')[2].strip() for row in found if f"{path}" in row[0]}


def rows(client, path, **query):
    """A spreadsheet as it is read again, its heading left out."""
    text = client.get(path, query).content.decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "pryce"}, {"Carys Pryce-Jones"}),
        ({"q": "anna LEE"}, {"Anna Lee"}),
        ({"who": "co-optees"}, {"Dr Sam Reed"}),
        ({"who": "accounts"}, {"Nour Haddad"}),
        ({"who": "councillors", "q": "raman"}, {"Dev Raman"}),
        ({"q": "nobody of that name"}, set()),
    ],
    ids=["a part of the name", "two parts", "co-optees", "with an account", "councillors of a name", "nobody"],
)
def test_people_are_found_by_name_and_by_what_they_are(desk, panel, query, found):
    assert names(desk, PEOPLE, **query) == found


def test_people_are_found_by_group_and_by_post(desk, panel, avonmere):
    group = PoliticalGroup.objects.of(avonmere).get(name="Riverside Alliance")
    assert names(desk, PEOPLE, group=group.slug) == {"Dev Raman", "Eleanor Fitzwilliam-Haverstock"}
    assert "Anna Lee" not in names(desk, PEOPLE, who="officers")
    assert names(desk, PEOPLE, who="officers")


def test_groups_of_another_council_are_not_offered(desk, panel, brackwater, new_person, acting):
    by = acting("clerk", council=brackwater)
    members = [new_person(f"Una Brack{each}", councillor=True, by=by) for each in "ab"]
    people.form_group(name="Brackwater Party", members=members, first_day=TODAY, by=by)
    assert "Brackwater Party" not in desk.get(PEOPLE).text
    assert "Riverside Alliance" in desk.get(PEOPLE).text


def test_a_dissolved_body_is_listed_only_when_asked_for(desk, panel):
    live, gone = names(desk, BODIES), names(desk, BODIES, state="dissolved")
    assert panel.name in live
    assert gone
    assert not live & gone
    assert names(desk, BODIES, state="all") == live | gone
    assert names(desk, BODIES, kind="scrutiny", q="early youth") == {panel.name}


def test_meetings_are_found_by_year_in_the_order_of_the_year(desk, panel, avonmere):
    of_2014 = [each.day for each in Meeting.objects.of(avonmere).filter(day__year=2014).order_by("start")]
    shown = rows(desk, reverse("workspace:meetings-csv"), when="2014")
    assert [each["day"] for each in shown] == [f"{day}" for day in of_2014]
    assert all(dt.date.fromisoformat(each["day"]) < TODAY for each in rows(desk, MEETINGS[:-1] + ".csv", when="past"))


def test_a_list_offers_itself_as_a_spreadsheet_narrowed_in_the_same_way(desk, panel):
    page = desk.get(PEOPLE, {"q": "lee", "page": "1"}).text
    assert f'{reverse("workspace:people-csv")}?q=lee"' in page
    assert [each["last_name"] for each in rows(desk, reverse("workspace:people-csv"), q="lee")] == ["Lee"]


def test_the_members_of_a_body_are_a_spreadsheet_with_the_chair_first(desk, panel):
    found = rows(desk, reverse("workspace:members-csv", args=[panel.slug]))
    assert (found[0]["person"], found[0]["place"]) == ("Anna Lee", "Chair")
    assert found[0]["group"] == "Green and Independent Group"
    assert {each["represents"] for each in found} == {"", "Parent governors"}


def test_nothing_in_a_spreadsheet_runs_as_a_formula(desk, panel, operator):
    people.create_person(first_names="=HYPERLINK(1)", last_name="Doe", phone="+44 1225", by=operator)
    (found,) = rows(desk, reverse("workspace:people-csv"), q="doe")
    assert (found["first_names"], found["phone"]) == ("'=HYPERLINK(1)", "'+44 1225")


@pytest.mark.parametrize(
    ("columns", "kind"),
    [(csv_lists.PEOPLE, "people"), (csv_lists.MEMBERS, "memberships"), (csv_lists.MEETINGS, "calendar")],
    ids=["people", "members", "meetings"],
)
def test_a_spreadsheet_begins_with_the_columns_that_are_brought_in(columns, kind):
    brought_in = tuple(each.name for each in KINDS[kind].columns)
    assert columns[: len(brought_in)] == brought_in


def test_members_brought_out_are_words_that_can_be_brought_in(desk, panel):
    found = rows(desk, reverse("workspace:members-csv", args=[panel.slug]))
    assert {each["place"] for each in found} <= {str(label) for label in Membership.Seat.labels}
    assert {each["vote"] for each in found} <= {*Membership.Votes.values, *map(str, Membership.Votes.labels)}


def test_a_council_that_begins_is_told_the_order_and_what_is_there(desk, operator, new_person):
    assert has_section(desk.get(HOME).text, "first-steps")
    before = section(desk.get(HOME).text, "first-steps").count('"govuk-tag ')
    new_person("Anna Lee", councillor=True)
    bodies.create_body(name="Council", kind=Kind.COUNCIL, first_day=TODAY, by=operator)
    meetings.add_room(name="Guildhall", first_day=TODAY, by=operator)
    assert section(desk.get(HOME).text, "first-steps").count('"govuk-tag ') == before - 3


def test_a_council_that_meets_is_not_told_how_to_begin(desk, browser, auditor, panel):
    assert not has_section(desk.get(HOME).text, "first-steps")


def test_nobody_who_keeps_no_books_is_told_how_to_begin(browser, acting):
    assert not has_section(browser(acting("analyst")).get(HOME).text, "first-steps")
