"""Blocks of a tagged page, from its part of the structure tree: tables, headings and lists."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from pypdfium2 import PdfPage, raw

from moothall.core.figures.readers.pdf.cell_alignment import align_cells
from moothall.core.figures.readers.pdf.page_parts import CellPart, HeadingPart, PagePart, ParagraphPart, TablePart
from moothall.core.figures.readers.pdf.text_runs import TextRun, enclose_boxes, join_runs

DEEPEST: Final = 60
MOST_NODES: Final = 60_000
_HEADINGS: Final = {"H": 0, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_INSIDE: Final = frozenset(("Span", "Link", "Em", "Strong", "Quote", "Sub", "Reference", "Annot", "Ruby", "Code"))


class TagNode:
    """An element of the structure tree: its type, kids (nodes or marked content ids) and spans."""

    __slots__ = ("columns", "kids", "kind", "rows")

    def __init__(self, kind: str, kids: list[TagNode | int], columns: int, rows: int) -> None:
        self.kind, self.kids, self.columns, self.rows = kind, kids, columns, rows

    def find_content_ids(self) -> Iterator[int]:
        """Yield the marked content ids below the node, in order."""
        for kid in self.kids:
            if isinstance(kid, int):
                yield kid
            else:
                yield from kid.find_content_ids()

    def find_child_nodes(self) -> Iterator[TagNode]:
        """Return the nodes among its kids."""
        return (kid for kid in self.kids if isinstance(kid, TagNode))


class _TagReader:
    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(128)
        self._number = ctypes.c_float()
        self.left = MOST_NODES

    def read_node(self, element: Any, depth: int) -> TagNode:
        self.left -= 1
        kind = self._read_type(element)
        kids: list[TagNode | int] = []
        if depth < DEEPEST:
            for nth in range(raw.FPDF_StructElement_CountChildren(element)):
                child = raw.FPDF_StructElement_GetChildAtIndex(element, nth)
                if child and self.left > 0:
                    kids.append(self.read_node(child, depth + 1))
                elif not child:
                    kids.append(raw.FPDF_StructElement_GetChildMarkedContentID(element, nth))
        columns, rows = self._read_spans(element) if kind in ("TD", "TH") else (1, 1)
        return TagNode(kind, [kid for kid in kids if kid != -1], columns, rows)

    def _read_type(self, element: Any) -> str:
        length = raw.FPDF_StructElement_GetType(element, self._buffer, 128)
        return self._buffer.raw[: max(0, min(length, 128) - 2)].decode("utf-16-le", "replace")

    def _read_spans(self, element: Any) -> tuple[int, int]:
        found = {b"ColSpan": 1, b"RowSpan": 1}
        for nth in range(max(0, raw.FPDF_StructElement_GetAttributeCount(element))):
            attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, nth)
            for name in found:
                value = raw.FPDF_StructElement_Attr_GetValue(attribute, name)
                if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, ctypes.byref(self._number)):
                    found[name] = min(max(1, int(self._number.value)), 100)
        return found[b"ColSpan"], found[b"RowSpan"]


def read_tag_tree(page: PdfPage) -> list[TagNode]:
    """Return the top elements of a page's structure tree, or [] for an untagged page."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    walker = _TagReader()
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, nth) for nth in range(count))
        return [walker.read_node(top, 0) for top in tops if top]
    finally:
        raw.FPDF_StructTree_Close(tree)


class TaggedPage:
    """Makes parts of the structure tree and text runs of a page."""

    def __init__(self, nodes: list[TagNode], runs: list[TextRun]) -> None:
        self._nodes = nodes
        self._runs: defaultdict[int, list[TextRun]] = defaultdict(list)
        for run in runs:
            self._runs[run.tag].append(run)

    def measure_coverage(self) -> float:
        """Return the share of the page's text that its tags include (0 to 1)."""
        sizes = {tag: sum(len(run.text.strip()) for run in runs) for tag, runs in self._runs.items()}
        whole = sum(sizes.values())
        tagged = sum(sizes.get(tag, 0) for tag in {tag for node in self._nodes for tag in node.find_content_ids()})
        return tagged / whole if whole else 0.0

    def find_parts(self) -> Iterator[PagePart]:
        """Yield the blocks of the page in the order of its tags."""
        for node in self._nodes:
            yield from self._walk_node(node, "")

    def _walk_node(self, node: TagNode, label: str) -> Iterator[PagePart]:
        if node.kind == "Table":
            yield from self._make_table(node)
        elif node.kind in _HEADINGS:
            text, box = self._collect_text(node)
            if text:
                yield HeadingPart(_HEADINGS[node.kind], text, box)
        elif node.kind == "L":
            yield from self._make_list(node)
        elif node.kind == "P" or _is_leaf(node):
            yield from self._make_paragraph(node, label)
        else:
            for kid in node.find_child_nodes():
                yield from self._walk_node(kid, label)

    def _make_paragraph(self, node: TagNode, label: str) -> Iterator[PagePart]:
        blocks = [kid for kid in node.find_child_nodes() if kid.kind in ("Table", "L")]
        own = TagNode(node.kind, [kid for kid in node.kids if kid not in blocks], 1, 1)
        text, box = self._collect_text(own)
        if text:
            yield ParagraphPart(text, label, box)
        for block in blocks:
            yield from self._walk_node(block, label)

    def _make_list(self, node: TagNode) -> Iterator[PagePart]:
        for item in node.find_child_nodes():
            label = ""
            for kid in item.find_child_nodes() if item.kind == "LI" else (item,):
                if kid.kind == "Lbl":
                    label = self._collect_text(kid)[0]
                else:
                    shown = label if any(c.isalnum() for c in label) and len(label) > 1 else "-"
                    yield from self._walk_node(kid, shown)

    def _make_table(self, node: TagNode) -> Iterator[PagePart]:
        rows: list[tuple[CellPart, ...]] = []
        head, caption = 0, ""
        for row in _find_rows(node):
            if row.kind == "Caption":
                caption = self._collect_text(row)[0]
                continue
            cells = tuple(self._make_cell(cell) for cell in row.find_child_nodes() if cell.kind in ("TD", "TH"))
            if cells:
                head += head == len(rows) and all(cell.header for cell in cells)
                rows.append(cells)
        if rows:
            yield TablePart(align_cells(rows), caption, head if head < len(rows) else 0)

    def _make_cell(self, node: TagNode) -> CellPart:
        text, box = self._collect_text(node)
        return CellPart(text, node.columns, node.rows, node.kind == "TH", box)

    def _collect_text(self, node: TagNode) -> tuple[str, Any]:
        runs = [run for tag in node.find_content_ids() for run in self._runs.get(tag, ())]
        return join_runs(runs), enclose_boxes([run.box for run in runs if run.text.strip()])


def _find_rows(node: TagNode) -> Iterator[TagNode]:
    for kid in node.find_child_nodes():
        if kid.kind in ("THead", "TBody", "TFoot"):
            yield from kid.find_child_nodes()
        else:
            yield kid


def _is_leaf(node: TagNode) -> bool:
    """Return whether a node has text itself, or only inline elements."""
    kids = list(node.kids)
    return bool(kids) and all(isinstance(kid, int) or kid.kind in _INSIDE for kid in kids)
