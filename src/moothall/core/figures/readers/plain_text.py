"""Reader of plain text: tables are lines with tabs or bars, blank lines divide paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from moothall.core.figures.readers.blocks import Block, Piece, RawCell, RawHeading, RawParagraph, RawTable

_LABEL: Final = re.compile(
    r"\s*(?P<label>[-•▪◦*–o·]|\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zA-Z]\)|\(?[ivx]{1,5}\))\s+(?=\S)"
)
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z])[.)]?\s+(?=\S)(?!\w\*)")
_TAGS: Final = re.compile(r"</?[a-zA-Z][^<>]{0,60}>")
_BAR_RULE: Final = re.compile(r"^[\s|:+=-]*$")
_FURNITURE: Final = re.compile(r"^(this page is intentionally left blank|page \d+|\d{1,4})$", re.IGNORECASE)
_SENTENCE_END: Final = tuple(".;,:")
LONGEST_HEADING: Final = 110


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line with its number from 1. ``page`` is set if form feeds mark the pages."""

    text: str
    number: int
    page: int | None = None


def number_lines(lines: Iterable[str]) -> Iterator[TextLine]:
    """Yield the lines with their numbers. Pages are counted only from the first form feed."""
    page: int | None = None
    for number, text in enumerate(lines, start=1):
        if "\f" in text:
            page = (page or 1) + text.count("\f")
        yield TextLine(text.replace("\f", " "), number, page)


def find_blocks(lines: Iterable[TextLine]) -> Iterator[Block]:
    """Yield the blocks of a plain text, in order."""
    waiting: list[TextLine] = []
    for kind, group in groupby(lines, key=_classify_line):
        if kind == "table":
            yield from _make_paragraphs(waiting)
            waiting = []
            yield from _make_table(list(group), kind)
        elif kind == "bars":
            yield from _make_paragraphs(waiting)
            waiting = []
            yield from _make_table([line for line in group if not _BAR_RULE.match(line.text)], kind)
        elif kind == "prose":
            waiting = list(group)
        else:
            yield from _make_paragraphs(waiting)
            waiting = []
    yield from _make_paragraphs(waiting)


def _classify_line(line: TextLine) -> str:
    if "\t" in line.text.strip(" \r\n"):
        return "table" if line.text.strip() else "blank"
    if " | " in line.text or (line.text.startswith("|") and line.text.rstrip().endswith("|")):
        return "bars"
    return "prose" if line.text.strip() else "blank"


def _make_table(lines: list[TextLine], kind: str) -> Iterator[Block]:
    rows = tuple(_make_row(line, "\t" if kind == "table" else "|") for line in lines)
    if len(rows) == 1 and len(rows[0]) <= 2:
        # A single line with one tab is a paragraph with its number, not a table.
        yield from _make_paragraphs(lines)
    elif rows:
        yield RawTable(rows)


def _make_row(line: TextLine, divider: str) -> tuple[RawCell, ...]:
    text = line.text.rstrip("\r\n")
    offset = 0
    bare = text.strip()
    if divider == "|" and len(bare) > 1 and bare[0] == bare[-1] == "|":
        offset, text = text.index("|") + 1, bare[1:-1]
    cells = []
    for part in text.split(divider):
        bare = part.strip()
        column = offset + (part.index(bare) if bare else 0)
        cells.append(RawCell(Piece(_remove_tags(bare), line.number, column, line.page)))
        offset += len(part) + 1
    return tuple(cells)


def _remove_tags(text: str) -> str:
    return _TAGS.sub(" ", text).strip() if "<" in text else text


def _make_paragraphs(lines: list[TextLine]) -> Iterator[Block]:
    """Yield the lines between two blank lines as one heading, or as paragraphs and list items."""
    lines = [line for line in lines if not _FURNITURE.match(line.text.strip())]
    if len(lines) == 1 and looks_like_heading(lines[0].text):
        yield make_heading(_make_piece(lines[0]))
        return
    current: list[Piece] = []
    label = ""
    for line in lines:
        match = _match_label(line.text)
        if match and current:
            yield RawParagraph(tuple(current), label)
            current, label = [], ""
        if match and not current:
            label = _normalise_label(match["label"])
            current = [Piece(_blank_out_marks(line.text[match.end() :]), line.number, match.end(), line.page)]
        else:
            current.append(_make_piece(line))
    if current:
        yield RawParagraph(tuple(current), label)


def _match_label(text: str) -> re.Match[str] | None:
    """Match the label of a list item.

    A number before a small letter is a figure: "354 of the 497 applicants".
    """
    match = _LABEL.match(text)
    amount = match is not None and match["label"].isdigit() and text[match.end()].islower()
    return None if amount else match


def _normalise_label(label: str) -> str:
    return "-" if label in "-•▪◦*–o·" else label


def _blank_out_marks(text: str) -> str:
    # Replace emphasis marks and tags by spaces of the same length, so that offsets still match the line.
    text = text.rstrip("\r\n").replace("**", "  ").replace("\t", " ")
    return _TAGS.sub(lambda match: " " * len(match.group()), text) if "<" in text else text


def _make_piece(line: TextLine) -> Piece:
    bare = line.text.lstrip()
    return Piece(_blank_out_marks(bare), line.number, len(line.text) - len(bare), line.page)


def make_heading(piece: Piece, level: int = 0) -> RawHeading:
    """Return a heading with its printed number as a separate value."""
    text = piece.text.strip().strip("#*_ ")
    match = _NUMBERED.match(text)
    return RawHeading(piece, level, match["number"] if match and match["number"][0].isdigit() else "")


def looks_like_heading(text: str) -> bool:
    """Return whether a single line looks like a heading: short, with a capital first and no full stop last."""
    bare = text.strip()
    if bare.startswith("#"):
        return True
    if not bare or len(bare) > LONGEST_HEADING or bare.endswith(_SENTENCE_END):
        return False
    if _LABEL.match(bare) and not _NUMBERED.match(bare):
        return False
    match = _NUMBERED.match(bare)
    rest = bare[match.end() :] if match else bare
    if match and "." in match["number"] and len(rest) > 60:
        return False
    return rest[:1].isupper() or (rest[:1] in "£%'\"(“‘" or rest[:1].isdigit())
