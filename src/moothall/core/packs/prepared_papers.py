"""Makes each paper ready to be bound: whatever it came as, it leaves as a PDF with its pages counted.

What was made of a file is kept in the store under the file's hash: a pack made again after one change reads and
sets one paper.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moothall.core.documents.errors import CannotRead, PressError, WordsLost
from moothall.core.documents.warnings import Caution
from moothall.core.packs.meeting_file import Paper
from moothall.core.packs.worker_pool import may_fork, open_process_pool
from moothall.core.pdf.cache import Store, digest, file_digest, whole
from moothall.core.pdf.code_version import edition
from moothall.core.pdf.merge import Part, fold_ahead

if TYPE_CHECKING:
    from moothall.core.pdf.reader import TakenIn
    from moothall.core.pdf.reader.process_client import Reader

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper ready to be bound. ``sha256`` is of the paper as it came.

    ``html`` is its content for the web pages and ``images`` the pictures in it by name, where Moothall set the paper;
    ``taken`` is what is known of an uploaded PDF.
    """

    paper: Paper
    title: str
    pdf: Path
    pages: int
    sha256: str
    cautions: tuple[Caution, ...] = ()
    language: str = ""
    html: str | None = None
    images: Mapping[str, Path] = field(default_factory=dict)
    taken: TakenIn | None = None

    def part(self, key: str, labels: tuple[str, ...], outline: tuple[str, ...]) -> Part:
        """The paper as a part of a volume."""
        return Part(
            self.pdf,
            self.title,
            key,
            labels,
            outline,
            clear=tuple(page.clear for page in self.taken.pages) if self.taken else (),
            text=tuple(page.text for page in self.taken.pages) if self.taken else (),
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where papers are made ready: the store, the date written into them, the language of the pack.

    ``alone``: nothing else goes on in this process, so that others may be forked from it.
    """

    store: Store
    created: dt.datetime
    language: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    """A paper that Moothall sets, its size and digest, the key that it is kept under, and what is kept, if it is."""

    paper: Paper
    size: int
    sha256: str
    key: str
    kept: Mapping[str, Any] | None


def prepare(
    papers: Sequence[Paper],
    *,
    store: Store,
    created: dt.datetime,
    language: str,
    progress: Progress,
    alone: bool = False,
) -> tuple[Prepared, ...]:
    """Every paper made ready for a pack in ``language``, in order; ``alone`` as for ``build``.

    Raises PressError, naming the paper that cannot be read, or WordsLost.
    """
    uploads = [paper for paper in papers if paper.path.suffix.lower() == ".pdf"]
    written = [paper for paper in papers if paper.path.suffix.lower() != ".pdf"]
    desk = _Desk(store, created, language, alone)
    taken = _take_in(uploads, desk, progress)
    own = _set(written, desk, progress)
    return tuple(own.get(paper.key) or _upload(paper, taken[paper.key]) for paper in papers)


def _take_in(uploads: Sequence[Paper], desk: _Desk, progress: Progress) -> Mapping[str, TakenIn]:
    """The uploaded papers, each read and folded in a process of its own."""
    if not uploads:
        return {}
    from moothall.core.pdf.reader import take_in_all  # noqa: PLC0415 - a pack without uploads needs none of it
    from moothall.core.pdf.reader.process_client import fold_apart  # noqa: PLC0415

    def fold(at: int, taken: TakenIn, reader: Reader) -> None:
        part = _upload(uploads[at], taken).part("", (), ())
        fold_apart(part, desk.language, store=desk.store, reader=reader)

    def told(done: int, of: int) -> None:
        progress("Reading PDFs", done, of)

    results = take_in_all([paper.path for paper in uploads], store=desk.store, progress=told, then=fold)
    taken: dict[str, TakenIn] = {}
    for paper, result in zip(uploads, results, strict=True):
        if isinstance(result, PressError):
            raise type(result)(f"{paper.listed_as}: {result}") from None
        taken[paper.key] = result
    return taken


def _upload(paper: Paper, taken: TakenIn) -> Prepared:
    return Prepared(
        paper=paper,
        title=paper.title or _tidy(paper.path.stem),
        pdf=taken.pdf,
        pages=len(taken.pages),
        sha256=taken.sha256,
        cautions=_placed(taken.cautions, paper),
        language=taken.language,
        taken=taken,
    )


def _set(papers: Sequence[Paper], desk: _Desk, progress: Progress) -> Mapping[str, Prepared]:
    """Papers that Moothall sets itself: out of the store, or else made on all processors."""
    looked = [_look_up(paper, desk) for paper in papers]
    new = [each for each in looked if each.kept is None]
    known = len(papers) - len(new)

    def told(done: int) -> None:
        progress("Setting papers", known + done, len(papers))

    made = _made(new, desk, told)
    return {each.paper.key: _kept(each, each.kept or made[each.paper.key], desk.store) for each in looked}


def _made(new: Sequence[_Looked], desk: _Desk, told: Callable[[int], None]) -> Mapping[str, Mapping[str, Any]]:
    """Return what came of each new paper.

    A process with nothing else to do makes them in worker processes. What no worker could finish, because one was
    killed or the system has no process for it, is made here.
    """
    made: dict[str, Mapping[str, Any]] = {}
    if desk.alone and len(new) > 1 and may_fork():
        with suppress(BrokenProcessPool, OSError), open_process_pool(len(new)) as pool:
            _make_all(new, desk, pool, made, told)
    left = [each for each in new if each.paper.key not in made]
    # One more than there are processors: the setter leaves Python while it works, but the rest waits for each other.
    with ThreadPoolExecutor(1 + (os.cpu_count() or 1)) as threads:
        _make_all(left, desk, threads, made, told)
    return made


def _make_all(
    new: Sequence[_Looked],
    desk: _Desk,
    pool: Executor,
    made: dict[str, Mapping[str, Any]],
    told: Callable[[int], None],
) -> None:
    """Make papers in a pool, and add what came of each to ``made``. Raises the error of the first that has one.

    The largest begin first, so that no worker is left to finish one alone.
    """
    keys: dict[Future[Mapping[str, Any]], str] = {}
    for each in sorted(new, key=lambda each: -each.size):
        keys[pool.submit(_ready, each, desk)] = each.paper.key
    for job in as_completed(keys):
        if job.exception() is None:
            made[keys[job]] = job.result()
            told(len(made))
    jobs = {key: job for job, key in keys.items()}
    for each in new:
        jobs[each.paper.key].result()


def _look_up(paper: Paper, desk: _Desk) -> _Looked:
    with _named(paper):
        sha256 = file_digest(paper.path)
        key = digest("paper", sha256, paper.path.name, desk.created.isoformat(), edition())
        kept = desk.store.read_json(key)
        size = paper.path.stat().st_size
    there = kept is not None and whole(desk.store.root / kept["pdf"])
    return _Looked(paper, size, sha256, key, kept if there else None)


def _ready(looked: _Looked, desk: _Desk) -> Mapping[str, Any]:
    """Read, set and fold a paper at once, for another may be at the next step meanwhile."""
    with _named(looked.paper):
        kept = _make(looked.paper, looked.key, desk.store, desk.created)
    fold_ahead(_kept(looked, kept, desk.store).part("", (), ()), desk.language, store=desk.store)
    return kept


@contextmanager
def _named(paper: Paper) -> Iterator[None]:
    """Name the paper in what is wrong with it."""
    try:
        yield
    except PressError as error:
        raise type(error)(f"{paper.listed_as}: {str(error).removeprefix(f'{paper.path.name}: ')}") from None
    except WordsLost as error:
        raise error.of(paper.listed_as) from None
    except OSError as error:
        raise CannotRead(f"{paper.listed_as} cannot be read: {error.strerror}.") from None


def _make(paper: Paper, key: str, store: Store, created: dt.datetime) -> dict[str, Any]:
    """Read and set a paper; keep what came of it, unless it draws on pictures in other files (or should)."""
    from moothall.core.documents import readers  # noqa: PLC0415 - a pack made again reads next to nothing
    from moothall.core.packs.web_edition.paper_html import fragment  # noqa: PLC0415
    from moothall.core.pdf.typeset import set_paper  # noqa: PLC0415

    reading = readers.read(paper.path)
    document = reading.document
    part = set_paper(document, store=store, created=created)
    for name, image in document.images.items():
        store.write(name.partition(".")[0], f".{name.partition('.')[2]}", image)
    made = {
        "title": _title(document),
        "language": document.language,
        "pdf": part.pdf.relative_to(store.root).as_posix(),
        "pages": part.pages,
        "html": fragment(document),
        "images": list(document.images),
        "cautions": [
            [each.code, each.message, each.place, each.excerpt] for each in (*reading.cautions, *part.cautions)
        ],
    }
    if not document.images and not any(each.code.startswith("picture-") for each in reading.cautions):
        store.write_json(key, made)
    return made


def _kept(looked: _Looked, kept: Mapping[str, Any], store: Store) -> Prepared:
    paper = looked.paper
    return Prepared(
        paper=paper,
        title=paper.title or kept["title"],
        pdf=store.root / kept["pdf"],
        pages=kept["pages"],
        sha256=looked.sha256,
        cautions=_placed([Caution(*each) for each in kept["cautions"]], paper),
        language=kept["language"],
        html=kept["html"],
        images={name: store.path(name.partition(".")[0], f".{name.partition('.')[2]}") for name in kept["images"]},
    )


def _placed(cautions: Sequence[Caution], paper: Paper) -> tuple[Caution, ...]:
    return tuple(
        replace(caution, place=f"{paper.listed_as}{', ' if caution.place else ''}{caution.place}")
        for caution in cautions
    )


def _title(document: Any) -> str:
    """The heading that the paper begins with, where it is a title and no numbered section."""
    from moothall.core.documents.inlines import standing  # noqa: PLC0415
    from moothall.core.documents.tree import Heading  # noqa: PLC0415

    first = document.blocks[0] if document.blocks else None
    if isinstance(first, Heading) and first.level == 1 and not first.number:
        return standing(first.content)
    return str(document.title)


def _tidy(stem: str) -> str:
    """A file's name as a title: without the underscores that stood for spaces."""
    return " ".join(stem.replace("_", " ").split())
