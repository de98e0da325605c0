"""Taking uploaded PDFs in: one, or many at once; each in a process of its own, each only once.

What a file that is not a PDF looks like, so that the refusal can say so.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.warnings import Caution
from moothall.core.pdf.cache import Store, digest, file_digest
from moothall.core.pdf.reader.facts import Limits, TakenIn, from_plain, to_plain
from moothall.core.pdf.reader.inspection import Inspection
from moothall.core.pdf.reader.inspection import from_plain as inspection_from_plain
from moothall.core.pdf.reader.process_client import Reader, has_scans, job, read_scan, reads_scans

# Readers accept a header within the first kilobyte: some mail gateways and scanners put lines before it.
HEADER_WITHIN = 1024

_LOOKS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%!PS", "a PostScript file"),
    (b"<?xml", "an XML file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)


def looks_like(start: bytes) -> str:
    """A phrase for what begins with the bytes ``start``."""
    for magic, phrase in _LOOKS:
        if start.startswith(magic):
            return phrase
    head = start[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML)"
    if b"\x00" not in head and head.isascii():
        return "a plain text file"
    return "a file of an unknown kind"


def is_pdf(path: Path) -> bool:
    """True when a PDF header stands within the first kilobyte."""
    return b"%PDF-" in beginning(path)


def beginning(path: Path) -> bytes:
    """The first kilobyte of a file, and a little more for a header that straddles its end."""
    with path.open("rb") as file:
        return file.read(HEADER_WITHIN + 8)


def mends(path: Path) -> bool:
    """True when the file is a PDF, or at least has a PDF's objects in it and may be mended into one."""
    if is_pdf(path):
        return True
    start = beginning(path)
    if any(start.startswith(magic) for magic, _ in _LOOKS):
        return False
    with path.open("rb") as file:
        block = file.read(1 << 20)
    return b"%PDF-" in block or (b" obj" in block and b"endobj" in block)


# Raise it whenever the same PDF would be cleaned or read differently.
VERSION = "7"

Outcome = TakenIn | CannotRead
Then = Callable[[int, TakenIn, Reader], None]


def take_in(path: Path, *, store: Store, limits: Limits | None = None) -> TakenIn:
    """Make an uploaded PDF safe for a pack and learn what it holds.

    Errors: CannotRead (not a PDF, empty, no pages, damaged beyond repair, too large), PasswordNeeded, TookTooLong;
    each names the file and says what to do.
    """
    with Reader() as reader:
        return _take_in(path, reader, store=store, limits=limits or Limits())


def take_in_all(
    paths: Sequence[Path],
    *,
    store: Store,
    limits: Limits | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    then: Then | None = None,
) -> tuple[Outcome, ...]:
    """Take many PDFs in, ``workers`` at a time (default: one a processor).

    The answer has the order of ``paths``; a paper that cannot be read is its error, as a value. ``progress`` is
    called from this thread with how many are done, and of how many. ``then`` is called from other threads with the
    place of a paper among ``paths``, what is known of it, and the reading process, which is free to be asked for more;
    what it raises counts as if the paper could not be read.
    """
    count = max(1, min(workers or os.cpu_count() or 1, len(paths)))
    with ExitStack() as stack:
        readers = [stack.enter_context(Reader()) for _ in range(count)]
        free: SimpleQueue[Reader] = SimpleQueue()
        for reader in readers:
            free.put(reader)
        crew = stack.enter_context(ThreadPoolExecutor(count, thread_name_prefix="intake"))
        desk = _Desk(free, store, limits or Limits(), then)
        jobs = {at: crew.submit(desk.outcome, at, paths[at]) for at in _largest_first(paths)}
        try:
            _report(jobs.values(), progress)
        except BaseException:
            _stop(jobs.values(), readers)
            raise
        return tuple(jobs[at].result() for at in range(len(paths)))


def _largest_first(paths: Sequence[Path]) -> list[int]:
    """In which order to begin: a long paper begun last would be waited for alone."""
    sizes = [path.stat().st_size if path.is_file() else 0 for path in paths]
    return sorted(range(len(paths)), key=lambda at: -sizes[at])


def _stop(jobs: Collection[Future[Outcome]], readers: list[Reader]) -> None:
    """Give up at once: the papers that wait are not begun, those being read are let go."""
    for each in jobs:
        each.cancel()
    for reader in readers:
        reader.stop()


def inspect(path: Path, *, limits: Limits | None = None) -> Inspection:
    """Say what a PDF is, without keeping anything. Errors as :func:`take_in`."""
    allowed = limits or Limits()
    with _named_after(path):
        admit(path, allowed)
        with Reader() as reader, tempfile.TemporaryDirectory(prefix="moothall-") as folder:
            plain = reader.ask(job("inspect", path, allowed, out=str(Path(folder, "clean.pdf"))))
    seen = inspection_from_plain(plain)
    return replace(seen, risks=_named(seen.risks, path))


def _named(cautions: tuple[Caution, ...], path: Path) -> tuple[Caution, ...]:
    return tuple(replace(caution, message=caution.message.replace("{paper}", path.name)) for caution in cautions)


def _report(jobs: Collection[Future[Outcome]], progress: Callable[[int, int], None] | None) -> None:
    for done, _ in enumerate(as_completed(jobs), start=1):
        if progress:
            progress(done, len(jobs))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where many papers are taken in: who is free to read, and what comes after."""

    free: SimpleQueue[Reader]
    store: Store
    limits: Limits
    then: Then | None

    def outcome(self, at: int, path: Path) -> Outcome:
        """What came of the paper at place ``at``."""
        reader = self.free.get()
        try:
            return self._taken(at, path, reader)
        except CannotRead as error:
            return error
        finally:
            self.free.put(reader)

    def _taken(self, at: int, path: Path, reader: Reader) -> TakenIn:
        taken = _take_in(path, reader, store=self.store, limits=self.limits)
        if self.then:
            with _named_after(path):
                self.then(at, taken, reader)
        return taken


@contextmanager
def _named_after(path: Path) -> Iterator[None]:
    """Name the paper in what is wrong with it."""
    try:
        yield
    except CannotRead as error:
        raise type(error)(str(error).replace("{paper}", path.name)) from None
    except OSError as error:
        raise CannotRead(f"{path.name} could not be read: {error.strerror or error}.") from None


def _take_in(path: Path, reader: Reader, *, store: Store, limits: Limits) -> TakenIn:
    with _named_after(path):
        admit(path, limits)
        sha256 = file_digest(path)
        taken = _kept(sha256, store, limits) or _made(path, sha256, reader, store, limits)
    return replace(taken, cautions=_named(taken.cautions, path))


def admit(path: Path, limits: Limits) -> int:
    """The size of a file that may be read at all. Errors: CannotRead, with "{paper}" for its name."""
    if not path.is_file():
        raise CannotRead("{paper} is not there, or is not a file.")
    size = path.stat().st_size
    if size == 0:
        raise CannotRead("{paper} is empty (0 bytes). Ask for it again.")
    if size > limits.size:
        raise CannotRead(
            f"{{paper}} is too large: {size >> 20} MB, and the limit is {limits.size >> 20} MB. "
            "Ask for a smaller PDF, or one in parts."
        )
    if not mends(path):
        raise CannotRead(f"{{paper}} is not a PDF: it looks like {looks_like(beginning(path))}.")
    return size


def _key(sha256: str, limits: Limits) -> str:
    ocr = "ocr" if reads_scans(limits) else "no ocr"
    return digest("intake", VERSION, _libraries(), ocr, sha256)


@cache
def _libraries() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - a pack without uploads needs none of it

    return ", ".join(f"{each} {version(each)}" for each in ("pikepdf", "pypdfium2", "fonttools"))


def _kept(sha256: str, store: Store, limits: Limits) -> TakenIn | None:
    key = _key(sha256, limits)
    plain = store.read_json(key) if store.holds(key, ".pdf") else None
    return from_plain(plain, store.path(key, ".pdf")) if plain is not None else None


def _made(path: Path, sha256: str, reader: Reader, store: Store, limits: Limits) -> TakenIn:
    key = _key(sha256, limits)
    with store.scratch() as folder:
        out = folder / "clean.pdf"
        plain = reader.ask(job("take", path, limits, out=str(out), sha256=sha256))
        if reads_scans(limits) and has_scans(plain):
            out, plain = read_scan(out, plain, reader, limits)
        pdf = store.make(key, ".pdf", lambda target: _move(out, target))
    taken = from_plain(plain, pdf)
    store.write_json(key, to_plain(taken))
    return taken


def _move(made: Path, target: Path) -> None:
    made.replace(target)
