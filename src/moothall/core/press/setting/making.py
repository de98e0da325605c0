"""From content to a PDF in the store: formed, compiled once, kept under the hash of all that went into it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from moothall.core.press.cautions import Caution
from moothall.core.press.errors import CannotSet, WordsLost
from moothall.core.press.setting import engine, structure
from moothall.core.press.setting.form import Form, gathering_for, paper_form
from moothall.core.press.setting.gathering import Gathering
from moothall.core.press.setting.lost_words import document_texts, find_lost_words, form_texts
from moothall.core.press.setting.nesting import refuse_deep
from moothall.core.press.setting.printed_text import printed_pieces
from moothall.core.press.setting.sheet_form import sheet_form
from moothall.core.press.setting.sheets import Sheet
from moothall.core.press.store import Store, digest
from moothall.core.press.tree.nodes import Document

_LANGUAGE = re.compile(r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?\b.*")


@dataclass(frozen=True, slots=True)
class SetPart:
    """A set part of a pack: its PDF in the store, how many pages it has, and what the clerk should look at."""

    pdf: Path
    pages: int
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperJob:
    """A paper for ``set_many``."""

    document: Document
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class SheetJob:
    """A sheet for ``set_many``."""

    sheet: Sheet
    language: str = "en-GB"


def set_paper(document: Document, *, store: Store, created: datetime, landscape: bool = False) -> SetPart:
    """Set a paper as PDF/UA-1 on A4, wide tables turned as they need; CannotSet when that cannot be done.

    ``created`` (aware) is the date written into the file. The same input gives the same bytes, and is set once.
    """

    def form() -> tuple[Form, Gathering]:
        gathering = gathering_for(document)
        return paper_form(document, gathering, landscape=landscape) | _language(document.language), gathering

    refuse_deep((*document.blocks, *(block for note in document.notes.values() for block in note)))
    content = (document.blocks, document.title, document.language, dict(document.notes), landscape)
    pictures = [part for name, image in document.images.items() for part in (name, digest(image))]
    key = _key("paper", content, created, *pictures)
    return _make(form, lambda _: document_texts(document), key, store=store, created=created)


def set_sheet(sheet: Sheet, *, store: Store, created: datetime, language: str = "en-GB") -> SetPart:
    """Set one of the sheets that the press writes itself (see ``sheets``)."""

    def form() -> tuple[Form, Gathering]:
        gathering = Gathering()
        return sheet_form(sheet, gathering) | _language(language), gathering

    key = _key("sheet", (sheet, language), created)
    return _make(form, lambda made: form_texts(made["b"]), key, store=store, created=created)


def set_many(jobs: Sequence[PaperJob | SheetJob], *, store: Store, created: datetime) -> list[SetPart]:
    """Set several parts at once on the machine's cores; the first CannotSet is raised."""

    def make(job: PaperJob | SheetJob) -> SetPart:
        if isinstance(job, PaperJob):
            return set_paper(job.document, store=store, created=created, landscape=job.landscape)
        return set_sheet(job.sheet, store=store, created=created, language=job.language)

    with ThreadPoolExecutor(max_workers=min(len(jobs), os.cpu_count() or 1) or 1) as pool:
        return list(pool.map(make, jobs))


def _key(kind: str, content: object, created: datetime, *more: str) -> str:
    """The digest of all that decides the bytes of a part; equal content is written equally."""
    try:
        written = repr(content)
    except RecursionError as error:
        raise CannotSet("Text is nested too deeply to be set; make it plainer.") from error
    return digest(engine.template_version(), kind, created.isoformat(), written.encode("utf-8", "surrogatepass"), *more)


def _make(
    former: Callable[[], tuple[Form, Gathering]],
    texts: Callable[[Form], Iterable[str]],
    key: str,
    *,
    store: Store,
    created: datetime,
) -> SetPart:
    """The part kept under ``key``; formed and compiled when it is not there yet. WordsLost if one of ``texts`` is."""
    known = store.read_json(key)
    if known is not None and store.holds(key, ".pdf"):
        return _kept(store.path(key, ".pdf"), known)
    form, gathering = former()
    whole = {"author": "", "subject": "", **form}

    pages: list[int] = []

    def maker(path: Path) -> None:
        pdf = engine.compile_pdf(engine.Work(whole, gathering.used_images), created=created)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            lost = find_lost_words(texts(form), printed_pieces(document))
            if lost:
                raise WordsLost(whole["title"], lost)
            pages.append(len(document.pages))
            path.write_bytes(structure.finish(document, gathering.tables) or pdf)

    path = store.make(key, ".pdf", maker)
    cautions = [[caution.code, caution.message, caution.place] for caution in gathering.all_cautions()]
    store.write_json(key, {"pages": pages[0] if pages else structure.page_count(path), "cautions": cautions})
    return _kept(path, store.read_json(key))


def _kept(path: Path, known: Any) -> SetPart:
    return SetPart(path, known["pages"], tuple(Caution(*parts) for parts in known["cautions"]))


def _language(language: str) -> Form:
    """BCP 47 as Typst takes it; English of Great Britain where it says nothing usable."""
    found = _LANGUAGE.fullmatch(language.strip())
    if not found:
        return {"lang": "en", "region": "GB"}
    region = found["region"]
    return {"lang": found["lang"].lower(), "region": region.upper() if region else None}
