"""States and their moves: the rule, and its drawing in the documentation."""

from importlib import import_module
from pathlib import Path

import pytest

from moothall.bodies.states import MOVES, BodyState
from moothall.foundation.errors import RuleBroken
from moothall.foundation.states import Moves
from tests.errors import has_code

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src"
STATES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    for path in SOURCE.rglob("states.py")
    if path.parent.name != "foundation"
)
PAGE = ROOT / "docs" / "reference" / "states.md"


def test_a_move_that_is_not_allowed_says_what_is():
    with pytest.raises(RuleBroken, check=has_code("wrong-state", says=("proposed", "dissolved", "active"))):
        MOVES.check(BodyState.PROPOSED, BodyState.DISSOLVED)


def test_the_last_state_says_that_it_is():
    with pytest.raises(RuleBroken, check=has_code("wrong-state", says=("dissolved", "active"))):
        MOVES.check(BodyState.DISSOLVED, BodyState.ACTIVE)


@pytest.mark.parametrize("folder", STATES)
def test_every_move_is_drawn_in_the_documentation(folder):
    drawn = PAGE.read_text("utf-8")
    found = [each for each in vars(import_module(folder)).values() if isinstance(each, Moves)]
    assert [each.of for each in found if each.drawing() not in drawn] == []
    assert found
