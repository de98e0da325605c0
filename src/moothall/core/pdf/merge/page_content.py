"""Content streams: are they closed properly, and how to close them when they are not.

Papers without tags: each page becomes one paragraph with the text that was read from it, or else a picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from moothall.core.pdf.merge.objects import items, text_of
from moothall.core.pdf.merge.page_numbers import frame
from moothall.core.pdf.merge.part_tags import MANY, ONE, Tags

# Reading a content stream operator by operator costs more than all the rest of binding. So the operators that open and
# close are looked for as words; where their numbers do not agree, again without the strings (text may hold a lone Q);
# and where they still do not, qpdf's parser counts.
# The words are written tail first because that lets the search skip from letter to letter.
STRINGS = re.compile(rb"\([^()\\]*(?:\\.[^()\\]*)*\)", re.DOTALL)
GRAPHICS = re.compile(rb"[qQ]\b(?<=\b.)")
USUAL_DEPTH = 40
OPENING = {"q": 1, "Q": -1, "BDC": 1, "BMC": 1, "EMC": -1}


@dataclass(frozen=True, slots=True)
class Balance:
    """How many operators are missing: openers before the content (saves, begins), closers after it (restores, ends)."""

    saves: int = 0
    restores: int = 0
    begins: int = 0
    ends: int = 0


# What content raises that cannot be read; a TypeError is an operator within an array.
DAMAGED = (pikepdf.PdfError, TypeError)
EVEN = Balance()


def streams(page: Object) -> list[Object]:
    """The page's content streams, in order."""
    contents = page.get("/Contents")
    if isinstance(contents, Stream):
        return [contents]
    return [stream for stream in contents if isinstance(stream, Stream)] if isinstance(contents, Array) else []


def content(page: Object) -> bytes:
    """The page's whole content, decoded; streams that cannot be decoded count as empty."""
    return b"\n".join(_decoded(stream) for stream in streams(page))


def _decoded(stream: Object) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""


def is_marked(data: bytes) -> bool:
    """False when the content surely holds no marked content."""
    return b"EMC" in data or b"BDC" in data or b"BMC" in data


def balance(page: Object, data: bytes) -> Balance:
    """What the page's content ``data`` leaves open, or closes without having opened."""
    if _is_even(data) or _is_even(STRINGS.sub(b"()", data)):
        return EVEN
    return _counted(page)


def _is_even(data: bytes) -> bool:
    """True when saves and marks are surely closed; False when they are not, or are too many to tell quickly."""
    if is_marked(data):
        ends, begins = data.count(b"EMC"), data.count(b"BDC") + data.count(b"BMC")
        last_begin = max(data.rfind(b"BDC"), data.rfind(b"BMC"))
        if ends != begins or data.rfind(b"EMC") < last_begin:
            return False
    steps = b"".join(GRAPHICS.findall(data))
    for _ in range(USUAL_DEPTH):
        if not steps:
            return True
        steps = steps.replace(b"qQ", b"")
    return not steps


def _counted(page: Object) -> Balance:
    try:
        parsed = pikepdf.parse_content_stream(Page(page), " ".join(OPENING))
    except DAMAGED:
        return EVEN
    found = [str(instruction.operator) for instruction in parsed]
    graphics = list(accumulate((OPENING[name] for name in found if name in {"q", "Q"}), initial=0))
    marks = list(accumulate((OPENING[name] for name in found if name not in {"q", "Q"}), initial=0))
    saves, begins = -min(graphics), -min(marks)
    return Balance(saves, graphics[-1] + saves, begins, marks[-1] + begins)


def unmarked(stream_or_page: Object | Page) -> bytes | None:
    """The content without its marked content: all but the marks that show and hide layers; None where it is damaged.

    Used where the whole page becomes one piece of content, in which marks of its own must not stand.
    """
    try:
        instructions = pikepdf.parse_content_stream(stream_or_page)
    except DAMAGED:
        return None
    kept: list[object] = []
    open_marks: list[bool] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            layer = operator == "BDC" and instruction.operands[0] == Name.OC
            open_marks.append(layer)
            if not layer:
                continue
        elif operator == "EMC":
            if not open_marks or not open_marks.pop():
                continue
        elif operator in {"MP", "DP"}:
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) + b"\nEMC" * sum(open_marks)  # type: ignore[arg-type]


def surround(pdf: Pdf, page: Object, before: Object, *after: Object) -> None:
    """Put the (shared) stream ``before`` in front of the page's content and those of ``after`` behind it."""
    parts = [before, *streams(page), *after]
    page["/Contents"] = pdf.make_indirect(Array(parts)) if len(parts) > 8 else Array(parts)


MARK_OPENING = b"/P <</MCID 0>> BDC\n"
CLOSING = b"EMC\n"


def describe(title: str, at: int, of: int) -> str:
    """What page ``at`` (1-based) of an untagged paper is called."""
    return f"Page {at} of {of} of “{title}”, a paper without tags"


def alternative(name: str, text: str) -> str:
    """The words for a page of that ``name`` whose text was read as ``text``."""
    words = " ".join(text.split())
    return f"{name}. {words}" if words else f"{name}: a picture, from which no text could be read."


def strip_marks(pdf: Pdf, page: Object) -> None:
    """Take the marked content out of a page and of the forms it draws; layers stay, and what is too odd to be read."""
    if is_marked(content(page)) and (bare := unmarked(Page(page))) is not None:
        page["/Contents"] = pdf.make_stream(bare)
    for scope in Page(page).content_scopes():
        form = scope.content
        if scope.kind in {"form", "pattern"} and isinstance(form, Stream) and is_marked(_bytes(form)):
            bare = unmarked(form)
            form.write(_bytes(form) if bare is None else bare)


def _bytes(form: Object) -> bytes:
    try:
        return form.read_bytes()
    except pikepdf.PdfError:
        return b""


def tag_page(tags: Tags, page: Object, title: str, alternative: str, *, pictured: bool) -> None:
    """A section of the part for the page: a paragraph whose text is given (or a picture), and its annotations.

    The content itself is wrapped by the caller, in OPENING and CLOSING.
    """
    section = tags.element(tags.section, "Sect", {"/T": String(title), "/K": Array()})
    seen = Array([round(side, 2) for side in frame(page).seen])
    entries: dict[str, object] = {"/Pg": page, "/K": Array([0])}
    if pictured:
        entries["/Alt"] = String(alternative)
        entries["/A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=seen)
    else:
        entries["/ActualText"] = String(alternative)
    whole = tags.element(section, "Figure" if pictured else "P", entries)
    tags.give_number(page, MANY, tags.pdf.make_indirect(Array([whole])))
    for note in items(page.get("/Annots")):
        if isinstance(note, Dictionary) and note.is_indirect and note.get("/Subtype") != Name.Popup:
            tag_annotation(tags, section, page, note)


def tag_annotation(tags: Tags, parent: Object, page: Object, note: Object) -> None:
    """A Link or Annot element for one annotation, described by its contents or its address."""
    link = note.get("/Subtype") == Name.Link
    if not text_of(note.get("/Contents")):  # a link has been described already
        note["/Contents"] = String("Annotation")
    reference = Dictionary(Type=Name.OBJR, Obj=note, Pg=page)
    entries: dict[str, object] = {"/Pg": page, "/K": Array([reference]), "/Alt": note["/Contents"]}
    tags.give_number(note, ONE, tags.element(parent, "Link" if link else "Annot", entries))
