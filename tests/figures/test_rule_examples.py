"""Every rule's docstring shows what it means: each example is read and checked by the rule itself."""

from pathlib import Path

import pytest

from moothall.core.figures import Severity, check_paper, checks, read_paper
from moothall.core.figures.checks import load_rules
from moothall.core.figures.documentation import build_reference_page, describe_rule
from tests.shared import ROOT

CASES = [(rule, describe_rule(rule)) for rule in load_rules()]


def graver(text, rule):
    return [f for f in check_paper(read_paper(text), [rule]).findings if f.severity > Severity.ROUNDING]


def test_every_module_of_the_folder_of_rules_is_listed():
    found = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert {rule.__name__.rpartition(".")[2] for rule in load_rules()} == found


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
    assert (ROOT / "docs" / "reference" / "figure-rules.md").read_text("utf-8") == build_reference_page()
