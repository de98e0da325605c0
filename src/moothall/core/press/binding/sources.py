"""Opening the parts, and carrying their pages and tags into the new file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from moothall.core.press.binding.objects import Key, dictionary, names, numbers
from moothall.core.press.binding.volume import Part
from moothall.core.press.errors import CannotRead, PasswordNeeded

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
# What a page may bring along. Left behind on purpose: article beads, thumbnails, private data of other programs,
# transitions and actions; each could lead to objects that the pack must not hold.
KEPT = ("/Contents", "/Annots", "/Group", "/UserUnit", "/StructParents", "/BleedBox", "/TrimBox", "/ArtBox")
US_LETTER = (0, 0, 612, 792)  # what readers show when a page says nothing (and no paper of ours should)

# Below this a file is held in memory, so that a pack of thousands of sheets does not need as many open files.
SMALL = 512 * 1024


@dataclass(slots=True)
class Source:
    """An opened part."""

    part: Part
    pdf: Pdf
    pages: list[Object]
    where: dict[Key, int]

    @property
    def tags(self) -> Dictionary | None:
        """The root of its structure tree, None when it has none."""
        root = dictionary(self.pdf.Root, "/StructTreeRoot")
        return root if root is not None and "/K" in root else None


@dataclass(slots=True)
class Carried:
    """What arrived in the new file: the pages, the structure tree's root and the layers, as its own objects."""

    pages: list[Object]
    tags: Dictionary | None = None
    layers: Dictionary | None = None
    first: int = field(default=0)


@contextmanager
def opened(parts: tuple[Part, ...]) -> Iterator[list[Source]]:
    """The parts, open until the new file is written (qpdf reads streams only then)."""
    with ExitStack() as stack:
        yield [_open(part, stack) for part in parts]


def _open(part: Part, stack: ExitStack) -> Source:
    try:
        pdf = stack.enter_context(Pdf.open(_readable(part.pdf)))
        pages: list[Object] = [page.obj for page in pdf.pages]
    except pikepdf.PasswordError as error:
        raise PasswordNeeded(f"{part.title}: the file {part.pdf.name} needs a password; remove it first.") from error
    except (pikepdf.PdfError, OSError) as error:
        raise CannotRead(f"{part.title}: the file {part.pdf.name} is not a readable PDF; save it again.") from error
    if not pages:
        raise CannotRead(f"{part.title}: the file {part.pdf.name} has no pages; leave it out or save it again.")
    if len(pages) != len(part.labels):
        raise ValueError(f"{part.key}: {len(pages)} pages, but {len(part.labels)} labels")
    return Source(part, pdf, pages, {page.objgen: at for at, page in enumerate(pages)})


def _readable(path: Path) -> Path | BytesIO:
    return BytesIO(path.read_bytes()) if path.stat().st_size < SMALL else path


def carry(source: Source, target: Pdf) -> Carried:
    """Copy pages, tags and layers into ``target`` in one sweep; the pages are not yet in its page tree.

    qpdf turns a reference to a page that is not copied yet into null, which would break every link and every tag that
    looks ahead. So the pages are copied first as empty shells, and then everything that was in them at once: each
    reference finds its shell, and what pages share stays shared. ``source`` is emptied by this.
    """
    bodies = [_take_body(page) for page in source.pages]
    shells = [target.copy_foreign(page) for page in source.pages]
    luggage = Dictionary(Bodies=Array(bodies))
    tags, layers = source.tags, dictionary(source.pdf.Root, "/OCProperties")
    if tags is not None:
        luggage["/Tags"] = tags if tags.is_indirect else source.pdf.make_indirect(tags)
    if layers is not None:
        luggage["/Layers"] = layers
    arrived = target.copy_foreign(source.pdf.make_indirect(luggage))
    for shell, body in zip(shells, arrived["/Bodies"], strict=True):
        for key in names(body):
            shell[key] = body.get_raw(key)
    return Carried(shells, dictionary(arrived, "/Tags"), dictionary(arrived, "/Layers"))


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
