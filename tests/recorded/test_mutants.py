"""Mutants are drawn from what runs, and found again after their function has moved."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.recorded import mutants
from tests.recorded.mutants import Mutant

LATER = "return day - end + 1"
SAMPLE = '''
def is_late(day, last=None):
    """Whether a day is later, and not 0."""
    if last is not None and day > last:
        return day - last + 1
    return 0


class Body:
    def is_late(self, day):
        return day > self.last
'''


def drawn(text: str, folder: Path) -> list[tuple[str, str, str]]:
    path = folder / "sample.py"
    path.write_text(text, "utf-8")
    return [(kind, line, mutant) for kind, _, line, mutant, *_ in mutants._mutants_of(path, folder)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("x = a < b", {"x = a <= b"}, id="comparison"),
        pytest.param("x = a not in b", {"x = a in b"}, id="membership"),
        pytest.param(
            "x = a and (b or c)", {"x = a", "x = (b or c)", "x = a and (b)", "x = a and (c)"}, id="conditions"
        ),
        pytest.param("x = é + b", {"x = é - b"}, id="sign after a letter of two bytes"),
        pytest.param("x += 1", {"x -= 1", "x += 0"}, id="added to"),
        pytest.param("x = 'a' + b", set(), id="texts are not subtracted"),
        pytest.param("x = True", set(), id="truth is not a number"),
        pytest.param("@option(default=1)\ndef f(): ...", set(), id="options of commands"),
        pytest.param("x: Length[1] = y", set(), id="annotations"),
    ],
)
def test_a_line_gives_the_mutants_that_are_expected(tmp_path: Path, line: str, expected: set[str]) -> None:
    assert {mutant for _, _, mutant in drawn(line, tmp_path)} == expected


def test_no_mutant_is_drawn_from_a_docstring(tmp_path: Path) -> None:
    assert not [line for _, line, _ in drawn(SAMPLE, tmp_path) if "Whether" in line]


def test_every_mutant_of_a_module_parses(tmp_path: Path) -> None:
    for _, line, mutant in drawn(SAMPLE, tmp_path):
        ast.parse(SAMPLE.replace(line, mutant, 1))


def test_a_mutant_is_found_after_its_function_has_moved(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("def is_late(day):\n    return day\n", "utf-8")
    (tmp_path / "moved.py").write_text("# A comment.\n" + SAMPLE, "utf-8")
    mutant = Mutant(1, "sign", "is_late", "return day - last + 1", "return day + last + 1", 0, "sample.py")
    place = mutants.find_place(mutant, tmp_path, {})
    assert place is not None
    assert place.path.name == "moved.py"
    assert place.path.read_text("utf-8").splitlines()[place.row].strip() == mutant.line


def test_a_method_is_not_taken_for_a_function(tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text(SAMPLE, "utf-8")
    line = "return day > self.last"
    assert mutants.find_place(Mutant(1, "", "is_late", line, "", 0, "sample.py"), tmp_path, {}) is None
    assert mutants.find_place(Mutant(1, "", "Body.is_late", line, "", 0, "sample.py"), tmp_path, {})


@pytest.mark.parametrize(
    "names",
    [
        pytest.param({"mutants": {"1": {"function": "comes_after", "line": LATER}}}, id="its own entry"),
        pytest.param({"words": {"is_late": "comes_after", "last": "end"}}, id="word by word"),
    ],
)
def test_a_renamed_function_is_found_by_the_list_of_names(tmp_path: Path, names: mutants.Names) -> None:
    text = SAMPLE.replace("is_late", "comes_after").replace("last", "end")
    (tmp_path / "sample.py").write_text(text, "utf-8")
    mutant = Mutant(1, "sign", "is_late", "return day - last + 1", "return day + last + 1", 0, "sample.py")
    assert mutants.find_place(mutant, tmp_path, {}) is None
    place = mutants.find_place(mutant, tmp_path, names)
    assert place is not None
    assert text.splitlines()[place.row].strip() == LATER


def test_names_of_today_are_paired_by_the_shape_of_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SAMPLE.replace("is_late", "comes_after").replace("last", "end")
    (tmp_path / "sample.py").write_text(text, "utf-8")
    drawn = [
        Mutant(1, "sign", "is_late", "return day - last + 1", "return day + last + 1", 0, "sample.py"),
        Mutant(2, "sign", "is_late", "return day - last + 2", "return day + last + 2", 0, "sample.py"),
    ]
    mutants._write_lines(tmp_path / "mutants.jsonl", (asdict(each) for each in drawn))
    monkeypatch.setattr(mutants, "DRAWN", tmp_path / "mutants.jsonl")
    paired, lost = mutants.pair_mutants(tmp_path, {})
    assert paired == {1: {"function": "comes_after", "line": LATER, "mutant": "return day + end + 1"}}
    assert [each.number for each in lost] == [2]


def test_a_mutant_is_made_in_the_words_of_today() -> None:
    mutant = Mutant(1, "sign", "is_late", "return day - last", "return day + last", 0, "sample.py")
    assert mutants.rename(mutant, {"words": {"last": "end"}}).mutant == "return day + end"


def test_a_changed_line_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(SAMPLE, "utf-8")
    with mutants._changed(tmp_path, mutants.Place(path, 5), "return 1"):
        assert path.read_text("utf-8") == SAMPLE.replace("return 0", "return 1")
    assert path.read_text("utf-8") == SAMPLE


def test_a_work_tree_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()
    with pytest.raises(SystemExit):
        mutants.run_mutants(tmp_path, tmp_path / "results.jsonl")


RULE = "def is_late(day):\n    return day > 3\n\n\ndef unused(day):\n    return day + 1\n"
TESTS = """
from moothall.access import is_late

def test_late():
    assert is_late(4)
    assert not is_late(3)

def test_that_always_fails():
    assert is_late(0)
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree with one module, its tests and three mutants."""
    options = 'env -u DJANGO_SETTINGS_MODULE PYTEST_ADDOPTS="-p no:django"'
    files = {
        "src/moothall/__init__.py": "",
        "src/moothall/access.py": RULE,
        "tests/permissions/test_late.py": TESTS,
        "tests/permissions/test_broken.py": "import moothall.lost\n",
        "conftest.py": f"import sys\nsys.path.insert(0, {str(tmp_path / 'tree' / 'src')!r})\n",
        ".venv/bin/python": f'#!/bin/sh\nexec {options} {sys.executable} "$@"\n',
    }
    for name, text in files.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "tree" / ".venv" / "bin" / "python").chmod(0o755)
    drawn = [
        Mutant(1, "comparison", "is_late", "return day > 3", "return day >= 3", 0, "access.py"),
        Mutant(2, "sign", "unused", "return day + 1", "return day - 1", 0, "access.py"),
        Mutant(3, "sign", "lost", "return day + 1", "return day - 1", 0, "access.py"),
    ]
    mutants._write_lines(tmp_path / "mutants.jsonl", (asdict(each) for each in drawn))
    monkeypatch.setattr(mutants, "DRAWN", tmp_path / "mutants.jsonl")
    mutants._failing.cache_clear()
    mutants._read.cache_clear()
    return tmp_path / "tree"


def test_a_run_tells_mutants_that_tests_notice_from_those_that_survive(tree: Path, tmp_path: Path) -> None:
    mutants.run_mutants(tree, tmp_path / "results.jsonl")
    found = mutants._read_lines(tmp_path / "results.jsonl")
    assert [row["result"] for row in found] == ["killed", "survived", "not found"]
    assert found[0]["test"] == "tests/permissions/test_late.py::test_late"
    assert (tree / "src" / "moothall" / "access.py").read_text("utf-8") == RULE


def test_a_run_that_was_stopped_puts_its_file_back_and_goes_on(tree: Path, tmp_path: Path) -> None:
    path = tree / "src" / "moothall" / "access.py"
    stopped = mutants._changed(tree, mutants.Place(path, 1), "return day")
    stopped.__enter__()
    mutants._write_lines(tmp_path / "results.jsonl", [{"number": 1, "result": "killed"}])
    mutants.run_mutants(tree, tmp_path / "results.jsonl")
    assert [row["number"] for row in mutants._read_lines(tmp_path / "results.jsonl")] == [1, 2, 3]
    assert path.read_text("utf-8") == RULE


def results(outcomes: Iterable[str]) -> list[dict[str, object]]:
    return [{"number": number, "result": outcome} for number, outcome in enumerate(outcomes, 1)]


def test_a_mutant_that_survives_now_and_did_not_before_is_a_failure() -> None:
    assert mutants.compare_results(results(["killed", "survived"]), results(["killed", "killed"])) == 0
    assert mutants.compare_results(results(["killed", "killed"]), results(["killed", "survived"])) == 1


def test_every_drawn_mutant_has_tests_that_are_near() -> None:
    rows = [json.loads(line) for line in mutants.DRAWN.read_text("utf-8").splitlines()]
    assert [row["number"] for row in rows] == list(range(1, sum(mutants.WANTED.values()) + 1))
    for row in rows:
        assert mutants.nearest_tests(row["file"], {})
