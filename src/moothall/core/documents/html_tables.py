"""HTML tables to tree: sections, spans, scopes, widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from moothall.core.documents.tree import Block, Cell, Inline, Row, Scope, Table

Inside = Callable[[HtmlElement], tuple[Block, ...]]

_SCOPES = {scope.value: scope for scope in Scope if scope}
_WIDTH = re.compile(r"(?:^|[;\s])width\s*:\s*([\d.]+)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|start|end)", re.IGNORECASE)
_SIDES = {"start": "left", "end": "right", "middle": "center"}


def read_table(element: HtmlElement, inside: Inside, caption: Callable[[HtmlElement], tuple[Inline, ...]]) -> Table:
    """The table as it stands, not yet a rectangular grid; ``inside`` and ``caption`` read what cells hold."""
    sections: dict[str, list[Row]] = {"thead": [], "tbody": [], "tfoot": []}
    title: tuple[Inline, ...] = ()
    for child in element:
        if child.tag == "caption":
            title = caption(child)
        elif child.tag == "tr":
            sections["tbody"].append(_row(child, "tbody", inside))
        elif child.tag in sections:
            sections[child.tag].extend(_row(row, child.tag, inside) for row in child if row.tag == "tr")
    return Table(
        body=tuple(sections["tbody"]),
        head=tuple(sections["thead"]),
        foot=tuple(sections["tfoot"]),
        caption=title,
        widths=_widths(element),
        id=element.get("id"),
    )


def _row(element: HtmlElement, section: str, inside: Inside) -> Row:
    cells = [child for child in element if child.tag in ("td", "th")]
    all_heads = section == "thead" or all(cell.tag == "th" for cell in cells)
    return Row(
        tuple(
            _cell(cell, inside, default=Scope.ROW if place == 0 and not all_heads else Scope.COLUMN)
            for place, cell in enumerate(cells)
        )
    )


def _cell(element: HtmlElement, inside: Inside, *, default: Scope) -> Cell:
    scope = _SCOPES.get(element.get("scope", "").strip().lower(), Scope.NONE)
    if element.tag == "th" and scope is Scope.NONE:
        scope = default
    rows = _count(element.get("rowspan"), most=65534)
    return Cell(
        blocks=inside(element),
        scope=scope,
        columns=_count(element.get("colspan"), most=1000) or 1,
        # HTML's rowspan="0": down to the end of the section, where the grid cuts it off
        rows=65534 if rows == 0 else rows,
        align=_align(element),
    )


def _count(value: str | None, *, most: int) -> int:
    text = (value or "").strip()
    return min(int(text), most) if re.fullmatch(r"[0-9]{1,9}", text) else 1


def _align(element: HtmlElement) -> str:
    for name in str(element.get("class", "")).split():
        if name.startswith("align-"):
            return name.removeprefix("align-")
    styled = _ALIGN.search(element.get("style", ""))
    side = str(styled[1] if styled else element.get("align", "")).lower()
    return _SIDES.get(side, side)


def _widths(element: HtmlElement) -> tuple[float, ...]:
    widths = [width for column in _columns(element) for width in _width(column)]
    return tuple(widths) if all(widths) else ()


def _columns(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if child.tag == "col":
            yield child
        elif child.tag == "colgroup":
            columns = [inner for inner in child if inner.tag == "col"]
            yield from columns or [child]


def _width(column: HtmlElement) -> list[float]:
    styled = _WIDTH.search(column.get("style", ""))
    raw = column.get("data-width") or (styled[1] if styled else column.get("width", ""))
    number = re.match(r"\s*(\d+(?:\.\d*)?(?:e[-+]?\d{1,3})?)", raw)
    width = float(number[1]) if number else 0.0
    return [width] * _count(column.get("span"), most=1000)
