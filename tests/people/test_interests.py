"""The register of interests and its clocks (INT-01, INT-02)."""

import datetime as dt

import pytest

from moothall.foundation import permissions
from moothall.foundation.actors import Role
from moothall.foundation.errors import NotAllowed, RuleBroken
from moothall.people import actions, public
from moothall.people.models import Interest, Term
from moothall.people.queries import registration_due, registrations_open
from moothall.people.stored_deadlines import as_found
from tests.conftest import TODAY
from tests.errors import has_code

pytestmark = pytest.mark.django_db
HOME = "A house at 12 Mill Lane"


@pytest.fixture
def anna(new_person):
    return new_person("Anna Lee", councillor=True)


@pytest.fixture
def legal(acting):
    return acting(Role.LEGAL)


@pytest.fixture
def hidden(anna, legal):
    return actions.register_interest(
        anna,
        category=Interest.Category.LAND,
        description=HOME,
        first_day=dt.date(2014, 1, 1),
        sensitive_why="Threats of violence",
        by=legal,
    )


def test_int_02_a_new_member_registers_in_28_days_beginning_with_taking_office(new_person, clerk):
    term = actions.begin_term(new_person("Ben Okoro"), office=Term.Office.CO_OPTED, first_day=TODAY, by=clerk)
    assert registration_due(term).day == dt.date(2014, 12, 21)


def test_int_02_who_has_not_registered_is_listed_until_they_have(new_person, clerk, avonmere):
    term = actions.begin_term(new_person("Ben Okoro"), office=Term.Office.CO_OPTED, first_day=TODAY, by=clerk)
    before = [(row, due.day) for row, due in registrations_open(avonmere, TODAY)]
    actions.enter_registration(term, registered_on=TODAY, by=clerk)
    assert (before, registrations_open(avonmere, TODAY)) == ([(term, dt.date(2014, 12, 21))], [])


def test_int_02_before_the_act_there_was_no_such_duty(anna):
    assert registration_due(anna.terms.get()) is None


def test_int_02_a_disclosure_is_notified_in_28_days_beginning_with_it(anna, clerk):
    disclosure = actions.disclose_interest(anna, day=TODAY, meeting="panel/2014-11-24", by=clerk)
    assert disclosure.due == dt.date(2014, 12, 21)


def test_clk_40_the_deadline_is_kept_whole(anna, clerk):
    disclosure = actions.disclose_interest(anna, day=TODAY, meeting="panel/2014-11-24", by=clerk)
    disclosure.refresh_from_db()
    assert as_found(disclosure.due_as_computed) == clerk.council.clock(TODAY).deadline("interest-registration", TODAY)


def test_int_02_who_is_no_member_registers_nothing(new_person, legal):
    with pytest.raises(RuleBroken, check=has_code("not-member", "INT-02")):
        actions.register_interest(
            new_person("Sam Reed"),
            category=Interest.Category.LAND,
            description=HOME,
            first_day=TODAY,
            by=legal,
        )


def test_int_02_of_a_sensitive_interest_the_public_learns_that_it_exists(anna, hidden, avonmere):
    (entry,) = public.register(avonmere, anna.slug, TODAY)
    assert entry == public.PublicInterest("", "", public.WITHHELD, None, withheld=True)


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUTHOR, Role.ADMINISTRATOR, Role.ANALYST])
def test_int_02_a_sensitive_interest_is_not_there_for_others(hidden, acting, role):
    assert not permissions.visible(acting(role), Interest).exists()


@pytest.mark.parametrize("role", [Role.LEGAL, Role.AUDITOR])
def test_int_02_the_monitoring_officer_and_the_auditor_see_it(hidden, acting, role):
    assert list(permissions.visible(acting(role), Interest)) == [hidden]


def test_int_02_an_interest_that_ended_leaves_the_register(anna, legal, avonmere):
    entry = actions.register_interest(
        anna, category=Interest.Category.LAND, description=HOME, first_day=dt.date(2014, 1, 1), by=legal
    )
    actions.end_interest(entry, last_day=dt.date(2014, 11, 23), by=legal)
    assert public.register(avonmere, anna.slug, TODAY) == ()


def test_int_01_only_the_monitoring_officers_people_and_clerks_keep_the_register(anna, acting):
    with pytest.raises(NotAllowed, check=has_code("other-role-needed")):
        actions.register_interest(
            anna,
            category=Interest.Category.LAND,
            description=HOME,
            first_day=TODAY,
            by=acting(Role.ADMINISTRATOR),
        )
