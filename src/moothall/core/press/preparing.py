"""Makes each paper ready to be bound: whatever it came as, it leaves as a PDF with its pages counted."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from moothall.core.press import readers
from moothall.core.press.cautions import Caution
from moothall.core.press.errors import CannotRead, PressError
from moothall.core.press.intake import TakenIn, take_in_all
from moothall.core.press.meeting_file import Paper
from moothall.core.press.setting import set_paper
from moothall.core.press.store import Store, file_digest
from moothall.core.press.tree.inlines import plain
from moothall.core.press.tree.nodes import Document, Heading

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper ready to be bound.

    ``document`` is its content tree when Moothall set it, ``taken`` what is known of an uploaded PDF; one of the two
    is None. ``sha256`` is of the paper as it came.
    """

    paper: Paper
    title: str
    pdf: Path
    pages: int
    sha256: str
    cautions: tuple[Caution, ...] = ()
    document: Document | None = None
    taken: TakenIn | None = None


def prepare(papers: Sequence[Paper], *, store: Store, created: dt.datetime, progress: Progress) -> tuple[Prepared, ...]:
    """Every paper made ready, in order. Raises PressError, naming the paper that cannot be read."""
    uploads = [paper for paper in papers if paper.path.suffix.lower() == ".pdf"]
    written = [paper for paper in papers if paper.path.suffix.lower() != ".pdf"]
    taken = _take_in(uploads, store, progress)
    own = _set(written, store, created, progress)
    return tuple(own.get(paper.key) or _upload(paper, taken[paper.key]) for paper in papers)


def _set(papers: Sequence[Paper], store: Store, created: dt.datetime, progress: Progress) -> Mapping[str, Prepared]:
    """Papers that Moothall sets itself, on all processors: the setter leaves Python while it works."""
    done: dict[str, Prepared] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for prepared in pool.map(lambda paper: _own(paper, store, created), papers):
            done[prepared.paper.key] = prepared
            progress("Setting papers", len(done), len(papers))
    return done


def _take_in(uploads: Sequence[Paper], store: Store, progress: Progress) -> Mapping[str, TakenIn]:
    if not uploads:
        return {}
    paths = [paper.path for paper in uploads]
    results = take_in_all(paths, store=store, progress=lambda done, of: progress("Reading PDFs", done, of))
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
        taken=taken,
    )


def _own(paper: Paper, store: Store, created: dt.datetime) -> Prepared:
    try:
        reading = readers.read(paper.path)
        part = set_paper(reading.document, store=store, created=created)
    except PressError as error:
        raise type(error)(f"{paper.listed_as}: {error}") from None
    except OSError as error:
        raise CannotRead(f"{paper.listed_as} cannot be read: {error.strerror}.") from None
    return Prepared(
        paper=paper,
        title=paper.title or _title(reading.document),
        pdf=part.pdf,
        pages=part.pages,
        sha256=file_digest(paper.path),
        cautions=_placed((*reading.cautions, *part.cautions), paper),
        document=reading.document,
    )


def _placed(cautions: Sequence[Caution], paper: Paper) -> tuple[Caution, ...]:
    return tuple(
        replace(caution, place=f"{paper.listed_as}{', ' if caution.place else ''}{caution.place}")
        for caution in cautions
    )


def _title(document: Document) -> str:
    """The heading that the paper begins with, where it is a title and no numbered section."""
    first = document.blocks[0] if document.blocks else None
    if isinstance(first, Heading) and first.level == 1 and not first.number:
        return plain(first.content)
    return document.title


def _tidy(stem: str) -> str:
    """A file's name as a title: without the underscores that stood for spaces."""
    return " ".join(stem.replace("_", " ").split())
