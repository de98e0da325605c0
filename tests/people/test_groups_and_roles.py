"""Groups (MTG-23), posts, roles, accounts."""

import datetime as dt

import pytest

from moothall.foundation.actors import Actor, Role
from moothall.foundation.errors import RuleBroken
from moothall.people import actions
from moothall.people.models import Account, Grant, Person
from moothall.people.queries import actor_of, group_of, group_sizes
from tests.conftest import TODAY, moment
from tests.errors import has_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue(new_person, clerk):
    members = [new_person(name, councillor=True) for name in ("Anna Lee", "Ben Okoro")]
    return actions.form_group(name="Blue", members=members, first_day=dt.date(2014, 5, 1), by=clerk)


def test_mtg_23_a_group_has_a_leader_and_a_size(blue, avonmere):
    assert [row.standing for row in blue.memberships.all()] == ["leader", "member"]
    assert group_sizes(avonmere, TODAY) == {blue: 2}


def test_mtg_23_nobody_is_in_two_groups(blue, new_person, clerk):
    anna = blue.memberships.first().person
    with pytest.raises(RuleBroken, check=has_code("in-other-group", "MTG-23")):
        actions.form_group(
            name="Red", members=[anna, new_person("Cleo Day", councillor=True)], first_day=TODAY, by=clerk
        )


def test_mtg_23_who_leaves_is_in_no_group_the_day_after(blue, clerk):
    membership = blue.memberships.first()
    actions.leave_group(membership, last_day=TODAY, by=clerk)
    days = (TODAY, TODAY + dt.timedelta(days=1))
    assert [group_of(membership.person, day) for day in days] == [blue, None]


def test_a_group_that_ends_takes_its_memberships_with_it(blue, clerk, avonmere):
    actions.end_group(blue, last_day=TODAY, by=clerk)
    assert {row.last_day for row in blue.memberships.all()} == {TODAY}


def test_a_statutory_post_has_one_holder_at_a_time(new_person, clerk):
    post = actions.create_post(title="Monitoring Officer", statutory="monitoring", by=clerk)
    actions.hold_post(post, person=new_person("Sam Reed"), first_day=TODAY, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("post-taken")):
        actions.hold_post(post, person=new_person("Kit Hale"), first_day=TODAY, by=clerk)


def test_an_auditor_holds_no_other_role(acting, new_person, operator):
    person = new_person("Kit Hale")
    actions.grant_role(person, role=Role.AUDITOR, first_day=TODAY, by=operator)
    with pytest.raises(RuleBroken, check=has_code("auditor-has-other-role")):
        actions.grant_role(person, role=Role.CLERK, first_day=TODAY, by=operator)


def test_a_role_that_comes_with_a_membership_is_not_granted(new_person, operator):
    with pytest.raises(RuleBroken, check=has_code("role-of-membership")):
        actions.grant_role(new_person("Kit Hale"), role=Role.CHAIR, first_day=TODAY, by=operator)


def test_a_role_ends_with_its_last_day(acting, operator):
    clerk = acting(Role.CLERK)
    actions.end_grant(Grant.objects.of(operator.council).get(role=Role.CLERK), last_day=TODAY, by=operator)
    account = Account.objects.get(pk=clerk.account_id)
    days = (TODAY, TODAY + dt.timedelta(days=1))
    held = [actor_of(account, operator.council, origin="x", at=moment(day)).holds(Role.CLERK) for day in days]
    assert held == [True, False]


def test_the_last_administrator_stays(acting, operator):
    acting(Role.ADMINISTRATOR)
    grant = Grant.objects.of(operator.council).get(role=Role.ADMINISTRATOR)
    with pytest.raises(RuleBroken, check=has_code("last-administrator")):
        actions.end_grant(grant, last_day=TODAY, by=operator)


def test_an_account_of_one_council_is_a_stranger_in_another(acting, brackwater):
    account = Account.objects.get(pk=acting(Role.CLERK).account_id)
    assert not actor_of(account, brackwater, origin="x", at=moment(TODAY)).holds(Role.CLERK)


def test_somebody_who_works_for_two_councils_has_one_account(acting, brackwater, new_person):
    account = Account.objects.get(pk=acting(Role.CLERK).account_id)
    other = Actor.operator(brackwater, at=moment(TODAY))
    person = actions.open_account(new_person("Nour Haddad", by=other), email=account.email.upper(), by=other)
    assert person.account == account


@pytest.mark.parametrize(
    "other", ["\u0131r\u0131s-kim", "iri\u017f-kim", "iris-\u212aim"], ids=["dotless i", "long s", "sign for kelvin"]
)
def test_an_address_in_letters_that_look_alike_is_another_one(other, operator, new_person):
    actions.open_account(new_person("Iris Kim", by=operator), email="iris-kim@avonmere.example", by=operator)
    assert Account.objects.at("IRIS-Kim@Avonmere.example")
    assert not Account.objects.at(f"{other}@avonmere.example")


def test_a_closed_account_acts_as_the_public(acting, operator):
    actor = acting(Role.CLERK)
    account = Account.objects.get(pk=actor.account_id)
    actions.close_account(Person.objects.of(operator.council).get(account=account), by=operator)
    assert {held.role for held in actor_of(account, operator.council, origin="x").roles} == {Role.PUBLIC}
