"""Puts a made pack in place of the one before it, so that whoever looks finds a whole pack or, for a moment, none.

A pack is made in a folder of its own beside the old one. What an interrupted making left behind is cleared away by
the next; where it was interrupted in the very exchange, the old pack is put back first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from moothall.core.documents.errors import MeetingFileError, PressError
from moothall.core.pdf.cache import hold, release

MANIFEST = "manifest.json"
CONTENTS = (MANIFEST, "pack.pdf", "html", "public")
_PREFIX = ".making-"
_OLD = ".old"
_MOVED = ".moved"  # stands once the old pack is out of the way


@contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """A new folder to make a pack in; when the block ends well, its contents stand in ``out``.

    When it does not, ``out`` is as it was. Raises PressError where ``out`` cannot be written to, or holds files of
    these names that no pack put there.
    """
    with _explained(out):
        _ready(out)
        with _alone(out):
            for left in out.glob(f"{_PREFIX}*"):
                _clear(left, out)
            _refuse_foreign(out)
            making = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
            held = hold(making)
        try:
            yield making
            with _alone(out):
                _exchange(making, out)
        finally:
            shutil.rmtree(making, ignore_errors=True)
            release(held)


def keep_clear(out: Path, papers: Sequence[Path]) -> None:
    """MeetingFileError when a paper stands where the pack would be written over it."""
    taken = [(out / name).resolve() for name in CONTENTS]
    for paper in papers:
        if any(paper == place or place in paper.parents for place in taken):
            raise MeetingFileError(f"the paper {paper.name} stands where the pack is written: choose another --out.")


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise PressError(
            f"the pack cannot be written to the folder {out}: {error.strerror or error}{where}."
        ) from error


def _ready(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise MeetingFileError(f"{out} is a file; the pack needs a folder.")
    out.mkdir(parents=True, exist_ok=True)


def _refuse_foreign(out: Path) -> None:
    if (out / MANIFEST).exists():
        return
    if found := [name for name in CONTENTS if (out / name).exists()]:
        raise MeetingFileError(
            f"{out} holds {found[0]}, but no pack that Moothall made. Choose another folder, or move it away."
        )


def _exchange(making: Path, out: Path) -> None:
    """The old manifest goes first and the new one comes last: in between, there is no pack."""
    (making / _OLD).mkdir()
    _move(CONTENTS, out, making / _OLD)
    (making / _MOVED).touch()
    _move(reversed(CONTENTS), making, out)


def _clear(left: Path, out: Path) -> None:
    """Remove what an interrupted build left behind, unless that build is still at work.

    Interrupted in the exchange, a pack that was made whole is put in place after all, or else the old one put back.
    """
    held = hold(left)
    if held is None:
        return
    if not (out / MANIFEST).exists():
        _move(reversed(CONTENTS), left if (left / _MOVED).exists() else left / _OLD, out)
    shutil.rmtree(left, ignore_errors=True)
    release(held)


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        if (source / name).exists():
            os.replace(source / name, target / name)  # noqa: PTH105 - replaces, where rename would not on every system


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Nobody else clears or exchanges in ``out`` meanwhile."""
    held = hold(out, wait=True)
    try:
        yield
    finally:
        release(held)
