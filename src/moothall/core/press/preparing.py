"""Makes each paper ready to be bound: whatever it came as, it leaves as a PDF with its pages counted.

What was made of a file is kept in the store under the file's hash: a pack made again after one change reads and
sets one paper.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from moothall.core.press.binding import Part, fold_ahead
from moothall.core.press.cautions import Caution
from moothall.core.press.edition import edition
from moothall.core.press.errors import CannotRead, PressError
from moothall.core.press.intake import TakenIn, take_in_all
from moothall.core.press.intake.apart import fold_apart
from moothall.core.press.intake.host import Reader
from moothall.core.press.meeting_file import Paper
from moothall.core.press.store import Store, digest, file_digest, whole

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
    """Where papers are made ready: the store, the date written into them, the language of the pack."""

    store: Store
    created: dt.datetime
    language: str


def prepare(
    papers: Sequence[Paper], *, store: Store, created: dt.datetime, language: str, progress: Progress
) -> tuple[Prepared, ...]:
    """Every paper made ready for a pack in ``language``, in order.

    Raises PressError, naming the paper that cannot be read.
    """
    uploads = [paper for paper in papers if paper.path.suffix.lower() == ".pdf"]
    written = [paper for paper in papers if paper.path.suffix.lower() != ".pdf"]
    desk = _Desk(store, created, language)
    taken = _take_in(uploads, desk, progress)
    own = _set(written, desk, progress)
    return tuple(own.get(paper.key) or _upload(paper, taken[paper.key]) for paper in papers)


def _take_in(uploads: Sequence[Paper], desk: _Desk, progress: Progress) -> Mapping[str, TakenIn]:
    """The uploaded papers, each read and folded in a process of its own."""
    if not uploads:
        return {}

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
    """Papers that Moothall sets itself, on all processors: the setter leaves Python while it works.

    One more than there are processors, since they wait for each other when they do not set.
    """
    done: dict[str, Prepared] = {}
    with ThreadPoolExecutor(1 + (os.cpu_count() or 1)) as pool:
        for prepared in pool.map(lambda paper: _own(paper, desk), papers):
            done[prepared.paper.key] = prepared
            progress("Setting papers", len(done), len(papers))
    return done


def _own(paper: Paper, desk: _Desk) -> Prepared:
    """The paper out of the store, or else read, set and folded: all at once, for another may be at it meanwhile."""
    store = desk.store
    try:
        sha256 = file_digest(paper.path)
        key = digest("paper", sha256, paper.path.name, desk.created.isoformat(), edition())
        kept = store.read_json(key)
        if made := kept is None or not whole(store.root / kept["pdf"]):
            kept = _make(paper, key, store, desk.created)
    except PressError as error:
        raise type(error)(f"{paper.listed_as}: {str(error).removeprefix(f'{paper.path.name}: ')}") from None
    except OSError as error:
        raise CannotRead(f"{paper.listed_as} cannot be read: {error.strerror}.") from None
    prepared = _kept(paper, sha256, kept, store)
    if made:
        fold_ahead(prepared.part("", (), ()), desk.language, store=store)
    return prepared


def _make(paper: Paper, key: str, store: Store, created: dt.datetime) -> dict[str, Any]:
    """Read and set a paper; keep what came of it, unless it draws on pictures in other files (or should)."""
    from moothall.core.press import readers  # noqa: PLC0415 - a pack made again reads next to nothing
    from moothall.core.press.fragment import fragment  # noqa: PLC0415
    from moothall.core.press.setting import set_paper  # noqa: PLC0415

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
        "cautions": [[each.code, each.message, each.place] for each in (*reading.cautions, *part.cautions)],
    }
    if not document.images and not any(each.code.startswith("picture-") for each in reading.cautions):
        store.write_json(key, made)
    return made


def _kept(paper: Paper, sha256: str, kept: Mapping[str, Any], store: Store) -> Prepared:
    return Prepared(
        paper=paper,
        title=paper.title or kept["title"],
        pdf=store.root / kept["pdf"],
        pages=kept["pages"],
        sha256=sha256,
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
    from moothall.core.press.tree.inlines import standing  # noqa: PLC0415
    from moothall.core.press.tree.nodes import Heading  # noqa: PLC0415

    first = document.blocks[0] if document.blocks else None
    if isinstance(first, Heading) and first.level == 1 and not first.number:
        return standing(first.content)
    return str(document.title)


def _tidy(stem: str) -> str:
    """A file's name as a title: without the underscores that stood for spaces."""
    return " ".join(stem.replace("_", " ").split())
