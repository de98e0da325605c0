"""Names as papers print them (NAM-01)."""

import datetime as dt

import pytest

from moothall.people import actions
from moothall.people.naming import free_slug, slug_of
from moothall.people.queries import officer_line, printed_name
from tests.conftest import TODAY


@pytest.mark.django_db
def test_nam_01_a_councillor_has_first_name_and_letters(new_person, operator):
    anna = new_person("Anna Lee", councillor=True)
    actions.correct_person(anna, post_nominals="OBE", by=operator)
    assert printed_name(anna, TODAY) == "Councillor Anna Lee OBE"


@pytest.mark.django_db
def test_nam_01_before_the_term_there_is_no_councillor(new_person):
    assert printed_name(new_person("Anna Lee", councillor=True), dt.date(2011, 5, 8)) == "Anna Lee"


@pytest.mark.django_db
def test_nam_01_a_co_optee_is_named_without_councillor(new_person):
    assert printed_name(new_person("Ben Okoro"), TODAY) == "Ben Okoro"


@pytest.mark.django_db
def test_nam_01_an_officer_is_listed_with_the_job_title(new_person, operator):
    sam = new_person("Sam Reed")
    post = actions.create_post(title="Head of Legal", by=operator)
    actions.hold_post(post, person=sam, first_day=dt.date(2014, 1, 1), by=operator)
    assert officer_line(sam, TODAY) == "Sam Reed (Head of Legal)"


@pytest.mark.parametrize(("name", "slug"), [("Zoë O'Brien", "zoe-o-brien"), ("  A.  B. ", "a-b"), ("李", "person")])
def test_a_name_in_an_address_is_plain(name, slug):
    assert slug_of(name) == slug


def test_the_second_of_a_name_is_numbered():
    assert free_slug("Anna Lee", {"anna-lee", "anna-lee-2"}) == "anna-lee-3"
