"""Locks on files and folders, given up when the process that holds them ends, however it does."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: no locks
    fcntl = None  # type: ignore[assignment]


def hold(place: Path, *, wait: bool = False) -> int | None:
    """A lock on a file or folder; None where another holds it, -1 where the system knows no locks."""
    if fcntl is None:
        return -1
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def release(held: int | None) -> None:
    """Give a lock up."""
    if held is not None and held >= 0:
        os.close(held)
