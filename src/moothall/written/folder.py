"""The folder of written pages: sets are built whole and brought to the disk, and then linked to by day and host.

    ROOT/sets-RANDOM/COUNCIL/SET/HOST/calendar/@.html    a set; whole before anything leads to it
    ROOT/now/HEADERS/HOST/DAY                            a link to the folder of a host in a set

HEADERS is a digest of what nginx tells of every page, so that an nginx told otherwise finds nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from moothall.audit.pages import GONE, SETS

READABLE = 0o755
WORTH_PACKING = 500


class Sets:
    """The sets of one council below a root."""

    def __init__(self, root: Path, council: str) -> None:
        self.root = root
        self.folder = _made(_sets(root) / council)

    def new(self) -> Path:
        """An empty set, of a name that never was."""
        return _made(self.folder / secrets.token_hex(8))

    def others(self, new: Path) -> list[Path]:
        """Every other set, whole or not, out or taken away; the latest first."""
        return sorted((each for each in self.folder.iterdir() if each != new), key=_changed, reverse=True)

    def clear_but(self, kept: Path) -> None:
        """Clear away every other set. What is taken away first cannot be served in part."""
        for each in self.folder.iterdir():
            if each != kept:
                gone = each if each.suffix == GONE else each.rename(f"{each}{GONE}")
                shutil.rmtree(gone, ignore_errors=True)

    def link(self, pages: Path, *, headers: str, host: str, day: str) -> None:
        """Lead a host on a day to a set, in one step, and let no other day of it lead anywhere."""
        place = _made(self.root / "now" / headers / host)
        link = place / f".{pages.name}"
        link.symlink_to(os.path.relpath(pages / host, place))
        link.rename(place / day)
        for each in place.iterdir():
            if each.name != day:
                each.unlink()


def put(file: Path, body: bytes, *, before: Iterable[Path] = ()) -> None:
    """Write a page and, where that is worth it, its packed form beside it.

    ``before`` are its files in earlier sets: if the page is the same in one, it is that file under a second name.
    """
    _made(file.parent)
    again = next((each for each in before if _read(each) == body), None)
    _put(file, lambda: body, again)
    if len(body) >= WORTH_PACKING and file.suffix != ".pdf":
        _put(_packed(file), lambda: gzip.compress(body, 9, mtime=0), _packed(again) if again else None)


def bring_to_disk(pages: Path) -> None:
    """Have every name in a set on the disk; its files are already."""
    for folder, _, _ in os.walk(pages):
        _sync(folder)
    _sync(pages.parent)


def _put(file: Path, made: Callable[[], bytes], again: Path | None) -> None:
    """Have a file under its name only when it is whole and on the disk: so any that is there can be taken again."""
    if again is not None:
        with suppress(OSError):  # it was cleared away meanwhile
            os.link(again, file)
            return
    body, part = made(), file.with_name(f"{file.name}.part")
    with part.open("wb") as out:
        out.write(body)
        out.flush()
        os.fchmod(out.fileno(), 0o644)
        # nginx makes its tag of this moment and the length. A digest of the page stands in for the moment: the tag is
        # another one when the page is, and tells nobody when anything was written (decision 0041)
        moment = int.from_bytes(hashlib.blake2b(body, digest_size=4).digest()) >> 1
        os.utime(out.fileno(), (moment, moment))
        os.fsync(out.fileno())
    part.rename(file)


def _changed(pages: Path) -> int:
    try:
        return pages.stat().st_ctime_ns
    except FileNotFoundError:  # cleared away meanwhile
        return 0


def _packed(file: Path) -> Path:
    return file.with_name(f"{file.name}.gz")


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _sets(root: Path) -> Path:
    """The folder of all sets, under its random name; made when there is none."""
    found = sorted(root.glob(f"{SETS}*"))
    return found[0] if found else _made(root / f"{SETS}{secrets.token_hex(8)}")


def _made(folder: Path) -> Path:
    """A folder that whoever serves it may read, whatever the mask of this process."""
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(READABLE)
    return folder


def _sync(folder: str | Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
