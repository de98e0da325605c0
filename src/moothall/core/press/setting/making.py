"""From content to a PDF in the store: formed, compiled once, kept under the hash of all that went into it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from moothall.core.press.cautions import Caution
from moothall.core.press.setting import engine, structure
from moothall.core.press.setting.form import Form, gathering_for, paper_form
from moothall.core.press.setting.gathering import Gathering
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
    gathering = gathering_for(document)
    form = paper_form(document, gathering, landscape=landscape)
    return _make(form, gathering, language=document.language, store=store, created=created)


def set_sheet(sheet: Sheet, *, store: Store, created: datetime, language: str = "en-GB") -> SetPart:
    """Set one of the sheets that the press writes itself (see ``sheets``)."""
    gathering = Gathering()
    form = sheet_form(sheet, gathering)
    return _make(form, gathering, language=language, store=store, created=created)


def set_many(jobs: Sequence[PaperJob | SheetJob], *, store: Store, created: datetime) -> list[SetPart]:
    """Set several parts at once on the machine's cores; the first CannotSet is raised."""

    def make(job: PaperJob | SheetJob) -> SetPart:
        if isinstance(job, PaperJob):
            return set_paper(job.document, store=store, created=created, landscape=job.landscape)
        return set_sheet(job.sheet, store=store, created=created, language=job.language)

    with ThreadPoolExecutor(max_workers=min(len(jobs), os.cpu_count() or 1) or 1) as pool:
        return list(pool.map(make, jobs))


def _make(form: Form, gathering: Gathering, *, language: str, store: Store, created: datetime) -> SetPart:
    images = gathering.used_images
    whole = {"author": "", "subject": "", **form, **_language(language)}
    key = digest(
        engine.template_version(),
        created.isoformat(),
        json.dumps(whole, ensure_ascii=True, sort_keys=True),
        json.dumps([sorted(marks.items()) if marks else None for marks in gathering.tables]),
        *sorted(images),
    )

    def maker(path: Path) -> None:
        pdf = engine.compile_pdf(engine.Work(whole, images), created=created)
        finished, pages = structure.finish(pdf, gathering.tables)
        store.write_json(key, pages)
        path.write_bytes(finished)

    path = store.make(key, ".pdf", maker)
    pages = store.read_json(key)
    if not isinstance(pages, int):
        pages = structure.page_count(path)
    return SetPart(path, pages, gathering.all_cautions())


def _language(language: str) -> Form:
    """BCP 47 as Typst takes it; English of Great Britain where it says nothing usable."""
    found = _LANGUAGE.fullmatch(language.strip())
    if not found:
        return {"lang": "en", "region": "GB"}
    region = found["region"]
    return {"lang": found["lang"].lower(), "region": region.upper() if region else None}
