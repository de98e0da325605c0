"""The table of rules in the reference is true: each rule has its place in the code, and tests that cite it."""

import importlib
import inspect

import pytest

from moothall.core.clocks import all_rules
from tests.foundation.rules import cited, citing, later, lines

NAMED = """CLK-00 CLK-01 CLK-02 CLK-03 CLK-04 CLK-05 CLK-07 CLK-08 CLK-40 MTG-13 MTG-14 MTG-15 MTG-16 MTG-23 MTG-25
    SCR-05 MIN-41 NAM-01 INT-01 INT-02"""
"""What the books, the calendar and the forward plan were asked to keep."""


def ids(line):
    return line.rule


def found(path):
    """What stands at a dotted path: a module, or something in one."""
    module, rest = path.split("."), []
    while module:
        try:
            here = importlib.import_module(".".join(["moothall", *module]))
        except ModuleNotFoundError:
            rest.insert(0, module.pop())
            continue
        for name in rest:
            here = getattr(here, name)
        return here
    raise AssertionError(f"there is no moothall.{path}")


def test_every_rule_asked_for_is_in_the_table():
    assert sorted(set(NAMED.split()) - {line.rule for line in lines()}) == []


def test_no_rule_is_in_both_tables_or_twice():
    rules = [line.rule for line in lines()] + later()
    assert sorted(rules) == sorted(set(rules))


@pytest.mark.parametrize("line", lines(), ids=ids)
def test_a_rule_has_tests_that_cite_it_where_the_table_says(line):
    told = set(line.tested_in.split(", "))
    assert told <= citing().get(line.rule, set()), "write it anew: python -m tests.foundation.rules"


@pytest.mark.parametrize("line", lines(), ids=ids)
def test_the_code_that_keeps_a_rule_is_there(line):
    assert line.kept_by
    assert all(found(path) is not None for path in line.kept_by)


@pytest.mark.parametrize("line", [line for line in lines() if line.rule not in {"CLK-00", "MIN-41"}], ids=ids)
def test_the_code_that_keeps_a_rule_says_so(line):
    modules = {inspect.getsource(inspect.unwrap(_home(found(path)))) for path in line.kept_by}
    of_clocks = {number for each in all_rules() for number in each.handbook}
    assert line.rule in of_clocks or any(line.rule in source for source in modules)


def _home(thing):
    return thing if inspect.ismodule(thing) else inspect.getmodule(inspect.unwrap(thing))


@pytest.mark.parametrize(
    ("name", "docstring", "rules"),
    [
        ("test_mtg_25_ceases_the_day_after", "", {"MTG-25"}),
        ("test_other_worked_dates", "MTG-08, MTG-14.", {"MTG-08", "MTG-14"}),
        ("test_a_day", "", set()),
    ],
)
def test_a_rule_is_cited_in_a_name_or_a_docstring(name, docstring, rules):
    assert cited(name, docstring) == rules
