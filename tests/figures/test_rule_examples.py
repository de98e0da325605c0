"""Every rule's docstring shows what it means: each example is read and checked by the rule itself."""

from pathlib import Path

import pytest

from moothall.core.figures import Severity, check, checks, read
from moothall.core.figures.checks import rules
from moothall.core.figures.documentation import describe, reference
from tests.shared import ROOT

CASES = [(rule, describe(rule)) for rule in rules()]


def graver(text, rule):
    return [f for f in check(read(text), [rule]).findings if f.severity > Severity.ROUNDING]


def test_every_module_of_the_folder_of_rules_is_listed():
    found = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert {rule.__name__.rpartition(".")[2] for rule in rules()} == found


@pytest.mark.parametrize(("rule", "told"), CASES, ids=[told.rule for _, told in CASES])
def test_a_rule_states_itself_and_shows_both_sides(rule, told):
    assert told.statement.endswith(".")
    assert told.contradictions
    assert told.agreements


def examples(kind):
    return [
        pytest.param(rule, text, id=f"{told.rule}-{nth}")
        for rule, told in CASES
        for nth, text in enumerate(getattr(told, kind), start=1)
    ]


@pytest.mark.parametrize(("rule", "text"), examples("contradictions"))
def test_a_rule_finds_its_contradiction(rule, text):
    found = graver(text, rule)
    assert found
    assert max(f.severity for f in found) <= rule.SEVERITY


@pytest.mark.parametrize(("rule", "text"), examples("agreements"))
def test_a_rule_is_silent_on_its_agreement(rule, text):
    assert graver(text, rule) == []


def test_the_reference_says_what_the_rules_say():
    assert (ROOT / "docs" / "reference" / "figure-rules.md").read_text("utf-8") == reference()
