"""Papers without tags: each page becomes one paragraph with the text that was read from it, or else a picture."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from moothall.core.press.binding.content import content, is_marked, unmarked
from moothall.core.press.binding.holders import MANY, ONE
from moothall.core.press.binding.objects import items, text_of
from moothall.core.press.binding.stamps import frame
from moothall.core.press.binding.tags import Tags

OPENING = b"/P <</MCID 0>> BDC\n"
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
