"""States and their moves: the rule, and its drawing in the documentation."""

from pathlib import Path

import pytest

from moothall import folders
from moothall.bodies.states import MOVES, BodyState
from moothall.errors import RuleBroken
from moothall.states import Moves
from tests.errors import has_code

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "states.md"


def test_a_move_that_is_not_allowed_says_what_is():
    with pytest.raises(RuleBroken, check=has_code("wrong-state", says=("proposed", "dissolved", "active"))):
        MOVES.check(BodyState.PROPOSED, BodyState.DISSOLVED)


def test_the_last_state_says_that_it_is():
    with pytest.raises(RuleBroken, check=has_code("wrong-state", says=("dissolved", "active"))):
        MOVES.check(BodyState.DISSOLVED, BodyState.ACTIVE)


@pytest.mark.parametrize("module", folders.modules("states"), ids=lambda module: module.__name__)
def test_every_move_is_drawn_in_the_documentation(module):
    drawn = PAGE.read_text("utf-8")
    found = [each for each in vars(module).values() if isinstance(each, Moves)]
    assert [each.of for each in found if each.drawing() not in drawn] == []
    assert found
