"""From content to a PDF in the store: formed, compiled once, kept under the hash of all that went into it.

The compiler, kept: one set of fonts and one set of template files for each process.

The last touch to a set PDF: row headers in its tables, which the compiler cannot mark by itself.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from moothall.core.documents.errors import CannotSet, WordsLost
from moothall.core.documents.tree import Document
from moothall.core.documents.walk import refuse_deep
from moothall.core.documents.warnings import Caution
from moothall.core.pdf.cache import Store, digest
from moothall.core.pdf.typeset.front_pages import Sheet
from moothall.core.pdf.typeset.front_pages_json import sheet_form
from moothall.core.pdf.typeset.glyphs import FONT_FOLDER
from moothall.core.pdf.typeset.inlines import Gathering, HeaderMarks
from moothall.core.pdf.typeset.lost_words import document_texts, find_lost_words, form_texts
from moothall.core.pdf.typeset.paper_json import Form, gathering_for, paper_form
from moothall.core.pdf.typeset.printed_text import printed_pieces

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be set: the form that the template reads, and the pictures by name."""

    form: Mapping[str, Any]
    images: Mapping[str, bytes] = field(default_factory=dict)


@cache
def _templates() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])


@cache
def template_version() -> str:
    """A digest of everything but the content that decides a page: this package, its fonts, the compiler."""
    package = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.typ", "*.ttf") for path in package.rglob(kind))
    parts = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    compiler: Any = typst  # its stubs do not know of its version
    return digest(compiler.__version__, *parts)


def compile_pdf(work: Work, *, created: datetime) -> bytes:
    """Set ``work`` as PDF/UA-1; the same work gives the same bytes. CannotSet when Typst refuses it.

    The content goes in as a value, the templates as files in memory. Pictures can only be given as files on disk:
    they are the only ones in the folder that the compiler may read.
    """
    data = json.dumps(work.form, ensure_ascii=False, separators=(",", ":"))
    with tempfile.TemporaryDirectory(prefix="moothall-pictures-") as root:
        for name, image in work.images.items():
            Path(root, name).write_bytes(image)
        return _compile(data.encode("utf-8", "replace").decode(), root, created)


def _compile(data: str, root: str, created: datetime) -> bytes:
    compiler: Any = typst  # its stubs do not know of files given as a dictionary
    try:
        made: bytes = compiler.compile(
            _templates(),
            sys_inputs={"data": data},
            format="pdf",
            root=root,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=created,
        )
    except typst.TypstError as error:
        raise CannotSet(_explain(error)) from error
    return made


def _explain(error: typst.TypstError) -> str:
    said = str(error.message)
    if "depth" in said:
        return "The paper is nested too deeply to be set; make its lists, tables and quotations flatter."
    if "image" in said or "SVG" in said or "decode" in said:
        return f"A picture in the paper cannot be read ({said}); open it and save it again."
    return f"The setter refused the paper: {said}."


_TABLE_PARTS = ("/THead", "/TBody", "/TFoot")


def finish(document: pikepdf.Pdf, tables: Sequence[HeaderMarks | None]) -> bytes | None:
    """``document`` with the headers of ``tables`` (in reading order) marked; None where there is nothing to mark.

    In a table with row headers every header carries a scope and no cell lists its headers, so that readers find
    both row and column (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5).
    """
    if not any(tables):
        return None
    found = list(_tables(document.Root.StructTreeRoot))
    if len(found) != len(tables):
        raise CannotSet(f"The setter lost count of the tables: {len(tables)} given, {len(found)} set.")
    for element, marks in zip(found, tables, strict=True):
        if marks:
            _mark(element, marks)
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(path) as document:
        return len(document.pages)


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements directly under ``element``."""
    kids = element.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _tables(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every table below ``root`` in reading order, an outer one before those in its cells."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/Table":
            yield element
        waiting.extend(reversed(list(_kids(element))))


def _rows(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(table):
        if str(kid.S) in _TABLE_PARTS:
            yield from _rows(kid)
        elif kid.S == "/TR":
            yield kid


def _mark(table: pikepdf.Object, marks: HeaderMarks) -> None:
    for number, row in enumerate(_rows(table)):
        for place, cell in enumerate(_kids(row)):
            scope = marks.get((number, place))
            if scope:
                cell.S = pikepdf.Name("/TH")
            _attribute(cell, scope)


def _attribute(cell: pikepdf.Object, scope: str | None) -> None:
    """Leave of the cell's attributes those that place it in its table, with its scope.

    The list of headers goes, since scopes say it; so does the layout (lines and tints), which is half the file.
    """
    attributes = cell.get("/A")
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes] if attributes else []
    own = next((each for each in listed if each.get("/O") == "/Table"), None)
    if own is None:
        own = pikepdf.Dictionary(O=pikepdf.Name.Table)
    if "/Headers" in own:
        del own["/Headers"]
    if scope:
        own["/Scope"] = pikepdf.Name(f"/{scope}")
    if len(own.keys()) > 1:
        cell.A = own
    elif attributes is not None:
        del cell["/A"]


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
    return digest(template_version(), kind, created.isoformat(), written.encode("utf-8", "surrogatepass"), *more)


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
        pdf = compile_pdf(Work(whole, gathering.used_images), created=created)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            lost = find_lost_words(texts(form), printed_pieces(document))
            if lost:
                raise WordsLost(whole["title"], lost)
            pages.append(len(document.pages))
            path.write_bytes(finish(document, gathering.tables) or pdf)

    path = store.make(key, ".pdf", maker)
    cautions = [[caution.code, caution.message, caution.place] for caution in gathering.all_cautions()]
    store.write_json(key, {"pages": pages[0] if pages else page_count(path), "cautions": cautions})
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
