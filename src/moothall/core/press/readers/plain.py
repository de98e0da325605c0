"""Plain text: paragraphs parted by blank lines, bullets, page breaks at form feeds; nothing is guessed beyond that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from moothall.core.press.readers.decode import read_text
from moothall.core.press.tree.nodes import (
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
from moothall.core.press.tree.normalise import normalise
from moothall.core.press.tree.reading import Reading

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
