"""Other names for political groups: what was printed stays, the old address sends on, a slip leaves no trace."""

import datetime as dt

import pytest
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies import public as bodies_public
from moothall.bodies import queries
from moothall.bodies.models import Kind
from moothall.foundation.errors import RuleBroken, StaleObject
from moothall.people import actions, public
from moothall.people.models import Account, FormerGroupName
from moothall.people.queries import group_names
from tests.conftest import TODAY
from tests.errors import has_code

pytestmark = pytest.mark.django_db
START, FROM = dt.date(2014, 5, 1), dt.date(2014, 11, 3)
BEFORE = FROM - dt.timedelta(days=1)


@pytest.fixture
def members(new_person):
    """Two councillors."""
    return [new_person(name, councillor=True) for name in ("Anna Lee", "Ben Okoro")]


@pytest.fixture
def group(members, clerk):
    """Their group, under its first name."""
    return actions.form_group(name="Blue Group", short_name="Blues", members=members, first_day=START, by=clerk)


@pytest.fixture
def renamed(group, clerk):
    """The same group, called otherwise since November."""
    return actions.rename_group(group, name="Azure Group", first_day=FROM, by=clerk)


def test_papers_of_a_day_print_the_name_that_the_group_had(renamed, members, avonmere):
    names = {day: public.person(avonmere, members[0].slug, day).group for day in (BEFORE, FROM)}
    assert names == {BEFORE: "Blue Group", FROM: "Azure Group"}
    assert [each.name for each in public.groups(avonmere, BEFORE)] == ["Blue Group"]


def test_members_of_a_body_are_listed_with_the_group_name_of_the_day(renamed, members, avonmere, clerk):
    panel = bodies.create_body(name="Panel", kind=Kind.COMMITTEE, first_day=START, by=clerk)
    bodies.start_body(panel, by=clerk)
    bodies.appoint(panel, person=members[0], first_day=START, by=clerk)
    groups = [bodies_public.body(avonmere, panel.slug, day).members[0].group for day in (BEFORE, FROM)]
    assert groups == ["Blue Group", "Azure Group"]
    assert [list(queries.balance_of(avonmere, day).totals) for day in (BEFORE, FROM)] == [
        ["Blue Group"],
        ["Azure Group"],
    ]


def test_a_group_renamed_twice_is_told_by_day(renamed, clerk):
    twice = actions.rename_group(renamed, name="Sky Group", first_day=TODAY, by=clerk)
    told = [group_names([twice], day)[twice.pk] for day in (BEFORE, FROM, TODAY)]
    assert told == ["Blue Group", "Azure Group", "Sky Group"]


def test_it_stays_the_same_group_with_its_members_and_seats(renamed, members):
    assert renamed.slug == "azure-group"
    assert {each.person for each in renamed.memberships.all()} == set(members)


def test_another_group_never_gets_an_address_that_one_had(renamed, new_person, clerk):
    others = [new_person(name, councillor=True) for name in ("Cleo Day", "Dan Ames")]
    assert actions.form_group(name="Blue Group", members=others, first_day=FROM, by=clerk).slug == "blue-group-2"


def test_a_group_that_takes_its_old_name_again_has_its_old_address_again(renamed, clerk):
    back = actions.rename_group(renamed, name="Blue Group", first_day=TODAY, by=clerk)
    assert back.slug == "blue-group"


def test_a_new_short_name_alone_is_a_change_of_name_and_keeps_the_address(group, clerk):
    again = actions.rename_group(group, name="Blue Group", short_name="BG", first_day=FROM, by=clerk)
    assert (again.slug, group.former_names.get().short_name, group.former_names.get().slug) == (
        "blue-group",
        "Blues",
        "",
    )


def test_a_slip_is_corrected_without_history(group, clerk):
    found = actions.correct_group(group, name="Blue Groups", short_name="", by=clerk)
    assert (found.name, found.slug, found.renamed_on) == ("Blue Groups", "blue-group", None)
    assert not found.former_names.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Blue Group", "short_name": "Blues", "first_day": FROM}, "name"),
        ({"name": "Azure", "first_day": TODAY + dt.timedelta(days=1)}, "first_day"),
        ({"name": "Azure", "first_day": START}, "first_day"),
        ({"name": "red group", "first_day": FROM}, "name"),
    ],
    ids=["the same name", "a day to come", "the day it was formed", "another's name"],
)
def test_a_group_is_not_renamed_so(group, new_person, clerk, values, field):
    others = [new_person(name, councillor=True) for name in ("Cleo Day", "Dan Ames")]
    actions.form_group(name="Red Group", members=others, first_day=START, by=clerk)
    with pytest.raises(RuleBroken) as refused:
        actions.rename_group(group, **values, by=clerk)
    assert refused.value.field == field
    assert not FormerGroupName.objects.of(group.council).exists()


def test_a_group_that_has_ended_gets_no_later_name(group, clerk):
    ended = actions.end_group(group, last_day=BEFORE, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("after-end")):
        actions.rename_group(ended, name="Azure", first_day=TODAY, by=clerk)


def test_who_renames_what_somebody_has_just_renamed_is_told(renamed, clerk):
    with pytest.raises(StaleObject):
        actions.rename_group(renamed, name="Sky", first_day=TODAY, expected=1, by=clerk)


def test_the_workspace_sends_the_old_address_on_and_tells_the_old_name(renamed, clerk):
    client = Client(SERVER_NAME="avonmere.example")
    client.force_login(Account.objects.get(pk=clerk.account_id))
    answer = client.get("/workspace/groups/blue-group/")
    assert (answer.status_code, answer["Location"]) == (301, "/workspace/groups/azure-group/")
    assert "Blue Group, until 2 November 2014" in client.get(answer["Location"]).text
