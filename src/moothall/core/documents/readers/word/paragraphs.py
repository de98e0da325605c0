"""Word paragraphs as passages: their text, with what their looks and styles say they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from moothall.core.documents.inlines import Run, build, plain, tidy_runs
from moothall.core.documents.readers.word.context import Box, Context, Piece
from moothall.core.documents.readers.word.numbering import Marker
from moothall.core.documents.readers.word.package import Element, child, number, q, switch, value
from moothall.core.documents.readers.word.runs import Blocks, read_pieces
from moothall.core.documents.tree import Block, Inline, PageBreak, Text

_TYPED = re.compile(
    r"[ \u00a0]*(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\(?[A-Za-z]\)|\(?[ivxIVX]{1,5}\)|[a-z]\."
    r"|(?P<bullet>[•·▪◦●○–-]))"
    r"(?:\t[\t ]*|[ \u00a0]{2,})(?=\S)"
)
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Look:
    """How a passage stands out: its type size (half points), all bold, all capitals, centred."""

    size: int = 0
    bold: bool = False
    capitals: bool = False
    centred: bool = False


@dataclass(slots=True)
class Passage:
    """A paragraph's text. ``level`` is its heading level (0: title), ``marker`` its number or bullet, ``indent`` the
    left edge of its text in twentieths of a point, ``kind`` "", "caption" or "quote", ``place`` its id for links;
    ``columns`` is the text again, parted at its tabs."""

    content: tuple[Inline, ...]
    level: int | None = None
    marker: Marker | None = None
    indent: int = 0
    kind: str = ""
    look: Look = Look()
    align: str = ""
    place: str | None = None
    columns: tuple[tuple[Inline, ...], ...] = ()

    @property
    def text(self) -> str:
        """The text without marks."""
        return plain(self.content)

    @property
    def label(self) -> str | None:
        """The printed number, if any."""
        return self.marker.label if self.marker else None


@dataclass(frozen=True, slots=True)
class SectionEnd:
    """The end of a section: whether it lay landscape, and whether it began on a new page."""

    landscape: bool
    new_page: bool


Item = Passage | Block | SectionEnd


def read_paragraph(context: Context, paragraph: Element, blocks: Blocks) -> Iterator[Item]:
    """What a ``w:p`` gives: passages, parted by page breaks, followed by the pictures and text boxes in it."""
    context.paragraph += 1
    properties, style = child(paragraph, "w:pPr"), value(paragraph, "w:pPr/w:pStyle")
    names = context.styles.names(style)
    marker = context.numbering.next_marker(properties, style, context.styles)
    pieces = read_pieces(context, paragraph, blocks)
    if names and names[0].startswith(("toc ", "table of figures")):
        context.tally["contents"] += 1
        return
    if _property(context, properties, style, "w:pageBreakBefore"):
        yield PageBreak()
    model = Passage(
        (),
        level=context.styles.outline(properties, style),
        marker=marker,
        indent=_indent(context, properties, style, marker),
        kind=_kind(names),
        align=_align(context, properties, style),
        place=_place(context, paragraph),
    )
    yield from _items(context, model, pieces, style)
    section = child(properties, "w:sectPr")
    if section is not None:
        yield section_end(section)


def section_end(section: Element) -> SectionEnd:
    """What a ``w:sectPr`` says of the section that it ends."""
    width, height = number(section, "w:pgSz", "w:w"), number(section, "w:pgSz", "w:h")
    landscape = value(section, "w:pgSz", "w:orient") == "landscape" or (width or 0) > (height or width or 0)
    return SectionEnd(landscape, new_page=value(section, "w:type") not in ("continuous", "nextColumn"))


def _items(context: Context, model: Passage, pieces: list[Piece], style: str | None) -> Iterator[Item]:
    runs: list[Run] = []
    after: list[Block] = []
    for piece in [*pieces, None]:
        if isinstance(piece, Run):
            runs.append(piece)
        elif isinstance(piece, Box):
            after.extend(piece.blocks)
        elif piece is None or isinstance(piece, PageBreak):
            passage = _passage(context, model, runs, style)
            yield from [passage] if passage else []
            yield from after
            yield from [piece] if piece else []
            model = replace(model, marker=None, place=None) if passage else model
            runs, after = [], []
        else:
            after.append(piece)


def _passage(context: Context, model: Passage, runs: list[Run], style: str | None) -> Passage | None:
    marker = model.marker
    if marker is None:
        marker, runs = _typed_marker(runs, model.indent)
    tidied = tidy_runs(runs)
    content = build(tidied)
    if not plain(content).strip() and not any(not isinstance(run.piece, Text) for run in tidied):
        return None
    look, columns = _look(context, model, tidied, style), tuple(_columns(runs))
    passage = replace(model, content=content, marker=marker, look=look, columns=columns)
    if passage.level is not None and _is_prose(passage):
        passage.level = None
    if passage.level is not None:
        passage.content = build([_unbold(run) for run in tidied])
    return passage


def _columns(runs: list[Run]) -> Iterator[tuple[Inline, ...]]:
    """The text parted at its tabs; several tabs in a row lead to one column. Only the first one may be empty."""
    parted: list[list[Run]] = [[]]
    for run in runs:
        parts = run.piece.text.split("\t") if isinstance(run.piece, Text) else []
        parted[-1].append(replace(run, piece=Text(parts[0])) if parts else run)
        parted += [[replace(run, piece=Text(part))] for part in parts[1:]]
    columns = [build(tidy_runs(column)) for column in parted]
    return (column for place, column in enumerate(columns) if not place or plain(column).strip())


def _is_prose(passage: Passage) -> bool:
    """A heading style on whole paragraphs, for the sake of its numbers, makes no headings of them."""
    text = passage.text.strip()
    return len(text) > _LONGEST_HEADING or (len(text) > 100 and text.endswith((".", ";", ":", ",")))


def _unbold(run: Run) -> Run:
    return replace(run, marks=replace(run.marks, strong=False))


def _typed_marker(runs: list[Run], indent: int) -> tuple[Marker | None, list[Run]]:
    """A number or bullet that was typed, not made by Word: known by the tab or the gap after it."""
    texts: list[str] = []
    for run in runs:
        if not isinstance(run.piece, Text):
            break
        texts.append(run.piece.text)
    match = _TYPED.match("".join(texts))
    if match is None:
        return None, runs
    label = None if match["bullet"] else match["label"]
    return Marker(label, "", 0, indent), _without(runs, match.end())


def _without(runs: list[Run], count: int) -> list[Run]:
    """``runs`` without their first ``count`` characters."""
    kept = []
    for run in runs:
        if count and isinstance(run.piece, Text):
            text = run.piece.text[count:]
            count = max(count - len(run.piece.text), 0)
            kept.extend([Run(Text(text), run.marks)] if text else [])
        else:
            kept.append(run)
    return kept


def _look(context: Context, model: Passage, runs: list[Run], style: str | None) -> Look:
    texts = [run for run in runs if isinstance(run.piece, Text) and run.piece.text.strip()]
    text = "".join(run.piece.text for run in texts if isinstance(run.piece, Text))
    size = context.styles.run_value(None, style, "w:sz") or "20"
    return Look(
        size=int(size) if size.isdecimal() else 20,
        bold=bool(texts) and all(run.marks.strong for run in texts),
        capitals=text.isupper(),
        centred=model.align == "center",
    )


def _property(context: Context, properties: Element | None, style: str | None, name: str) -> bool:
    own = switch(properties, name)
    if own is not None:
        return own
    found = context.styles.paragraph_property(style, name)
    return found is not None and (found.get(q("w:val")) or "true") not in ("0", "false", "off")


def _align(context: Context, properties: Element | None, style: str | None) -> str:
    by_style = context.styles.paragraph_property(style, "w:jc")
    side = value(properties, "w:jc") or (by_style.get(q("w:val")) if by_style is not None else "")
    return {"center": "center", "right": "right", "end": "right"}.get(side or "", "")


def _indent(context: Context, properties: Element | None, style: str | None, marker: Marker | None) -> int:
    """The left indent: the paragraph's own, else its list's, else its style's (a style with a list comes first)."""
    own = _left(child(properties, "w:ind"))
    if own is not None:
        return own
    by_style = _left(context.styles.paragraph_property(style, "w:ind"))
    by_list = marker.indent if marker else None
    direct = value(properties, "w:numPr/w:numId") is not None
    order = (by_list, by_style) if direct else (by_style, by_list)
    return next((indent for indent in order if indent is not None), 0)


def _left(indent: Element | None) -> int | None:
    text = None if indent is None else indent.get(q("w:left")) or indent.get(q("w:start"))
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def _kind(names: list[str]) -> str:
    nearest = names[0] if names else ""
    if nearest in ("caption", "table caption", "image caption"):
        return "caption"
    return "quote" if nearest in ("quote", "intense quote", "quotations", "block text") else ""


def _place(context: Context, paragraph: Element) -> str | None:
    marks = (mark.get(q("w:name"), "") for mark in paragraph.iter(q("w:bookmarkStart")))
    return next((context.places[mark] for mark in marks if mark in context.places), None)
