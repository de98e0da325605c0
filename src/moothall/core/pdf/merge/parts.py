"""What is bound, and what comes of it.

A quire: one part of a volume, folded for the needle. Its objects stand as plain text, to be numbered anew.

Binding a paper costs little once it is folded: no object of it is parsed again. Everything that depends on the other
parts of a volume is left open as a slot (``freezing``), or noted here as a fact.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.warnings import Caution


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF of a volume: a generated sheet, a report or an uploaded paper.

    ``labels`` holds the printed label of each page ("21", "21a", "E1"). ``outline`` names the bookmarks that the part
    stands under, outermost first; ``title`` is its own bookmark, and its headings hang below. A link in any part to
    ``moothall:part/KEY`` leads to the first page of the part with that ``key``. ``clear`` gives for each page the stamp
    places that are free, best first (as ``PageFacts.clear`` does); () means a generated part, whose bottom margin is
    free. ``text`` is the text of each page, the alternative for a part without tags.
    """

    pdf: Path
    title: str
    key: str
    labels: tuple[str, ...]
    outline: tuple[str, ...] = ()
    stamped: bool = True
    clear: tuple[tuple[str, ...], ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """The parts of one file, in order, and what the file says of itself. ``created`` is aware."""

    parts: tuple[Part, ...]
    title: str
    language: str
    author: str
    subject: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound file: its number of pages, and what the clerk should know about it."""

    pages: int
    cautions: tuple[Caution, ...]


DIGEST = hashlib.sha256().digest_size


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """Where the number of a page stands: the place, the page's frame, and what its resources call the typeface."""

    place: str
    matrix: tuple[float, float, float, float, float, float]
    size: tuple[float, float]
    font: str


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A heading among the bookmarks: the page (0-based) that it leads to, and how that is shown, as PDF text."""

    title: str
    at: int
    view: str
    below: tuple[Mark, ...] = ()


class Remark(msgspec.Struct, frozen=True, array_like=True):
    """What the clerk should know; ``at`` is the page (0-based) that it is about, if it is about one."""

    code: str
    message: str
    at: int | None = None


class Layering(msgspec.Struct, frozen=True):
    """The layers of a part: the objects of its groups, of the hidden ones, and of what orders and locks them."""

    groups: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    locked: tuple[int, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a folded part. Its objects are named by their place in the quire, from 0.

    ``parents`` are the owners of the part's content by its own numbers in the parent tree. ``roles`` say what its names
    mean, ``used`` which of them its elements have. ``classes`` give for each name its object and a digest
    of it; ``ids`` the element of each identifier (as hexadecimal digits). ``asked`` are the parts that its links lead
    to. ``tagged`` is False where the tags were made here; ``sound`` says that it may stand in an accessible file.
    """

    pages: tuple[int, ...]
    section: int
    parents: tuple[int, ...]
    spots: tuple[Spot | None, ...]
    headings: tuple[Mark, ...]
    roles: dict[str, str]
    used: tuple[str, ...] = ()
    classes: dict[str, tuple[int, str]] = msgspec.field(default_factory=dict)
    ids: dict[str, int] = msgspec.field(default_factory=dict)
    namespaces: tuple[int, ...] = ()
    layers: Layering = Layering()
    asked: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    tagged: bool
    sound: bool


class _Head(msgspec.Struct, frozen=True):
    facts: Facts
    slots: tuple[str, ...]
    streams: tuple[tuple[int, int], ...]  # object, bytes
    text: int
    objects: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """Objects as text, a line each: references are marks. ``streams`` are their bodies by object.

    ``slots`` names what the marks below zero stand for: -1 is the first.
    """

    text: bytes
    objects: int
    slots: tuple[str, ...] = ()
    streams: dict[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quire:
    """A folded part."""

    facts: Facts
    frozen: Frozen


def pack_up(quire: Quire) -> bytes:
    """The quire as one file: a digest of the rest, a line of facts, the text, the streams."""
    frozen = quire.frozen
    head = _Head(
        facts=quire.facts,
        slots=frozen.slots,
        streams=tuple((at, len(data)) for at, data in frozen.streams.items()),
        text=len(frozen.text),
        objects=frozen.objects,
    )
    rest = b"".join([msgspec.json.encode(head), b"\n", frozen.text, *frozen.streams.values()])
    return hashlib.sha256(rest).digest() + rest


def unpack(packed: bytes) -> Quire:
    """The quire again. CannotRead when the file is not whole."""
    digest, rest = packed[:DIGEST], packed[DIGEST:]
    if hashlib.sha256(rest).digest() != digest:
        raise CannotRead("a folded part is damaged")
    line, _, body = rest.partition(b"\n")
    head = msgspec.json.decode(line, type=_Head)
    streams, start = {}, head.text
    for at, length in head.streams:
        streams[at] = body[start : start + length]
        start += length
    return Quire(head.facts, Frozen(body[: head.text], head.objects, head.slots, streams))
