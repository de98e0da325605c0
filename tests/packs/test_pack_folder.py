"""The folder of a pack: whole or not there, whoever interrupts; nothing that is not a pack's own is touched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import resource
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from moothall.core.documents.errors import MeetingFileError, PressError
from moothall.core.packs import output_folder as publishing_module
from moothall.core.packs.manifest import read
from moothall.core.packs.output_folder import CONTENTS, publishing
from tests.packs.packs import MOOTHALL, make, put, report, tree_of

ITEMS = '[[item]]\nnumber = 1\ntitle = "Minutes"\npapers = ["a.html", "b.html"]\n'


def papers(word: str) -> dict[str, str | bytes]:
    return {"a.html": report(f"{word} A", pages=3), "b.html": report(f"{word} B")}


@pytest.fixture
def meeting(tmp_path) -> Path:
    return put(tmp_path / "papers", papers("First"), ITEMS)


def is_whole(out: Path) -> bool:
    """Whether everything that the manifest names is there as the manifest says, and nothing else of a pack's."""
    named = {each.path: each.sha256 for each in read(out / "manifest.json").outputs}
    return all(hashlib.sha256((out / path).read_bytes()).hexdigest() == sha256 for path, sha256 in named.items())


def pretend(making: Path, word: str) -> None:
    """What stands for a pack where only the folder matters."""
    for name in ("html", "public"):
        (making / name).mkdir()
        (making / name / "x").write_text(word)
    (making / "pack.pdf").write_text(word)
    (making / "manifest.json").write_text(json.dumps({"word": word}))


def words(out: Path) -> set[str]:
    return {json.loads(text)["word"] if text.startswith("{") else text for text in map(Path.read_text, files(out))}


def files(out: Path) -> list[Path]:
    return [path for name in CONTENTS for path in [out / name, *(out / name).glob("*")] if path.is_file()]


def test_a_pack_replaces_the_one_before_it_whole(tmp_path):
    for word in ("one", "two"):
        with publishing(tmp_path / "out") as making:
            pretend(making, word)
    assert words(tmp_path / "out") == {"two"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(CONTENTS)


def test_a_failed_build_leaves_the_pack_before_it_as_it_was(meeting, tmp_path):
    made = make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    before = tree_of(made.folder)
    (meeting.parent / "b.html").write_bytes(b"PK\x03\x04 not a page")
    (meeting.parent / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    meeting.write_text(meeting.read_text().replace("b.html", "b.pdf"))
    with pytest.raises(PressError, match=r"b\.pdf"):
        make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert tree_of(made.folder) == before


@pytest.mark.parametrize("moves", range(9))
def test_an_exchange_that_is_cut_off_is_put_right_by_the_next_build(tmp_path, monkeypatch, moves):
    """However many of the eight moves were made: the old pack is back, or the new one there; never a mixture."""
    out = tmp_path / "out"
    with publishing(out) as making:
        pretend(making, "old")
    cut_off_after(moves, monkeypatch)
    process = os.fork()
    if process == 0:
        try:
            with publishing(out) as making:
                pretend(making, "new")
        finally:
            os._exit(0)  # whatever happens, this process goes no further in the tests
    os.waitpid(process, 0)
    monkeypatch.undo()
    if (out / "manifest.json").exists():
        assert len(words(out)) == 1
    with pytest.raises(KeyError), publishing(out):
        raise KeyError
    assert words(out) == ({"old"} if moves < 4 else {"new"})
    assert sorted(path.name for path in out.iterdir()) == sorted(CONTENTS)


def cut_off_after(moves: int, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, made = os.replace, []

    def failing(source: Path, target: Path) -> None:
        if len(made) == moves:
            os._exit(9)
        replace(source, target)
        made.append(target)

    monkeypatch.setattr(publishing_module.os, "replace", failing)


def test_what_a_killed_build_left_is_cleared_away_but_not_one_still_at_work(tmp_path):
    out = tmp_path / "out"
    (out / ".making-dead").mkdir(parents=True)
    with publishing(out) as first:
        pretend(first, "first")
        with publishing(out) as second:
            pretend(second, "second")
        assert not (out / ".making-dead").exists()
        assert first.is_dir()
    assert words(out) == {"first"}


@pytest.mark.parametrize("name", ["public", "html", "pack.pdf"])
def test_what_no_pack_put_there_is_not_written_over(meeting, tmp_path, name):
    (tmp_path / "out" / name).mkdir(parents=True)
    with pytest.raises(MeetingFileError, match=f"holds {name}, but no pack"):
        make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / name]


def test_other_files_in_the_folder_stay(meeting, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    for _ in range(2):
        make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_the_folder_of_the_papers_may_hold_the_pack(meeting, tmp_path):
    first = make(meeting, meeting.parent, cache=tmp_path / "cache")
    assert make(meeting, meeting.parent, cache=tmp_path / "cache").leading == first.leading


def test_a_paper_is_not_written_over(meeting, tmp_path):
    make(meeting, meeting.parent, cache=tmp_path / "cache")
    meeting.write_text(meeting.read_text().replace("b.html", "html/index.html"))
    with pytest.raises(MeetingFileError, match=r"index\.html stands where the pack is written"):
        make(meeting, meeting.parent, cache=tmp_path / "cache")


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/moothall"])
def test_a_folder_that_cannot_be_is_named(meeting, tmp_path, out):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(PressError, match=out):
        make(meeting, tmp_path / out, cache=tmp_path / "cache")
    assert (tmp_path / "file").read_text() == "mine"


def start(meeting: Path, out: Path, cache: Path, **how: object) -> subprocess.Popen[bytes]:
    line = [*MOOTHALL, "pack", meeting, "--out", out, "--cache", cache, "--quiet"]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


@pytest.mark.parametrize("size", [100, 5_000, 20_000])
def test_a_full_disk_leaves_no_half_pack_and_is_named(meeting, tmp_path, size):
    make(meeting, tmp_path / "elsewhere", cache=tmp_path / "cache")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = start(meeting, tmp_path / "out", tmp_path / "cache", preexec_fn=limit)
    _, said = process.communicate()
    assert process.returncode == 2, said
    assert b"cannot be written" in said
    assert b"Traceback" not in said
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_pack_or_none(meeting, tmp_path):
    out, cache = tmp_path / "out", tmp_path / "cache"
    began = time.monotonic()
    start(meeting, out, cache).communicate()
    lasts = time.monotonic() - began
    for step in range(24):
        put(meeting.parent, papers(f"Round {step}"), ITEMS)
        process = start(meeting, out, cache)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(lasts * step / 24)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (out / "manifest.json").exists():
            assert is_whole(out)
    made = make(meeting, out, cache=cache)
    assert is_whole(out)
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(CONTENTS)


@pytest.mark.slow
def test_two_builds_into_one_folder_with_one_cache_leave_one_whole_pack(meeting, tmp_path):
    for _ in range(4):
        both = [start(meeting, tmp_path / "out", tmp_path / "cache") for _ in range(2)]
        assert [process.communicate()[1] for process in both] == [b"", b""]
        assert is_whole(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(CONTENTS)


def test_builds_in_threads_of_one_process_leave_one_whole_pack(meeting, tmp_path):
    failed: list[BaseException] = []

    def work() -> None:
        try:
            make(meeting, tmp_path / "out", cache=tmp_path / "cache")
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert is_whole(tmp_path / "out")
