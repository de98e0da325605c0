"""The demo council is entered with the real verbs, and there is one login for each role."""

import datetime as dt

import pytest

from moothall.bodies.models import Body
from moothall.core.clocks import LONDON
from moothall.demo import files
from moothall.demo.council import build
from moothall.demo.logins import PASSWORD
from moothall.forward_plan.models import Entry
from moothall.foundation.actors import GRANTED, SEATED, Actor, Role
from moothall.foundation.audit import chain
from moothall.foundation.demo_files import demo_folder
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting
from moothall.people.models import Person
from moothall.people.queries import actor_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2014, 11, 24)
PANEL = "Early Years, Children and Youth Policy Development and Scrutiny Panel"


@pytest.fixture
def council(settings):
    settings.DEMO_DAY = TODAY
    return build(TODAY)


def test_everybody_may_see_the_year_as_it_is_on_the_day_and_the_log_is_in_order(council):
    public = Actor.public(council, origin="a test", at=dt.datetime.combine(TODAY, dt.time(12), LONDON))
    panel = visible(public, Meeting).filter(body__name=PANEL).order_by("day")
    assert [(each.day.isoformat(), each.state) for each in panel] == [
        ("2014-07-14", "held"),
        ("2014-09-08", "held"),
        ("2014-09-29", "held"),
        ("2014-11-24", "called"),
        ("2015-01-26", "planned"),
        ("2015-03-23", "planned"),
    ]
    assert visible(public, Entry).count() == 16
    assert visible(public, Body).count() == 6
    assert chain.verify(council).flaws == ()


def test_there_is_one_login_for_each_role_and_it_has_the_role(council):
    roles = {}
    for login in files.logins():
        person = Person.objects.of(council).get(account__email=login.email)
        assert person.account.check_password(PASSWORD)
        actor = actor_of(person.account, council, origin="a test", at=dt.datetime.combine(TODAY, dt.time(12), LONDON))
        roles[login.role] = {held.role for held in actor.roles}
    assert set(roles) == GRANTED | SEATED
    assert [role for role, held in roles.items() if Role(role) not in held] == []


def test_a_demonstration_lives_its_day_and_shows_its_logins_on_the_page_of_sign_in(council, client, settings):
    assert council.today == TODAY
    page = client.get("/account/login/", headers={"host": "localhost"})
    assert PASSWORD.encode() not in page.content  # without the demo's context, which only MOOTHALL_DEMO puts in
    settings.TEMPLATES = with_demo(settings.TEMPLATES)
    page = client.get("/account/login/", headers={"host": "localhost"}).content.decode()
    assert PASSWORD in page
    assert "Monday 24 November 2014" in page
    assert all(login.email in page for login in files.logins())


def test_every_person_is_invented_and_stands_in_the_list():
    told = files.council()
    listed = (demo_folder() / "avonmere" / "2014-11-24" / "people.md").read_text("utf-8")
    names = {each["name"] for each in told["officers"]} | {name for group in told["groups"].values() for name in group}
    assert [name for name in sorted(names) if name not in listed] == []


def with_demo(templates):
    """The settings of templates, as MOOTHALL_DEMO makes them."""
    found = {**templates[0], "OPTIONS": {**templates[0]["OPTIONS"]}}
    found["OPTIONS"]["context_processors"] = [
        *found["OPTIONS"]["context_processors"],
        "moothall.demo.context.demo",
    ]
    return [found]
