"""The store: a folder of made things, each kept under the hash of what it was made from.

Locks on files and folders, given up when the process that holds them ends, however it does.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moothall.core.documents.errors import CacheFault

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


_MAKING, _SCRATCH = ".making-", ".scratch-"
# What is begun and not finished; whoever is at work on it holds a lock on it.
BEGUN = (f"{_MAKING}*", f"{_SCRATCH}*")
# A file's time tells when it was last used, to the day: what has long not been used is removed (``tidying``).
_DAY = 24 * 60 * 60


def digest(*parts: bytes | str) -> str:
    """The sha-256 (hex) of ``parts``, each preceded by its length, so that no two lists of parts collide."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8, "big"))
        whole.update(raw)
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """The sha-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A content-addressed folder. Safe for several processes: a file appears whole or not at all.

    A file that a failing disk has cut short counts as not there. Raises CacheFault where it cannot be written.
    """

    root: Path

    def path(self, key: str, suffix: str) -> Path:
        """Where the thing made from ``key`` (hex digest) stands, made or not."""
        return self.root / key[:2] / f"{key}{suffix}"

    def holds(self, key: str, suffix: str) -> bool:
        """Whether the thing made from ``key`` is there, and whole."""
        return whole(self.path(key, suffix))

    def make(self, key: str, suffix: str, maker: Callable[[Path], None]) -> Path:
        """The file for ``key``; made by ``maker(path)`` when it is not there yet.

        A maker that fails leaves nothing behind.
        """
        target = self.path(key, suffix)
        if not whole(target):
            self._put(target, maker)
        return target

    def _put(self, target: Path, maker: Callable[[Path], None]) -> None:
        with self._explained():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_MAKING, suffix=target.suffix, dir=target.parent)
            os.close(handle)
        making = Path(name)
        held = hold(making)
        try:
            with self._explained():
                maker(making)
                making.replace(target)
        finally:
            making.unlink(missing_ok=True)
            release(held)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CacheFault(
                f"the cache {self.root} cannot be written to: {error.strerror or error}. "
                "Make room, or name another folder with --cache."
            ) from error

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder beside what is kept, for the time of the block."""
        with self._explained():
            self.root.mkdir(parents=True, exist_ok=True)
            folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self.root)
        held = hold(Path(folder.name))
        try:
            with folder as name:
                yield Path(name)
        finally:
            release(held)

    def write(self, key: str, suffix: str, content: bytes) -> Path:
        """Keep ``content`` under ``key``, also where a failing disk has left something else there."""
        target = self.path(key, suffix)
        if not (whole(target) and target.read_bytes() == content):
            self._put(target, lambda path: _write(path, content))
        return target

    def read_json(self, key: str) -> Any | None:
        """The JSON value kept under ``key``, or None."""
        raw = self.read(key, ".json")
        try:
            return None if raw is None else json.loads(raw)
        except ValueError:  # cut short by a failing disk: made again
            self.path(key, ".json").unlink(missing_ok=True)
            return None

    def read(self, key: str, suffix: str) -> bytes | None:
        """What is kept under ``key``, or None."""
        try:
            with self.path(key, suffix).open("rb") as file:
                _note_use(file.fileno())
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write_json(self, key: str, value: Any) -> None:
        """Keep a JSON value under ``key``."""
        self.write(key, ".json", json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def whole(path: Path) -> bool:
    """Whether the file is there and, as far as a look at its ends can tell, not cut short."""
    try:
        with path.open("rb") as file:
            _note_use(file.fileno())
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1024))
            return size > 0 and (path.suffix != ".pdf" or b"%%EOF" in file.read())
    except (FileNotFoundError, NotADirectoryError):
        return False


def _note_use(handle: int) -> None:
    """Note, once a day, that a file is still used."""
    now = time.time()
    if now - os.fstat(handle).st_mtime > _DAY:
        with suppress(OSError):  # another's file, or one on a read-only disk
            os.utime(handle, (now, now))
