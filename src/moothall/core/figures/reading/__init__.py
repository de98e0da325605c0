"""Any pack or paper into a ``Paper``: ``read``."""

from __future__ import annotations

from pathlib import Path

from moothall.core.figures.model import Paper
from moothall.core.figures.reading.assembly import Assembly
from moothall.core.figures.reading.text import blocks, numbered
from moothall.core.press.errors import CannotRead

LARGEST_TEXT = 64_000_000
"""Bytes of the largest text that is read."""


def read(source: Path | str) -> Paper:
    """Read a pack: a ``Path`` to a file, or a ``str`` that is the text itself.

    Raises ``CannotRead`` with one sentence for the user when the file is too large or not what it says.
    """
    if isinstance(source, str):
        return read_text(source)
    return read_text(_text_of(source), name=source.name)


def read_text(text: str, *, name: str = "text") -> Paper:
    """Read plain text; tables are lines with tabs, or with ``|`` between the cells."""
    lines = list(numbered(text.split("\n")))
    assembly = Assembly(name, "text")
    assembly.take(blocks(lines))
    pages = tuple(line.page or 1 for line in lines) if any(line.page for line in lines) else ()
    return assembly.paper(tuple(line.text.rstrip("\r") for line in lines), pages)


def _text_of(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        most = LARGEST_TEXT // 1_000_000
        raise CannotRead(
            f"{path.name} holds {size // 1_000_000} MB of text; the checker reads up to {most} MB. Split it."
        )
    data = path.read_bytes()
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(f"{path.name} is not a text: it holds binary data. Give the paper as PDF, Word, HTML or text.")
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise CannotRead(f"{path.name} is in no known encoding. Save it as UTF-8.")
