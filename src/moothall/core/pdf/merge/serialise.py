"""Freezing: the objects of a PDF as plain text in which each reference is a mark, so that they can be numbered anew.

Sewing: frozen objects become one PDF file, written from front to back in a single pass.
"""

from __future__ import annotations

import copy
import hashlib
import re
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from moothall.core.pdf.merge.parts import Frozen

# Stands around the number of an object. qpdf writes neither this nor a line's end but as an escape.
MARK = b"\0"
# A reference; or a string, in which there are none.
TOKEN = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|\b(\d+ \d+) R\b", re.DOTALL)
PAGES = (Name.Page, Name.Pages)
# Shorter streams hardly get any shorter.
WORTHWHILE = 64


class Slots:
    """Objects of a PDF that stand for something which is known only later, by its name."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.names: dict[bytes, str] = {}
        self._made: dict[str, Object] = {}

    def get(self, name: str) -> Object:
        """The object that stands for ``name``."""
        if name not in self._made:
            self._made[name] = made = self.pdf.make_indirect(Dictionary())
            self.names[key_of(made)] = name
        return self._made[name]


class Freezer:
    """Freezes what can be reached from some roots, which come first in the order of their numbers.

    A page that is no root is none of the part's: nothing of it is frozen, whatever leads to it.
    """

    def __init__(self, pdf: Pdf, slots: Slots) -> None:
        self.pdf = pdf
        self._slots = tuple(slots.names.values())
        self._marks = {key: b"%b-%d%b" % (MARK, at, MARK) for at, key in enumerate(slots.names, start=1)}
        self._places: dict[bytes, int] = {}
        self._met: list[object] = []

    def place(self, thing: Object) -> int:
        """The place of an indirect object among the frozen ones."""
        key = key_of(thing)
        if key not in self._places:
            self._enter(key, thing)
        return self._places[key]

    def freeze(self) -> Frozen:
        """Freeze everything that was given a place, and all that it refers to."""
        lines: list[bytes] = []
        streams: dict[int, bytes] = {}
        for at, value in enumerate(self._met):  # which grows meanwhile
            entries = value
            if isinstance(value, Stream):
                entries, streams[at] = _taken_apart(value)
            lines.append(TOKEN.sub(self._marked, _text(entries)))
        return Frozen(b"\n".join(lines), len(lines), self._slots, streams)

    def _marked(self, found: re.Match[bytes]) -> bytes:
        key = found[1]
        return found[0] if key is None else self._marks.get(key) or self._meet(key)

    def _meet(self, key: bytes) -> bytes:
        """The mark for an object that is referred to for the first time."""
        number, _, generation = key.partition(b" ")
        value: object = self.pdf.get_object((int(number), int(generation)))
        if value is None or (isinstance(value, Dictionary) and "/Type" in value and value["/Type"] in PAGES):
            self._marks[key] = b"null"
        else:
            self._enter(key, value)
        return self._marks[key]

    def _enter(self, key: bytes, value: object) -> None:
        at = self._places[key] = len(self._met)
        self._met.append(value)
        self._marks[key] = b"%b%d%b" % (MARK, at, MARK)


def key_of(thing: Object) -> bytes:
    """An indirect object as references name it: its number and its generation."""
    return b"%d %d" % thing.objgen


def _text(value: object) -> bytes:
    if isinstance(value, Object):
        return value.unparse(resolved=True)
    return Array([value]).unparse()[1:-1].strip()


def _taken_apart(stream: Stream) -> tuple[Object, bytes]:
    """The dictionary of a stream without its length, and its body, which is compressed if it was not."""
    entries: Object = copy.copy(stream.stream_dict)
    data = stream.read_raw_bytes()
    if "/Filter" not in entries and len(data) > WORTHWHILE:
        entries["/Filter"], data = Name.FlateDecode, zlib.compress(data)
    if "/Length" in entries:
        del entries["/Length"]
    return entries, data


def thawed(text: bytes, table: Sequence[bytes]) -> list[bytes]:
    """The lines of frozen ``text``, each mark replaced by what ``table`` has at its place."""
    pieces = text.split(MARK)
    pieces[1::2] = [table[at] for at in map(int, pieces[1::2])]
    return b"".join(pieces).split(b"\n")


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
