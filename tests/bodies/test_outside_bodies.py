"""Outside bodies: other names, what they are, their end, and whom the council sends there."""

import datetime as dt
import re

import pytest
from django.test import Client

from moothall.bodies import actions, public
from moothall.bodies.models import FormerOutsideName
from moothall.foundation.errors import RuleBroken
from moothall.people.models import Account
from tests.conftest import TODAY
from tests.errors import has_code

pytestmark = pytest.mark.django_db
START, FROM = dt.date(2014, 5, 1), dt.date(2014, 11, 3)
BEFORE = FROM - dt.timedelta(days=1)


@pytest.fixture
def trust(clerk):
    """An outside body under its first name."""
    return actions.create_outside_body(name="Mill Trust", first_day=START, places=2, by=clerk)


@pytest.fixture
def renamed(trust, clerk):
    """The same, called otherwise since November."""
    return actions.rename_outside_body(trust, name="Weir Trust", first_day=FROM, by=clerk)


def test_it_is_listed_under_the_name_of_the_day(renamed, avonmere):
    names = [public.outside_bodies(avonmere, day)[0].name for day in (BEFORE, FROM)]
    assert names == ["Mill Trust", "Weir Trust"]


def test_the_workspace_sends_its_old_address_on_and_tells_the_old_name(renamed, clerk):
    client = Client(SERVER_NAME="avonmere.example")
    client.force_login(Account.objects.get(pk=clerk.account_id))
    answer = client.get("/workspace/outside-bodies/mill-trust/nominate/")
    assert (answer.status_code, answer["Location"]) == (301, "/workspace/outside-bodies/weir-trust/nominate/")
    (told,) = re.findall(r".*Mill Trust.*", client.get("/workspace/outside-bodies/").text)
    assert "2 November 2014" in told


def test_another_never_gets_an_address_that_one_had(renamed, clerk):
    assert actions.create_outside_body(name="Mill Trust", first_day=FROM, by=clerk).slug == "mill-trust-2"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " Mill Trust ", "first_day": FROM}, "name"),
        ({"name": "Weir", "first_day": TODAY + dt.timedelta(days=1)}, "first_day"),
        ({"name": "Weir", "first_day": START}, "first_day"),
    ],
    ids=["the same name", "a day to come", "the day it began"],
)
def test_it_is_not_renamed_so(trust, clerk, values, field):
    with pytest.raises(RuleBroken) as refused:
        actions.rename_outside_body(trust, **values, by=clerk)
    assert refused.value.field == field
    assert not FormerOutsideName.objects.of(trust.council).exists()


def test_a_slip_is_corrected_without_history(trust, clerk):
    found = actions.amend_outside_body(trust, name="Mill Trusts", purpose="Weirs", places=3, by=clerk)
    assert (found.name, found.slug, found.places, found.former_names.exists()) == (
        "Mill Trusts",
        "mill-trust",
        3,
        False,
    )


def test_its_places_are_not_made_fewer_than_are_filled(trust, clerk, new_person):
    for name in ("Anna Lee", "Ben Okoro"):
        actions.nominate(trust, person=new_person(name), first_day=START, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("places-in-use", says=("2",))):
        actions.amend_outside_body(trust, name="Mill Trust", purpose="", places=1, by=clerk)


def test_nominations_end_with_it_and_nobody_is_sent_there_afterwards(trust, clerk, new_person, avonmere):
    held = actions.nominate(trust, person=new_person("Anna Lee"), first_day=START, by=clerk)
    actions.end_outside_body(trust, last_day=BEFORE, by=clerk)
    held.refresh_from_db()
    assert (held.last_day, public.outside_bodies(avonmere, FROM)) == (BEFORE, ())
    with pytest.raises(RuleBroken, check=has_code("body-does-not-exist", says=("3 November 2014",))):
        actions.nominate(trust, person=new_person("Ben Okoro"), first_day=FROM, by=clerk)


def test_it_does_not_end_before_somebody_is_to_go_there(trust, clerk, new_person):
    actions.nominate(trust, person=new_person("Anna Lee"), first_day=FROM, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("nomination-begins-later", says=("Anna Lee", "3 November 2014"))):
        actions.end_outside_body(trust, last_day=BEFORE, by=clerk)
