"""Opening a part, and reading what it brings along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from moothall.core.documents.errors import CannotRead, PasswordNeeded
from moothall.core.pdf.merge.bookmarks import Heading, read_headings
from moothall.core.pdf.merge.links import Destinations, read_destinations
from moothall.core.pdf.merge.name_clashes import Roles, read_roles
from moothall.core.pdf.merge.objects import dictionary, indirect, names, numbers, text_of
from moothall.core.pdf.merge.parts import Part

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
# What a page may bring along. Left behind on purpose: article beads, thumbnails, private data of other programs,
# transitions and actions; each could lead to objects that the pack must not hold.
KEPT = ("/Contents", "/Annots", "/Group", "/UserUnit", "/StructParents", "/BleedBox", "/TrimBox", "/ArtBox")
US_LETTER = (0, 0, 612, 792)  # what readers show when a page says nothing (and no paper of ours should)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A part, opened as ``pdf``: its pages, tags and layers, and what else was read from it.

    ``language`` and ``xmp`` are what it says of itself; ``roles`` what its own tags mean.
    """

    part: Part
    pdf: Pdf
    language: str
    xmp: str
    roles: Roles
    places: Destinations
    headings: list[Heading]
    pages: list[Object]
    tags: Object | None
    layers: Dictionary | None


@contextmanager
def gathered(part: Part) -> Iterator[Gathered]:
    """Open a part for as long as the context lives; its pages hold only what they may bring along.

    Raises PasswordNeeded, CannotRead.
    """
    try:
        with Pdf.open(part.pdf) as pdf:
            pages: list[Object] = [page.obj for page in pdf.pages]
            if not pages:
                raise CannotRead(f"{part.title}: the file {part.pdf.name} has no pages; leave it out or save it again.")
            yield _read(part, pdf, pages)
    except pikepdf.PasswordError as error:
        raise PasswordNeeded(f"{part.title}: the file {part.pdf.name} needs a password; remove it first.") from error
    except (pikepdf.PdfError, OSError) as error:
        raise CannotRead(f"{part.title}: the file {part.pdf.name} is not a readable PDF; save it again.") from error


def _read(part: Part, pdf: Pdf, pages: list[Object]) -> Gathered:
    root = pdf.Root
    tree, layers = dictionary(root, "/StructTreeRoot"), dictionary(root, "/OCProperties")
    tags = indirect(pdf, tree) if tree is not None and "/K" in tree else None
    places = read_destinations(pdf, {page.objgen: at for at, page in enumerate(pages)})
    outline = read_headings(root, places)
    roles = read_roles(tags) if tags is not None else {}
    language, xmp = text_of(root.get("/Lang")), _xmp(root)
    for page in pages:
        _strip(page)
    return Gathered(part, pdf, language, xmp, roles, places, outline, pages, tags, layers)


def _xmp(root: Object) -> str:
    packet = root.get("/Metadata")
    try:
        return packet.read_bytes().decode("utf-8", "replace") if isinstance(packet, Stream) else ""
    except pikepdf.PdfError:
        return ""


def _strip(page: Object) -> None:
    """Leave of a page what it may bring along, with what it inherits written out."""
    body = _take_body(page)
    for key in names(body):
        page[key] = body.get_raw(key)


def _take_body(page: Object) -> Dictionary:
    body = Dictionary()
    for key in INHERITED:
        value = _inherited(page, key)
        if value is not None:
            body[key] = value
    for key in KEPT:
        value = page.get_raw(key)
        if value is not None:
            body[key] = value
    if numbers(body.get("/MediaBox"), 4) is None:
        body["/MediaBox"] = Array(US_LETTER)
    for key in names(page):
        if key != "/Type":
            del page[key]
    page["/Type"] = Name.Page
    return body


def _inherited(page: Object, key: str) -> object:
    node: Object | None = page
    for _ in range(64):  # a page tree deeper than this is a loop
        if node is None or key in node:
            break
        node = dictionary(node, "/Parent")
    return None if node is None else node.get_raw(key)
