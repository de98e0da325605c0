"""What anybody may read of people."""

import pytest

from moothall.foundation.actors import Actor
from moothall.people import actions, public
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_councils(new_person, acting, brackwater):
    """A councillor in each of two councils, and an officer whom nobody names."""
    new_person("Kit Hale")
    new_person("Xan Cole", councillor=True, by=Actor.operator(brackwater))
    return new_person("Anna Lee", councillor=True, ward="Mill")


def test_the_public_sees_the_members_of_its_own_council_only(two_councils, avonmere):
    assert [(each.name, each.ward) for each in public.persons(avonmere, TODAY)] == [("Councillor Anna Lee", "Mill")]


def test_a_person_of_another_council_is_not_there(two_councils, avonmere):
    assert public.person(avonmere, "xan-cole", TODAY) is None


def test_an_officer_who_is_not_named_to_the_public_is_not_there(two_councils, avonmere):
    assert public.person(avonmere, "kit-hale", TODAY) is None


def test_the_address_to_sign_in_with_is_not_published(two_councils, avonmere, operator):
    actions.open_account(two_councils, email="private@elsewhere.example", by=operator)
    assert "private" not in repr(public.person(avonmere, "anna-lee", TODAY))


def test_groups_are_listed_the_largest_first(new_person, clerk, avonmere):
    for name, size in (("Red", 2), ("Blue", 3)):
        members = [new_person(f"{name} {letter}", councillor=True) for letter in "ABC"[:size]]
        actions.form_group(name=name, members=members, first_day=TODAY, by=clerk)
    assert [(group.name, group.size) for group in public.groups(avonmere, TODAY)] == [("Blue", 3), ("Red", 2)]


@pytest.mark.parametrize("size", [1, 3])
def test_persons_are_read_in_the_same_number_of_queries(new_person, avonmere, django_assert_num_queries, size):
    for letter in "ABC"[:size]:
        new_person(f"Anna {letter}", councillor=True)
    with django_assert_num_queries(4):
        assert len(public.persons(avonmere, TODAY)) == size
