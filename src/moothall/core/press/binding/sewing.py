"""Sewing: frozen objects become one PDF file, written from front to back in a single pass."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import BinaryIO

from moothall.core.press.binding.freezing import thawed
from moothall.core.press.binding.quires import Frozen

# Objects without a stream lie together, compressed (ISO 32000-1, 7.5.7); with more of them a reader unpacks too much.
TOGETHER = 200
# The second line says that the file is no text (7.5.2).
HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
# A row of the cross-reference stream (7.5.8): its kind, where the object is, and its place there.
ROW = struct.Struct(">BQH")
FREE = ROW.pack(0, 0, 0xFFFF)


class Sewer:
    """Writes one file. Objects are numbered by the caller from 1 to ``last``; those that hold others come after."""

    def __init__(self, file: BinaryIO, last: int) -> None:
        self._file = file
        self._rows: list[bytes] = [FREE] * (last + 1)
        self._digest = hashlib.sha256()
        self._offset = 0
        self._numbers: list[int] = []
        self._lines: list[bytes] = []
        self._put(HEADER)

    def sew(self, frozen: Frozen, first: int, table: Sequence[bytes]) -> None:
        """Write frozen objects, numbered from ``first``; ``table`` holds what their marks stand for."""
        for number, line in enumerate(thawed(frozen.text, table), start=first):
            data = frozen.streams.get(number - first)
            if data is None:
                self._numbers.append(number)
                self._lines.append(line)
            else:
                self.stream(number, line, data)
        while len(self._lines) >= TOGETHER:
            self._bundle()

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream; ``entries`` is its dictionary without the length."""
        self._rows[number] = ROW.pack(1, self._offset, 0)
        self._put(b"%d 0 obj\n%b /Length %d >>\nstream\n" % (number, entries[:-2], len(data)))
        self._put(data)
        self._put(b"\nendstream\nendobj\n")

    def finish(self, root: int, info: int) -> None:
        """Write what is still waiting, and the cross-reference stream."""
        while self._lines:
            self._bundle()
        number, start = len(self._rows), self._offset
        self._rows.append(ROW.pack(1, start, 0))
        name = self._digest.hexdigest()[:32].encode()
        data = zlib.compress(b"".join(self._rows))
        entries = (
            b"<< /Type /XRef /Size %d /W [ 1 8 2 ] /Root %d 0 R /Info %d 0 R /ID [ <%b> <%b> ] /Filter /FlateDecode >>"
        )
        self.stream(number, entries % (number + 1, root, info, name, name), data)
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _bundle(self) -> None:
        """Write the objects that have waited longest, together as one stream."""
        numbers, lines = self._numbers[:TOGETHER], self._lines[:TOGETHER]
        del self._numbers[:TOGETHER], self._lines[:TOGETHER]
        holder = len(self._rows)
        self._rows.append(FREE)
        for at, number in enumerate(numbers):
            self._rows[number] = ROW.pack(2, holder, at)
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        index = b" ".join(b"%d" % value for value in chain.from_iterable(zip(numbers, starts, strict=False)))
        data = zlib.compress(index + b"\n" + b"\n".join(lines))
        entries = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode >>" % (len(lines), len(index) + 1)
        self.stream(holder, entries, data)

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._offset += len(data)
        self._file.write(data)
