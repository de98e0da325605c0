"""Plain text: paragraphs parted by blank lines, bullets, page breaks at form feeds; nothing is guessed beyond that.

Bytes of text files as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.normalise import normalise
from moothall.core.documents.tree import (
    Block,
    Document,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Text,
)
from moothall.core.documents.warnings import Caution, Reading

MOST_BYTES = 20_000_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{1,40})""", re.IGNORECASE)


def read_text(path: Path, *, declared: bool = False) -> tuple[str, list[Caution]]:
    """The text of ``path``: by its byte order mark, by what it declares (HTML), as UTF-8, else as Windows-1252.

    Raises ``CannotRead`` for more than ``MOST_BYTES``.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise CannotRead(
            f"{path.name} holds {size / 1e6:.0f} MB of text, more than the {MOST_BYTES // 1_000_000} MB "
            "that a paper may hold: publish it as data instead"
        )
    content = path.read_bytes()
    for encoding in _candidates(content, declared=declared):
        try:
            return content.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    message = (
        f"{path.name} does not say in which encoding it is written; read as Windows-1252: check £ signs and dashes."
    )
    return content.decode("cp1252", "replace"), [Caution("encoding-guessed", message)]


def _candidates(content: bytes, *, declared: bool) -> list[str]:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    match = _DECLARED.search(content[:4096]) if declared else None
    said = [match[1].decode("ascii")] if match else []
    # a page that says Latin-1 means Windows-1252, as every browser knows
    said = ["cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name for name in said]
    return [*marked, "utf-8", *[name for name in said if not name.lower().startswith("utf-16")]]


_BULLET = re.compile(r"\s*[-*•·–]\s+")
_WRAPPED = 60


def read_file(path: Path) -> Reading:
    """The text as paragraphs and bulleted lists."""
    text, cautions = read_text(path)
    reading = normalise(Document(tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n")))))
    return Reading(reading.document, (*cautions, *reading.cautions))


def _blocks(text: str) -> Iterator[Block]:
    for place, page in enumerate(text.split("\f")):
        if place:
            yield PageBreak()
        for blank, lines in groupby(page.split("\n"), lambda line: not line.strip()):
            if not blank:
                yield from _passage(list(lines))


def _passage(lines: list[str]) -> Iterator[Block]:
    """Lines without a blank between them: what stands before the first bullet, then a list."""
    first = next((place for place, line in enumerate(lines) if _BULLET.match(line)), len(lines))
    if lines[:first]:
        yield Paragraph(_joined(lines[:first]))
    items: list[list[str]] = []
    for line in lines[first:]:
        if _BULLET.match(line):
            items.append([_BULLET.sub("", line, count=1)])
        else:
            items[-1].append(line)
    if items:
        yield ListBlock(tuple(ListItem((Paragraph(_joined(item)),)) for item in items))


def _joined(lines: list[str]) -> tuple[Inline, ...]:
    """Lines as one text: a line that was wrapped at a margin runs on, a short one was meant to end."""
    content: list[Inline] = []
    for line in lines:
        content.extend((Text(line), Text(" ") if len(line) >= _WRAPPED else LineBreak()))
    return tuple(content[:-1])
