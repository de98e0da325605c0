"""The record of packs, figures and command lines is taken from outside and can be compared."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.recorded import command_cases as cases
from tests.recorded.files import count_and_hash, write_json
from tests.recorded.pack_facts import describe_manifest, shorten_labels
from tests.recorded.running import Runner, find_command

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("*.py")), ids=lambda path: path.name)
def test_a_record_imports_nothing_of_moothall(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.split(".")[0] == "moothall"]


def test_every_command_has_lines_that_are_recorded(tmp_path: Path) -> None:
    shown = Runner(find_command(), tmp_path).run("--help", cwd=tmp_path).stdout.decode()
    commands = re.findall(r"^  ([a-z-]+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    scenarios = [*cases.COMMANDS.values(), *cases.HOUSE.values(), cases.BEGINNING, cases.DEMO]
    lines = [line for scenario in scenarios for line in scenario if "--help" not in line]
    assert commands
    assert [name for name in commands if not any(f"moothall {name}" in line for line in lines)] == []


def test_labels_are_written_as_ranges() -> None:
    assert shorten_labels(["1", "2", "3", "3a", "E1", "E2", "9"]) == "1-3, 3a, E1-E2, 9"


def test_a_manifest_is_recorded_without_hashes_sentences_and_keys() -> None:
    manifest = {
        "pages": 2,
        "parts": [{"key": "paper-0f", "labels": ["1", "2"]}],
        "items": [{"number": 1, "papers": [{"key": "paper-0f", "sha256": "0f", "pages": 2}]}],
        "warnings": [{"code": "to-follow", "message": "A sentence.", "place": "item 1"}],
    }
    assert describe_manifest(manifest) == {
        "pages": 2,
        "parts": [{"key": "part 1", "labels": "1-2"}],
        "items": [{"number": 1, "papers": [{"key": "part 1", "pages": 2}]}],
        "warnings": [{"code": "to-follow", "place": "item 1"}],
    }


def test_words_in_another_order_differ_only_in_the_hash_of_their_order() -> None:
    one, two = count_and_hash(["a", "b"]), count_and_hash(["b", "a"])
    assert one[:2] == two[:2]
    assert one[2] != two[2]


def test_a_record_is_written_alike_whatever_the_order_of_its_keys(tmp_path: Path) -> None:
    long = ["x" * 200, ["y" * 200]]
    for name, value in (("one", {"a": 1, "b": long}), ("two", {"b": long, "a": 1})):
        write_json(tmp_path / name, value)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert json.loads((tmp_path / "one").read_text("utf-8")) == {"a": 1, "b": long}
