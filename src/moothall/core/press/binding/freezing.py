"""Freezing: the objects of a PDF as plain text in which each reference is a mark, so that they can be numbered anew."""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from moothall.core.press.binding.quires import Frozen

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
