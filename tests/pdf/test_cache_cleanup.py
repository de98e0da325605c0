"""The cache stays small: leftovers of killed processes go, and what nobody uses; what is at work or in use stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from moothall.core.pdf import cache_cleanup
from moothall.core.pdf.cache import Store, digest, whole
from moothall.core.pdf.cache_cleanup import DAY, MOMENT, Bounds, tidy

NOW = 2_000_000_000.0

AT_WORK = """
import sys
from pathlib import Path
from moothall.core.pdf.cache import Store
store = Store(Path(sys.argv[1]))

def begin(path):
    path.write_bytes(b"half")
    with store.scratch() as folder:
        (folder / "clean.pdf").write_bytes(b"half")
        print("begun", flush=True)
        sys.stdin.read()

store.make("ab" * 32, ".pdf", begin)
"""


@contextmanager
def at_work(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is making something, and has got half-way."""
    command = [sys.executable, "-c", AT_WORK, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        try:
            yield process
        finally:
            process.kill()


def begun(root: Path) -> list[Path]:
    return [*root.glob(".scratch-*"), *root.glob("??/.making-*")]


def age(paths: list[Path], seconds: float, now: float = NOW) -> None:
    for path in paths:
        os.utime(path, (now - seconds, now - seconds))


def test_what_a_killed_process_left_goes_at_the_next_start(tmp_path: Path) -> None:
    with at_work(tmp_path) as process:
        process.kill()
        process.wait()
    assert len(begun(tmp_path)) == 2
    age(begun(tmp_path), 2 * MOMENT)
    tidy(Store(tmp_path), at=NOW)
    assert begun(tmp_path) == []


def test_what_a_process_is_at_work_on_stays(tmp_path: Path) -> None:
    with at_work(tmp_path):
        age(begun(tmp_path), DAY / 2)
        tidy(Store(tmp_path), at=NOW)
        assert len(begun(tmp_path)) == 2


def test_what_was_begun_this_moment_stays(tmp_path: Path) -> None:
    (tmp_path / ".scratch-x").mkdir()
    age(begun(tmp_path), MOMENT / 2)
    tidy(Store(tmp_path), at=NOW)
    assert len(begun(tmp_path)) == 1


def kept(store: Store, name: str, idle_days: float, size: int = 10) -> Path:
    path = store.write(digest(name), ".pdf", bytes(size - 5) + b"%%EOF")
    age([path], idle_days * DAY)
    return path


@pytest.mark.parametrize(("days", "stays"), [(0.5, True), (29, True), (31, False)])
def test_what_was_not_used_for_long_goes(tmp_path: Path, days: float, stays: bool) -> None:
    path = kept(Store(tmp_path), "a", days)
    tidy(Store(tmp_path), Bounds(days=30), at=NOW)
    assert path.exists() is stays


def test_what_was_not_used_for_the_longest_time_goes_when_there_is_too_much(tmp_path: Path) -> None:
    store = Store(tmp_path)
    paths = [kept(store, name, days) for name, days in (("a", 4), ("b", 20), ("c", 2), ("d", 0.1))]
    tidy(store, Bounds(size=25), at=NOW)
    assert [path.exists() for path in paths] == [False, False, True, True]


def test_what_was_used_today_stays_however_much_it_is(tmp_path: Path) -> None:
    path = kept(Store(tmp_path), "a", 0.9)
    tidy(Store(tmp_path), Bounds(size=0), at=NOW)
    assert path.exists()


@pytest.mark.parametrize("use", [whole, lambda path: Store(path.parents[1]).read(path.stem, path.suffix)])
def test_to_look_at_something_is_to_use_it(tmp_path: Path, use) -> None:
    now = time.time()
    path = kept(Store(tmp_path), "a", 0)
    age([path], 60 * DAY, now)
    assert use(path)
    tidy(Store(tmp_path), Bounds(days=30), at=now)
    assert path.exists()


def test_a_store_is_tidied_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[float] = []
    monkeypatch.setattr(cache_cleanup, "_shrink", lambda root, bounds, now: found.append(now))
    times = [NOW, NOW + DAY / 2, NOW + DAY + 1]
    for at in times:
        tidy(Store(tmp_path), at=at)
    assert found == [times[0], times[2]]


def test_a_store_that_is_not_there_is_left_alone(tmp_path: Path) -> None:
    tidy(Store(tmp_path / "nowhere"), at=NOW)
    assert not (tmp_path / "nowhere").exists()
