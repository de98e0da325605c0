"""Hostile input ends: no rule and no reader takes more than linear time in it (the suite's time limit is the judge)."""

import pytest

from moothall.core.figures import check, read
from moothall.core.figures.checks import rules

TABLE_RULES = [rule for rule in rules() if rule.RULE.startswith("table-")]
TEXTS = {
    "a line of a million characters": "a " * 500_000,
    "digits without end": "1 " * 300_000,
    "a sentence without end": "the gap between boys and girls narrowed from 5% to 6% and " * 3000,
    "a table that is all totals": "\n".join(["x" + "\tTotal" * 60, *["Total" + "\t7" * 60] * 200]),
    "a table that is all changes": "\n".join(["x" + "\tChange" * 60, *["Gap" + "\t7" * 60] * 150]),
    "a table too large": "\n".join(["1\t" * 500] * 400),
    "brackets and tabs": "((((\t" * 20_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_it_ends(text):
    assert check(read(text), TABLE_RULES).findings == ()
