"""The same input gives the same bytes, whatever the machine, the folder, the time zone or the cache is like."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.packs.packs import MOOTHALL, make, png, put, report, tree_of, untagged_pdf

ITEMS = """
[[item]]
number = 1
title = "Cyfarfod – déjà vu 🙂"
papers = ["a.html", "b.md", "c.txt", "d.pdf", "e.png"]

[[item]]
number = "2/1"
title = "Lease"
papers = ["f.html"]
exempt = { paragraph = 3, reason = "Bids." }
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("meeting")
    untagged_pdf(folder / "d.pdf", word="Plain", pages=3)
    papers = {
        "a.html": report(
            "A", '<img src="picture.png" alt="Grey">', "<table><tr><th>x</th></tr><tr><td>1</td></tr></table>"
        ),
        "b.md": "# B\n\n1. one\n2. two\n",
        "c.txt": "C\n\nPlain text.\n",
        "e.png": png(0x33),
        "picture.png": png(0x77),
        "f.html": report("F", pages=3),
    }
    return put(folder, papers, ITEMS)


@pytest.fixture(scope="module")
def first(meeting, tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("first")
    return tree_of(make(meeting, folder / "out", cache=folder / "cache").folder)


def command(meeting: Path, out: Path, cache: Path, *, cwd: Path, **environment: str) -> None:
    line = [*MOOTHALL, "pack", meeting, "--out", out, "--cache", cache, "--quiet"]
    subprocess.run(line, cwd=cwd, env={**os.environ, **environment}, check=True)


SURROUNDINGS = {
    "another hash seed": {"PYTHONHASHSEED": "7"},
    "another time zone": {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
    "another language": {"LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2"},
    "a Turkish one": {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
}


@pytest.mark.parametrize("environment", SURROUNDINGS.values(), ids=list(SURROUNDINGS))
def test_the_pack_is_the_same_in(meeting, first, tmp_path, environment):
    command(meeting, Path("out"), Path("cache"), cwd=tmp_path, **environment)
    assert tree_of(tmp_path / "out") == first


def test_a_warm_cache_changes_nothing(meeting, first, tmp_path):
    for _ in range(2):
        assert tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder) == first


def test_a_picture_that_was_missing_is_found_once_it_is_there(tmp_path):
    page = report("A", '<img src="late.png" alt="Grey">')
    meeting = put(tmp_path, {"a.html": page}, '[[item]]\nnumber = 1\ntitle = "A"\npapers = ["a.html"]\n')
    without = make(meeting, tmp_path / "out", cache=tmp_path / "cache").leading
    assert "picture-missing" in {each.code for each in without.warnings}
    (tmp_path / "late.png").write_bytes(png(0x44))
    assert not make(meeting, tmp_path / "out", cache=tmp_path / "cache").leading.warnings
    assert list((tmp_path / "out" / "html" / "images").iterdir())
