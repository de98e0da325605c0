"""Every refusal has a code: it is what tests, logs and translations of errors can rely on when a message changes."""

import ast
import re
from pathlib import Path

import pytest

import moothall

SOURCE = Path(moothall.__file__).parent
CODED = {"NotAllowed", "RuleBroken", "SheetRefused", "Unreadable"}
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")


def refusals():
    """Every place that makes a refusal: the file, the line, and what it is given as code."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CODED:
                given = [each.value for each in node.keywords if each.arg == "code"]
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", given


@pytest.mark.parametrize("name", sorted(CODED))
def test_refusals_of_each_kind_are_found(name):
    assert name in "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))


def test_every_refusal_has_a_code():
    found = list(refusals())
    assert len(found) > 100
    assert [place for place, given in found if not given] == []


def test_every_code_is_a_few_words_joined_by_hyphens():
    said = [(place, given[0].value) for place, given in refusals() if given and isinstance(given[0], ast.Constant)]
    assert [(place, code) for place, code in said if not KEBAB.fullmatch(code)] == []
