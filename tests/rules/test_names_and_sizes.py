"""Names of modules, and sizes of functions and modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from tests.rules.source import SOURCE, django_modules, nodes


def function_lengths(source: str) -> Iterator[tuple[str, int]]:
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_a_collection_of_leftovers() -> None:
    names = {part for path in SOURCE.rglob("*.py") for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & {"utils", "util", "common", "helpers", "helper", "misc", "shared"}


def test_functions_and_modules_stay_small() -> None:
    lengths = [
        (lines, f"{path}: {name}")
        for path, source in django_modules().items()
        for name, lines in function_lengths(source)
    ]
    assert [each for each in lengths if each[0] > 60] == []
    assert median(length for length, _ in lengths) <= 8
    assert [path for path, source in django_modules().items() if source.count("\n") > 500] == []
