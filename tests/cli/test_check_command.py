"""``moothall check`` from outside: exit codes, messages without a traceback, JSON, the page, accepted findings."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from tests.packs.packs import MOOTHALL

WRONG = "The gap narrowed from 5% to 9%.\n"
RIGHT = "The gap narrowed from 9% to 5%.\n"


def moothall(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MOOTHALL, "check", *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def wrong(tmp_path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, "utf-8")
    return path


def test_nothing_found_is_0(tmp_path):
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    done = moothall(tmp_path / "right.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing found." in done.stdout


def test_a_finding_is_1_and_is_told_with_its_line(wrong):
    done = moothall(wrong)
    assert (done.returncode, done.stderr) == (1, "")
    for part in ("ERROR", "line 1", "narrowed", "9% > 5%", "1 error"):
        assert part in done.stdout


def test_only_findings_of_the_asked_severity_count(tmp_path):
    path = tmp_path / "doubtful.txt"
    path.write_text(
        "% at L4+\t2014\t\t\n\tReading\tWriting\tMaths\nGirls\t94\t93\t89\nBoys\t84\t83\t79\nAll\t89\t88\t88\n"
    )
    assert moothall(path).returncode == 1
    assert moothall(path, "--severity", "error").returncode == 0


def test_json_is_one_object_with_findings_and_coverage(wrong):
    done = moothall(wrong, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["paper"] == "wrong.txt"
    assert [finding["rule"] for finding in told["findings"]] == ["stated-direction"]
    assert told["findings"][0]["location"]["line"] == 1
    assert told["coverage"]["claims_checked"]["direction in a sentence"] == 1


def test_html_is_written_beside_what_is_printed(wrong, tmp_path):
    done = moothall(wrong, "--html", tmp_path / "findings.html")
    assert done.returncode == 1
    assert '<mark class="found">' in (tmp_path / "findings.html").read_text("utf-8")


def test_an_accepted_finding_is_left_out_and_counted(wrong, tmp_path):
    finding = json.loads(moothall(wrong, "--json").stdout)["findings"][0]
    accepted = tmp_path / "accepted.toml"
    accepted.write_text(f'[[accepted]]\nid = "{finding["id"]}"\nwho = "A. Clerk"\nwhy = "Restated."\n', "utf-8")
    done = moothall(wrong, "--ignore", accepted)
    assert done.returncode == 0
    assert "1 accepted finding" in done.stdout


def test_an_acceptance_without_a_reason_is_2(wrong, tmp_path):
    (tmp_path / "accepted.toml").write_text('[[accepted]]\nid = "abc"\nwho = "A. Clerk"\n', "utf-8")
    done = moothall(wrong, "--ignore", tmp_path / "accepted.toml")
    assert done.returncode == 2
    assert "has no why" in done.stderr


@pytest.mark.parametrize("name", ["garbage.txt", "garbage.pdf", "garbage.docx"])
def test_garbage_is_2_with_one_sentence_and_no_traceback(tmp_path, name):
    garbage = tmp_path / name
    garbage.write_bytes((b"%PDF-1.7\n" if name.endswith("pdf") else b"\0") + random.Random(3).randbytes(9_000))  # noqa: S311
    done = moothall(garbage)
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_2(tmp_path):
    done = moothall(tmp_path / "missing.pdf")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_page_that_cannot_be_written_is_2_with_a_sentence(wrong, tmp_path):
    done = moothall(wrong, "--html", tmp_path / "no" / "such" / "folder" / "x.html")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_binary_list_of_accepted_findings_is_2(wrong, tmp_path):
    (tmp_path / "accepted.toml").write_bytes(b"\xff\xfe\0\0")
    assert moothall(wrong, "--ignore", tmp_path / "accepted.toml").returncode == 2
