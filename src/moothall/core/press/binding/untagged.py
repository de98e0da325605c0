"""Papers without tags: each page becomes one figure, whose alternative is the text that was read from it."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from moothall.core.press.binding.content import content, is_marked, unmarked
from moothall.core.press.binding.holders import MANY, ONE
from moothall.core.press.binding.objects import items, text_of
from moothall.core.press.binding.stamps import frame
from moothall.core.press.binding.tags import Tags

OPEN_FIGURE = b"/Figure <</MCID 0>> BDC\n"
CLOSE_FIGURE = b"EMC\n"


def describe(title: str, at: int, of: int, text: str) -> str:
    """The alternative text of page ``at`` (1-based) of an untagged paper."""
    where = f"Page {at} of {of} of “{title}”, a paper without tags"
    words = " ".join(text.split())
    return f"{where}. Its text: {words}" if words else f"{where}: a picture, from which no text could be read."


def strip_marks(pdf: Pdf, page: Object) -> None:
    """Take the marked content out of a page and of the forms it draws; layers stay."""
    if is_marked(content(page)):
        page["/Contents"] = pdf.make_stream(unmarked(Page(page)))
    for scope in Page(page).content_scopes():
        form = scope.content
        if scope.kind in {"form", "pattern"} and isinstance(form, Stream) and is_marked(_bytes(form)):
            form.write(unmarked(form))


def _bytes(form: Object) -> bytes:
    try:
        return form.read_bytes()
    except pikepdf.PdfError:
        return b""


def tag_page(tags: Tags, part: Object, page: Object, alternative: str) -> None:
    """One Figure for the page's content, and one element for each of its annotations.

    The content itself is wrapped by the caller, in OPEN_FIGURE and CLOSE_FIGURE.
    """
    seen = Array([round(side, 2) for side in frame(page).seen])
    figure = tags.element(
        part,
        "Figure",
        {
            "/Pg": page,
            "/K": Array([0]),
            "/Alt": String(alternative),
            "/A": Dictionary(O=Name.Layout, Placement=Name.Block, BBox=seen),
        },
    )
    tags.give_number(page, MANY, tags.pdf.make_indirect(Array([figure])))
    for note in items(page.get("/Annots")):
        if isinstance(note, Dictionary) and note.is_indirect and note.get("/Subtype") != Name.Popup:
            tag_annotation(tags, part, page, note)


def tag_annotation(tags: Tags, parent: Object, page: Object, note: Object) -> None:
    """A Link or Annot element for one annotation, described by its contents or its address."""
    link = note.get("/Subtype") == Name.Link
    if not text_of(note.get("/Contents")):
        note["/Contents"] = String(_purpose(note) if link else "Annotation")
    reference = Dictionary(Type=Name.OBJR, Obj=note, Pg=page)
    entries: dict[str, object] = {"/Pg": page, "/K": Array([reference]), "/Alt": note["/Contents"]}
    tags.give_number(note, ONE, tags.element(parent, "Link" if link else "Annot", entries))


def _purpose(note: Object) -> str:
    action = note.get("/A")
    address = text_of(action.get("/URI")) if isinstance(action, Dictionary) else ""
    return address or "A place in this document"
