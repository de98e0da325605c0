"""Makes small meetings and their packs for the tests of the whole press."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

from moothall.core.packs.manifest import Manifest, PaperRecord
from moothall.core.packs.meeting_file import load
from moothall.core.packs.order import Variant
from moothall.core.packs.pack import Made, build
from moothall.core.packs.previous_publication import Occasion, occasion_of, read_earlier
from moothall.core.pdf.cache import Store

MEETING = """
council = "Avonmere Council"
body = "Audit Committee"
start = 2014-11-24T16:30:00
place = "Guildhall"
published = 2014-11-14
{more}
"""

BOTH = tuple(Variant)

# The command in a process of its own.
MOOTHALL = (sys.executable, "-c", "from moothall.cli import main; main()")


def report(title: str, *paragraphs: str, pages: int = 1) -> str:
    """A report as HTML, ``pages`` pages long."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    further = "".join(f'<hr class="page-break"><p>{title}, sheet {number}.</p>' for number in range(2, pages + 1))
    return f'<html lang="en-GB"><body><h1>{title}</h1><p>About {title}.</p>{body}{further}</body></html>'


def put(folder: Path, papers: dict[str, str | bytes], items: str, *, more: str = "") -> Path:
    """A folder of papers with its meeting file, whose path is given back."""
    for name, content in papers.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    meeting = folder / "meeting.toml"
    folder.mkdir(parents=True, exist_ok=True)
    meeting.write_text(MEETING.format(more=more) + items, "utf-8")
    return meeting


def make(
    meeting: Path,
    out: Path,
    *,
    cache: Path,
    variants: tuple[Variant, ...] = BOTH,
    supplement_of: Path | None = None,
    reissue_of: Path | None = None,
    beside: Sequence[Path] = (),
    number: int | None = None,
    reason: str = "",
) -> Made:
    """Build a pack as the command does."""
    which = Occasion()
    if before := supplement_of or reissue_of:
        others = [read_earlier(path) for path in beside]
        which = occasion_of(read_earlier(before), *others, reissue=bool(reissue_of), reason=reason, number=number)
    cache.mkdir(exist_ok=True)
    return build(load(meeting), out, store=Store(cache), variants=variants, which=which)


def papers_of(manifest: Manifest) -> dict[str, PaperRecord]:
    """The papers of a manifest by their path."""
    return {paper.path: paper for item in manifest.items for paper in item.papers}


def labels_of(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    """The labels of each paper's pages, by the paper's path; the front pages as "front"."""
    placed = {part.key: part.labels for part in manifest.parts}
    own = {path: placed[paper.key] for path, paper in papers_of(manifest).items()}
    return own | {key: labels for key, labels in placed.items() if key in {"front", "changes"}}


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def png(shade: int) -> bytes:
    """A picture of 8 by 8 grey pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade ^ (17 * row) & 0xFF]) * 8 for row in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def untagged_pdf(path: Path, *, word: str, pages: int = 1) -> None:
    """A PDF without tags whose every corner holds ``word``: text, metadata, bookmark, attachment, form, name."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        text = f"BT /F1 12 Tf 72 700 Td ({word} page {number}) Tj ET"
        page.obj.Contents = Stream(pdf, text.encode())
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = f"{word} title", f"{word} author"
    with pdf.open_metadata() as xmp:
        xmp["dc:title"] = f"{word} xmp"
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(f"{word} bookmark", 0))
    pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, word.encode(), filename=f"{word}.txt")
    _add_field(pdf, word)
    pdf.Root.Names.Dests = Dictionary(Names=Array([String(f"{word} place"), Array([pdf.pages[0].obj, Name.Fit])]))
    pdf.save(path)


def _add_field(pdf: Pdf, word: str) -> None:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String(f"{word} field"),
        V=String(f"{word} value"),
        Rect=[72, 600, 200, 620],
        P=pdf.pages[0].obj,
    )
    pdf.pages[0].obj.Annots = pdf.make_indirect(Array([pdf.make_indirect(field)]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))
