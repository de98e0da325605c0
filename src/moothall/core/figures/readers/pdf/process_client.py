"""Client of the PDF reading process, with a time limit."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from moothall.core.documents.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.documents.warnings import Caution
from moothall.core.figures.model import Paper
from moothall.core.figures.readers.blocks import Block, Piece, RawCell, RawParagraph, RawTable
from moothall.core.figures.readers.paper_builder import PaperBuilder
from moothall.core.figures.readers.plain_text import make_heading

SECONDS: Final = 120.0  # for the whole PDF; an ordinary page takes a hundredth of a second
_WORKER: Final = "moothall.core.figures.readers.pdf.process_worker"


def read_pdf(path: Path, *, seconds: float = SECONDS) -> Paper:
    """Read a PDF.

    Every block (paragraph, heading, table row) is a line of the paper, with its page. Blocks and cells have the box
    of their position. Raise ``CannotRead``, ``PasswordNeeded`` or ``TookTooLong``.
    """
    pages = _PageCollector(path.name)
    with _start_worker(path, seconds) as (process, late):
        assert process.stdout is not None
        for line in process.stdout:
            pages.add_answer(json.loads(line))
        process.wait()
        if late.is_set():
            raise TookTooLong(f"{path.name} took more than {seconds:.0f} seconds to read. Print it to a new PDF.")
    return pages.build_paper()


@contextmanager
def _start_worker(path: Path, seconds: float) -> Iterator[tuple[subprocess.Popen[bytes], threading.Event]]:
    late = threading.Event()
    process = subprocess.Popen(
        [sys.executable, "-m", _WORKER, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield process, late
    finally:
        timer.cancel()
        timer.join()
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


class _PageCollector:
    """Collects the answers of the reading process and builds the paper."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[str] = []
        self.pages: list[int] = []
        self.expected = -1
        self.seen = 0
        self.builder = PaperBuilder(name, "pdf")

    def add_answer(self, answer: dict[str, Any]) -> None:
        """Add one answer of the process."""
        if answer.get("error") == "password":
            raise PasswordNeeded(f"{self.name} is protected by a password. Save a copy without a password.")
        if "error" in answer:
            raise CannotRead(f"{self.name} is not a PDF or is too damaged to read. Print it to a new PDF.")
        if "pages" in answer:
            self.expected = answer["pages"]
            return
        self.seen += 1
        page = answer["page"]
        if answer.get("unreadable"):
            self._add_caution("page-unreadable", f"Page {page} is damaged and was left out.", page)
        elif not answer.get("text"):
            self._add_caution("page-without-text", f"Page {page} is a picture without text. It was not checked.", page)
        self.builder.add_blocks([self._make_block(part, page) for part in answer["parts"]])

    def build_paper(self) -> Paper:
        """Return the paper, after the process has ended."""
        if self.expected < 0:
            raise CannotRead(f"{self.name} could not be read because it stops the PDF reader. Print it to a new PDF.")
        if self.seen < self.expected:
            text = f"Reading stopped at page {self.seen + 1} of {self.expected}. The rest was not checked."
            self._add_caution("reading-stopped", text, self.seen + 1)
        return self.builder.build_paper(tuple(self.lines), tuple(self.pages))

    def _add_caution(self, code: str, text: str, page: int) -> None:
        self.builder.cautions.append(Caution(code, text, f"page {page}"))

    def _make_block(self, part: list[Any], page: int) -> Block:
        kind = part[0]
        if kind == "h":
            return make_heading(self._make_piece(part[2], page, part[3]), part[1])
        if kind == "p":
            return RawParagraph((self._make_piece(part[1], page, part[3], part[2]),), part[2])
        rows = tuple(self._make_row(row, page) for row in part[1])
        return RawTable(rows, part[2], part[3])

    def _make_piece(self, text: str, page: int, box: list[float] | None, label: str = "") -> Piece:
        lead = f"{label} " if label else ""
        self.lines.append(lead + text)
        self.pages.append(page)
        return Piece(text, len(self.lines), len(lead), page, _make_box(box))

    def _make_row(self, row: list[list[Any]], page: int) -> tuple[RawCell, ...]:
        number, column, cells = len(self.lines) + 1, 0, []
        for text, columns, rows, header, box in row:
            cells.append(RawCell(Piece(text, number, column, page, _make_box(box)), columns, rows, header))
            column += len(text) + 1
        self.lines.append("\t".join(cell[0] for cell in row))
        self.pages.append(page)
        return tuple(cells)


def _make_box(box: list[float] | None) -> tuple[float, float, float, float] | None:
    return (box[0], box[1], box[2], box[3]) if box else None
