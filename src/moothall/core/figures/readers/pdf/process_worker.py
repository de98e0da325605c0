"""The process that reads one PDF and writes one JSON line for each page to standard output.

It is a separate process because a hostile PDF can crash, hang or fill the memory.
"""

from __future__ import annotations

import json
import resource
import sys

from pypdfium2 import PdfDocument, PdfiumError

from moothall.core.figures.readers.pdf import layout
from moothall.core.figures.readers.pdf.page_parts import PagePart, TablePart
from moothall.core.figures.readers.pdf.tagged_page import TaggedPage, read_tag_tree
from moothall.core.figures.readers.pdf.text_runs import TextRunReader

ENOUGH = 0.7
"""The share of a page's text that its tags must include to be used (headers and footers are untagged)."""
MEMORY = 2 << 30


def main() -> None:
    """Read the PDF named by the first argument."""
    _limit_memory()
    try:
        pdf = PdfDocument(sys.argv[1])
    except PdfiumError as error:
        _send_answer({"error": "password" if "password" in str(error).lower() else "damaged"})
        return
    _send_answer({"pages": len(pdf)})
    runs = TextRunReader()
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except PdfiumError:
            _send_answer({"page": number + 1, "parts": [], "unreadable": True})
            continue
        on_page = runs.read_runs(page)
        tagged = TaggedPage(read_tag_tree(page), on_page)
        found = list(tagged.find_parts()) if tagged.measure_coverage() >= ENOUGH else []
        if not found or _is_fragmented(found):
            found = list(layout.find_parts(on_page))
        _send_answer({"page": number + 1, "parts": [part.to_json() for part in found], "text": bool(on_page)})
        page.close()


def _is_fragmented(parts: list[PagePart]) -> bool:
    """Return whether the tags divide a page into many small tables, as printing a spreadsheet does."""
    tables = [part for part in parts if isinstance(part, TablePart)]
    small = sum(len(table.rows) <= 2 for table in tables)
    figures = sum(any(c.isdigit() for c in cell.text) for table in tables for row in table.rows for cell in row)
    return len(tables) >= 4 and small * 2 > len(tables) and figures >= 30


def _send_answer(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
