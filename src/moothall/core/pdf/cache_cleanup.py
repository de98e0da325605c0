"""Keeping the store small: what an interrupted process left behind goes, and what has long not been used.

At most once a day, when a command opens the store. Whatever is missing later is made again.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moothall.core.pdf.cache import BEGUN, Store, hold, release

DAY = 24 * 60 * 60
TIDIED = ".tidied"  # its time is that of the last tidying
# Between the making of such a file and the lock on it there is a moment.
MOMENT = 60


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept: nothing that was not used for ``days``, and not more than ``size`` bytes.

    What was used within the last day stays in any case: a build may be about to use it again.
    """

    days: int = 90
    size: int = 4 << 30


@dataclass(frozen=True, slots=True)
class _Kept:
    used: float
    size: int
    path: Path


def tidy(store: Store, bounds: Bounds | None = None, *, at: float | None = None) -> None:
    """Tidy the store up unless that was done within the last day. ``at`` is the time now, in seconds since 1970."""
    now = time.time() if at is None else at
    mark = store.root / TIDIED
    with suppress(OSError):  # a store that cannot be written to is reported where something is to be written
        if now - _age_of(mark) < DAY:
            return
        mark.touch()
        os.utime(mark, (now, now))
        _clear_leftovers(store.root, now)
        _shrink(store.root, bounds or Bounds(), now)


def _age_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _clear_leftovers(root: Path, now: float) -> None:
    """Remove what was begun and never finished, unless somebody is at work on it."""
    for pattern in BEGUN:
        for left in (*root.glob(pattern), *root.glob(f"??/{pattern}")):
            with suppress(OSError):
                age = now - left.stat().st_mtime
                if age > DAY or (age > MOMENT and _abandoned(left)):
                    _remove(left)


def _abandoned(left: Path) -> bool:
    """Whether the process that began it is gone: with it went its lock."""
    held = hold(left)
    release(held)
    return held is not None and held >= 0


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()


def _shrink(root: Path, bounds: Bounds, now: float) -> None:
    """Remove what was not used for the longest time, until the rest is within bounds."""
    kept = sorted(_kept(root), key=lambda each: each.used)
    left = sum(each.size for each in kept)
    for each in kept:
        idle = now - each.used
        if idle < DAY or (idle < bounds.days * DAY and left <= bounds.size):
            return
        each.path.unlink(missing_ok=True)
        left -= each.size


def _kept(root: Path) -> Iterator[_Kept]:
    """Every finished file in the store."""
    for folder in root.glob("??"):
        with os.scandir(folder) as files:
            for file in files:
                if not file.name.startswith(".") and file.is_file(follow_symlinks=False):
                    facts = file.stat()
                    yield _Kept(facts.st_mtime, facts.st_size, Path(file.path))
