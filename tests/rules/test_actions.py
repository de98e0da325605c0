"""Every public function of an actions module is an action that says who does it and what it does."""

from __future__ import annotations

import ast
import inspect

import pytest

from moothall.foundation.actions import all_verbs
from moothall.foundation.councils import actions as council_actions
from tests.rules.source import django_modules, is_action


@pytest.mark.parametrize("name", sorted(all_verbs()))
def test_every_action_takes_by_and_says_what_it_does(name: str) -> None:
    act = all_verbs()[name]
    parameters = inspect.signature(act).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["by"].default is inspect.Parameter.empty
    assert act.__doc__


def test_every_public_function_of_actions_is_an_action() -> None:
    found = {
        f"{path.partition('/actions')[0].split('/')[-1]}.{node.name}"
        for path, source in django_modules().items()
        if is_action(path)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    founding = f"councils.{council_actions.create_council.__name__}"
    assert found - set(all_verbs()) == {founding}
