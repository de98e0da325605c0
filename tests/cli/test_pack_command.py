"""``moothall pack`` from outside: exit codes, messages without a traceback, JSON for machines, and Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from moothall.cli import run
from moothall.cli.pack import command
from tests.packs.packs import MOOTHALL, put, report
from tests.shared import needs_shared, shared

ITEMS = '[[item]]\nnumber = 1\ntitle = "Minutes – déjà vu"\npapers = ["a.html"]\n'


@pytest.fixture
def meeting(tmp_path) -> Path:
    return put(tmp_path / "papers", {"a.html": report("A", pages=3)}, ITEMS)


def moothall(tmp_path: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    line = [*MOOTHALL, *map(str, arguments)]
    cache = {"MOOTHALL_CACHE": str(tmp_path / "cache")}
    return subprocess.run(line, capture_output=True, env={**os.environ, **cache, **environment}, check=False)


def test_done_is_0_and_says_what_was_made_and_where(meeting, tmp_path):
    done = moothall(tmp_path, "pack", meeting, "--out", tmp_path / "out")
    assert done.returncode == 0
    said = done.stdout.decode()
    for part in ("Audit Committee", "Minutes", "pages", str(tmp_path / "out" / "public" / "pack.pdf"), "seconds"):
        assert part in said
    assert done.stderr == b""


def test_json_is_the_manifest_and_nothing_else_is_on_standard_output(meeting, tmp_path):
    done = moothall(tmp_path, "pack", meeting, "--out", tmp_path / "out", "--json")
    assert json.loads(done.stdout) == json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert done.stderr == b""


def test_quiet_says_nothing(meeting, tmp_path):
    done = moothall(tmp_path, "pack", meeting, "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


SHOWN_WAYS = {"in words": (), "quiet": ("--quiet",), "as JSON": ("--json",)}


@needs_shared
@pytest.mark.parametrize("options", SHOWN_WAYS.values(), ids=list(SHOWN_WAYS))
def test_public_pack_with_an_unapplied_redaction_is_1_until_the_paper_is_named(tmp_path, options):
    line = ("pack", shared("cases", "packs", "redact.toml"), "--out", tmp_path / "out", *options)
    stopped = moothall(tmp_path, *line)
    assert stopped.returncode == 1
    assert b"redact-not-applied.pdf" in stopped.stderr
    assert not (tmp_path / "out").exists()
    if options == ("--json",):
        told = json.loads(stopped.stdout)
        assert told["error"] == "hidden-content-not-checked"
        assert [paper["path"] for paper in told["papers"]] == ["redact-not-applied.pdf"]
        assert told["papers"][0]["found"][0]["code"] == "redaction-not-applied"
    else:
        assert stopped.stdout == b""
    done = moothall(tmp_path, *line, "--hidden-content-checked", "redact-not-applied.pdf")
    assert done.returncode == 0
    assert (tmp_path / "out" / "public" / "manifest.json").exists()


WRONG = {
    "no such file": ("pack {here}/none.toml --out {out}", "none.toml"),
    "no --out": ("pack {meeting}", "Missing option '--out'"),
    "an unknown variant": ("pack {meeting} --out {out} --variant secret", "'secret' is not one of"),
    "an unknown option": ("pack {meeting} --out {out} --fast", "No such option"),
    "a mistake in the meeting file": ("pack {bad} --out {out}", "bad.toml, line 2"),
    "a damaged paper": ("pack {damaged} --out {out}", "x.docx"),
    "no such manifest": ("pack {meeting} --out {out} --reissue-of {here}/none.json", "none.json"),
    "a supplement without a reason": ("pack {meeting} --out {out} --supplement-of {here}/m.json", "--reason"),
    "beside nothing": ("pack {meeting} --out {out} --beside {here}/m.json", "--beside"),
    "no such folder of papers": ("pack {meeting} --out {out} --papers {here}/gone", "gone"),
    "a cache that is a file": ("pack {meeting} --out {out} --cache {bad}", "bad.toml"),
    "a paper that is not listed": ("pack {meeting} --out {out} --hidden-content-checked b.html", "b.html"),
    "an --out that is a file": ("pack {meeting} --out {bad}", "bad.toml"),
    "no such command": ("pakc", "No such command"),
}


@pytest.mark.parametrize(("line", "message"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_2_and_one_message(meeting, tmp_path, line, message, capfd):
    bad = tmp_path / "bad.toml"
    bad.write_text('council = "A"\nboddy = "B"\n')
    damaged = put(tmp_path / "damaged", {"x.docx": b"PK\x03\x04 broken"}, ITEMS.replace("a.html", "x.docx"))
    places = {"here": tmp_path, "out": tmp_path / "out", "meeting": meeting, "bad": bad, "damaged": damaged}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOOTHALL_CACHE", str(tmp_path / "cache"))
        assert run([part.format(**places) for part in line.split()]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert message in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists()


def test_a_fault_of_our_own_is_70_without_a_traceback(meeting, tmp_path, monkeypatch, capfd):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of our own")

    monkeypatch.setattr("moothall.cli.pack.build", broken)
    assert run(["pack", str(meeting), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]) == 70
    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert "ZeroDivisionError" in said


def test_the_help_has_an_example_and_every_option_explained():
    said = CliRunner().invoke(command, ["--help"]).output
    assert "Example: moothall pack meeting.toml --out pack" in said
    for option in (
        "--papers",
        "--variant",
        "--supplement-of",
        "--reissue-of",
        "--beside",
        "--reason",
        "--number",
        "--hidden-content-checked",
        "--cache",
    ):
        assert option in said


def test_titles_go_to_a_terminal_that_cannot_show_them(meeting, tmp_path):
    done = moothall(tmp_path, "pack", meeting, "--out", tmp_path / "out", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Minutes" in done.stdout


def test_a_reader_who_leaves_early_is_no_fault(meeting, tmp_path):
    line = [*MOOTHALL, "pack", str(meeting), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert b"Traceback" not in said
    assert (tmp_path / "out" / "manifest.json").exists()


def many(tmp_path: Path) -> Path:
    """A meeting that takes some seconds."""
    papers = {f"{number}.html": report(f"Paper {number}", "<p>Word.</p>" * 400, pages=20) for number in range(16)}
    listed = ", ".join(f'"{name}"' for name in papers)
    return put(tmp_path / "many", papers, f'[[item]]\nnumber = 1\ntitle = "All"\npapers = [{listed}]\n')


def on_a_terminal(line: list[str]) -> str:
    """What a command shows on standard error when that is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return shown.decode(errors="replace")


@pytest.mark.slow
def test_work_of_over_a_second_shows_a_bar_on_a_terminal_and_only_there(meeting, tmp_path):
    def line(patience, *more):
        """The command, told how many seconds of work pass before it shows a bar."""
        program = f"from moothall.cli import main, output; output.PATIENCE = {patience}; main()"
        out = [str(tmp_path / "out"), "--cache", str(tmp_path / f"cache {patience}")]
        return [sys.executable, "-c", program, "pack", str(meeting), "--out", *out, *more]

    assert "%" in on_a_terminal(line(0))
    assert "%" not in on_a_terminal(line(1000))
    assert "%" not in on_a_terminal(line(0, "--quiet"))
    assert subprocess.run(line(0), capture_output=True, check=True).stderr == b""


@pytest.mark.slow
def test_ctrl_c_is_130_and_leaves_nothing(tmp_path):
    meeting = many(tmp_path)
    line = [*MOOTHALL, "pack", str(meeting), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    # a shell that begins work behind itself lets it ignore Ctrl-C, which the work of these tests inherits
    as_in_front = ["env", "--default-signal=INT"]
    process = subprocess.Popen([*as_in_front, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (tmp_path / "cache").exists():
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 130, said
    assert b"Nothing was written" in said
    assert b"Traceback" not in said
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    assert {each.name for each in (tmp_path / "cache").rglob(".*")} <= {".tidied"}  # when it was tidied up last
