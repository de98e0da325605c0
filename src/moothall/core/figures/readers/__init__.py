"""Readers that make a ``Paper`` of any pack or paper."""

from __future__ import annotations

import re
from pathlib import Path

from moothall.core.documents import readers
from moothall.core.documents.errors import CannotRead
from moothall.core.documents.tree import Document
from moothall.core.figures.model import Paper
from moothall.core.figures.readers.content_tree import ContentTreeReader
from moothall.core.figures.readers.paper_builder import PaperBuilder
from moothall.core.figures.readers.pdf import read_pdf
from moothall.core.figures.readers.plain_text import find_blocks, number_lines

LARGEST_TEXT = 32_000_000
"""The most bytes of a text that is read: about 10,000 pages."""
MOST_CELLS = 200_000
"""The most table cells of a web page that is read."""
_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_TEXT_SUFFIXES = frozenset((".txt", ".text", ".tsv", ".csv", ".log", ""))


def read_paper(source: Path | str | Document) -> Paper:
    """Read a pack: a ``Path`` to any kind of file, a ``str`` with the text itself, or a content tree.

    A PDF is recognised by its first bytes, text by its suffix. The document readers read all other files. Raise
    ``CannotRead`` or a subclass, with one sentence for the user, if the file cannot be read.
    """
    if isinstance(source, str):
        return read_text(source)
    if isinstance(source, Document):
        return read_tree(source)
    if not source.is_file():
        raise CannotRead(f"{source.name} does not exist or is not a file. Check the name.")
    if _is_pdf(source):
        return read_pdf(source)
    if source.suffix.lower() in _TEXT_SUFFIXES:
        return read_text(_read_text_file(source), name=source.name)
    if source.suffix.lower() in (".html", ".htm"):
        _refuse_large_tables(source)
    reading = readers.read(source)
    return read_tree(reading.document, name=source.name)


def read_tree(document: Document, *, name: str = "") -> Paper:
    """Read a content tree. The lines of the paper are its blocks and table rows."""
    walker = ContentTreeReader()
    builder = PaperBuilder(name or document.title or "paper", "tree")
    builder.add_blocks(walker.find_blocks(document))
    return builder.build_paper(tuple(walker.lines))


def read_text(text: str, *, name: str = "text") -> Paper:
    """Read plain text. Tables are lines with tabs, or with ``|`` between the cells."""
    lines = list(number_lines(text.split("\n")))
    builder = PaperBuilder(name, "text")
    builder.add_blocks(find_blocks(lines))
    pages = tuple(line.page or 1 for line in lines) if any(line.page for line in lines) else ()
    return builder.build_paper(tuple(line.text.rstrip("\r") for line in lines), pages)


def _refuse_large_tables(page: Path) -> None:
    """Raise ``CannotRead`` if a web page has so many table cells that reading would take minutes."""
    cells = len(_CELL.findall(page.read_bytes()))
    if cells > MOST_CELLS:
        raise CannotRead(f"{page.name} has {cells:,} table cells. The checker reads up to {MOST_CELLS:,}. Split it.")


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _read_text_file(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        held, most = size // 1_000_000, LARGEST_TEXT // 1_000_000
        raise CannotRead(f"{path.name} has {held} MB of text. The checker reads up to {most} MB. Split it.")
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data[:4096] and not wide:
        raise CannotRead(f"{path.name} is not a text file. Save it as PDF, Word, HTML or text.")
    for encoding in ("utf-8-sig", "utf-16" if wide else "cp1252", "latin-1"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise CannotRead(f"{path.name} has an unknown text encoding. Save it as UTF-8.")
