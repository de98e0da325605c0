"""Political balance (MTG-23): the handbook's examples, and what holds for every council."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.bodies.balance import NO_GROUP, balance, check


def kept(principles):
    return "".join(each.letter for each in principles if each.kept)


def test_mtg_23_seven_seats_of_65_members_without_a_majority():
    found = balance({"Blue": 29, "Yellow": 29, "Red": 5, "Green": 2}, {"Panel": 7})
    assert found.seats["Panel"] == {"Blue": 3, "Yellow": 3, "Red": 1, "Green": 0}
    assert kept(found.principles) == "abcd"


def test_mtg_23_a_majority_of_the_council_has_a_majority_on_the_body():
    found = balance({"Blue": 33, "Yellow": 24, "Red": 8}, {"Panel": 7})
    assert found.seats["Panel"] == {"Blue": 4, "Yellow": 2, "Red": 1}
    assert kept(found.principles) == "abcd"


def test_mtg_23_plain_largest_remainder_fails_the_majority():
    principles = check({"Blue": 33, "Yellow": 24, "Red": 8}, {"Panel": {"Blue": 3, "Yellow": 3, "Red": 1}})
    assert principles[1].text == "Blue has a majority of the council, but none on Panel."
    assert not principles[1].kept


def test_mtg_23_every_quota_is_shown():
    found = balance({"Blue": 29, "Yellow": 29, "Red": 5, "Green": 2}, {"Panel": 7})
    assert found.steps[-1].text == ("Panel, 7 seats: Blue 3.12 -> 3, Yellow 3.12 -> 3, Red 0.54 -> 1, Green 0.22 -> 0.")


def test_mtg_23_a_small_group_gets_its_seats_in_all_though_no_body_owes_it_one():
    found = balance({"Blue": 27, "Yellow": 27, "Red": 6}, {"First": 4, "Second": 4, "Third": 4})
    assert found.totals == {"Blue": 6, "Yellow": 5, "Red": 1}
    assert any("so that the totals are in proportion (c)" in step.text for step in found.steps)


def test_mtg_23_a_tie_is_told_and_left_to_the_council():
    found = balance({"Blue": 30, "Yellow": 30}, {"Panel": 7})
    assert "Blue and Yellow are equally due the last seat; the council decides." in found.ties[0].text


def test_mtg_23_a_tie_decided_the_other_way_is_in_proportion_too():
    assert kept(check({"Blue": 30, "Yellow": 30}, {"Panel": {"Blue": 3, "Yellow": 4}})) == "abcd"


def test_mtg_23_not_all_seats_go_to_one_group():
    found = balance({"Blue": 38, "Red": 2}, {"Panel": 3})
    assert found.seats["Panel"] == {"Blue": 2, "Red": 1}
    assert found.principles[0].kept


def test_mtg_23_all_seats_to_one_group_is_found():
    principles = check({"Blue": 38, "Red": 2}, {"Panel": {"Blue": 3, "Red": 0}})
    assert principles[0].text == "All seats of Panel go to Blue."


def test_mtg_23_members_of_no_group_have_their_share_together():
    found = balance({"Blue": 20, "Yellow": 20}, {"Panel": 10}, ungrouped=10)
    assert found.seats["Panel"] == {"Blue": 4, "Yellow": 4, NO_GROUP: 2}


def test_mtg_23_a_group_has_two_members():
    with pytest.raises(ValueError, match="at least two members"):
        balance({"Blue": 20, "Lone": 1}, {"Panel": 5})


COUNCILS = st.dictionaries(st.sampled_from(["Blue", "Green", "Red", "Teal", "Yellow"]), st.integers(2, 45), min_size=2)
BODIES = st.dictionaries(
    st.sampled_from(["One", "Two", "Three", "Four", "Five", "Six"]), st.integers(3, 17), min_size=1
)
SMALL_TOO = st.dictionaries(st.sampled_from(["One", "Two", "Three", "Four"]), st.integers(1, 9), min_size=1)


@settings(deadline=None, max_examples=100)
@given(COUNCILS, SMALL_TOO, st.integers(0, 6))
def test_mtg_23_every_seat_is_given_once(groups, bodies, ungrouped):
    found = balance(groups, bodies, ungrouped=ungrouped)
    assert {body: sum(seats.values()) for body, seats in found.seats.items()} == bodies
    assert min(number for seats in found.seats.values() for number in seats.values()) >= 0


@settings(deadline=None, max_examples=100)
@given(COUNCILS, BODIES, st.integers(0, 6))
def test_mtg_23_a_majority_holds_on_every_body_and_no_body_is_of_one_group(groups, bodies, ungrouped):
    found = balance(groups, bodies, ungrouped=ungrouped)
    assert [each.kept for each in found.principles[:2]] == [True, True], found


@settings(deadline=None, max_examples=100)
@given(COUNCILS, BODIES, st.integers(0, 6))
def test_mtg_23_the_totals_are_in_proportion(groups, bodies, ungrouped):
    found = balance(groups, bodies, ungrouped=ungrouped)
    assert found.principles[2].kept, found


@settings(deadline=None, max_examples=60)
@given(COUNCILS, BODIES, st.integers(0, 6))
def test_mtg_23_no_exchange_between_two_bodies_would_come_nearer(groups, bodies, ungrouped):
    found = balance(groups, bodies, ungrouped=ungrouped)
    assert found.principles[3].kept, found


def test_mtg_23_an_exchange_that_would_come_nearer_is_found():
    lopsided = {"First": {"Blue": 6, "Red": 1}, "Second": {"Blue": 1, "Red": 6}}
    principles = check({"Blue": 30, "Red": 30}, lopsided)
    assert kept(principles) == "abc"
    assert principles[3].text == (
        "First and Second would come nearer to the shares by exchanging a seat of Blue for one of Red."
    )


@settings(deadline=None, max_examples=100)
@given(COUNCILS, st.integers(3, 17))
def test_mtg_23_a_larger_group_never_has_fewer_seats_of_one_body(groups, number):
    seats = balance(groups, {"Panel": number}).seats["Panel"]
    ordered = sorted(groups, key=groups.__getitem__)
    assert all(seats[a] <= seats[b] for a, b in pairwise(ordered) if groups[a] < groups[b])


def test_mtg_23_sub_committees_are_no_part_of_the_totals_of_ordinary_committees():
    groups = {"Blue": 27, "Yellow": 27, "Red": 6}
    found = balance(groups, {"Panel": 10}, sub_committees={"Appeals": 3, "Licensing": 3})
    assert found.seats["Panel"] == {"Blue": 5, "Yellow": 4, "Red": 1}
    assert found.seats["Appeals"] == found.seats["Licensing"] == {"Blue": 2, "Yellow": 1, "Red": 0}
    assert kept(found.principles) == "abcd"


def test_mtg_23_a_sub_committee_out_of_its_own_proportion_is_found():
    seats = {"Panel": {"Blue": 5, "Red": 5}, "Appeals": {"Blue": 1, "Red": 5}}
    principles = check({"Blue": 30, "Red": 30}, seats, sub_committees={"Appeals"})
    assert kept(principles) == "abc"
    assert principles[3].text == "Appeals would come nearer to the shares with a seat of Red given to Blue."


def test_mtg_23_a_majority_holds_on_a_sub_committee_too():
    seats = {"Panel": {"Blue": 6, "Red": 4}, "Appeals": {"Blue": 1, "Red": 2}}
    assert "b" not in kept(check({"Blue": 40, "Red": 20}, seats, sub_committees={"Appeals"}))


@settings(deadline=None, max_examples=100)
@given(COUNCILS, BODIES, SMALL_TOO, st.integers(0, 6))
def test_mtg_23_sub_committees_change_nothing_for_the_committees(groups, bodies, small, ungrouped):
    below = {f"Sub-committee {name}": number for name, number in small.items() if number > 2}
    found = balance(groups, bodies, sub_committees=below, ungrouped=ungrouped)
    alone = balance(groups, bodies, ungrouped=ungrouped)
    assert {body: found.seats[body] for body in bodies} == alone.seats
    assert kept(found.principles) == "abcd", found
