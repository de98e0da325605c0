"""Quorum (MTG-20) and votes (MTG-22), without a database."""

import re
from fractions import Fraction

import pytest

from moothall.bodies.quorum import Quorum, vote_on


@pytest.mark.parametrize(
    ("members", "needed"),
    [
        pytest.param(8, 3, id="seven councillors and a voting co-optee: two, so the minimum bites"),
        pytest.param(12, 3, id="a quarter is just three"),
        pytest.param(13, 4, id="a quarter is rounded up"),
        pytest.param(65, 17, id="the full council"),
    ],
)
def test_mtg_20_a_quarter_rounded_up_but_never_fewer_than_three(members, needed):
    assert Quorum().needed(members) == needed


def test_mtg_20_the_quorum_explains_itself():
    assert numbers(Quorum().explanation(8)) == ["1/4", "8", "2", "2", "3", "3"]


def test_mtg_20_a_third_is_a_rule_too():
    assert Quorum(Fraction(1, 3), 2).needed(7) == 3


@pytest.mark.parametrize(
    ("votes", "education", "may"),
    [
        ("all", False, True),
        ("all", True, True),
        ("education_only", True, True),
        ("education_only", False, False),
        ("none", True, False),
        ("none", False, False),
    ],
)
def test_mtg_22_votes_by_item(votes, education, may):
    assert (vote_on(votes, education=education) == "") is may


def test_mtg_20_a_minimum_that_changes_nothing_is_not_spoken_of():
    assert numbers(Quorum().explanation(12)) == ["1/4", "12", "3", "3", "3"]


def numbers(text):
    """The numbers of an explanation: the share, the members, what it comes to, rounded up, the fewest, the quorum."""
    return re.findall(r"[\d/]+", text)
