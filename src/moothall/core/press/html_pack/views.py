"""What the templates show: plain values, no rules."""

from __future__ import annotations

import msgspec
from markupsafe import Markup


class TextPage(msgspec.Struct, frozen=True):
    """The extracted text of one page of an uploaded PDF."""

    label: str
    paragraphs: tuple[str, ...]
    empty: str = "This page has no text that could be read. It may be a picture: see the PDF."


class PaperView(msgspec.Struct, frozen=True):
    """A paper, or the sheet in place of exempt papers. ``html`` is its content; ``texts`` an upload's pages."""

    id: str
    title: str
    range: str
    language: str
    heading: bool = True
    html: Markup | None = None
    texts: tuple[TextPage, ...] = ()
    pdf: str = ""
    mark: str = ""


class Neighbour(msgspec.Struct, frozen=True):
    """The item before or after."""

    number: str
    title: str
    page: str


class ItemView(msgspec.Struct, frozen=True):
    """An agenda item; ``page`` is the file with its papers, or "" where it has none."""

    number: str
    title: str
    text: Markup | None
    page: str
    range: str
    restricted: str = ""
    papers: tuple[PaperView, ...] = ()
    to_follow: tuple[str, ...] = ()
    before: Neighbour | None = None
    after: Neighbour | None = None


class NoteView(msgspec.Struct, frozen=True):
    """A note for the public."""

    title: str
    html: Markup


class Group(msgspec.Struct, frozen=True):
    """Members under one heading."""

    title: str
    names: tuple[str, ...]


class PackView(msgspec.Struct, frozen=True):
    """The whole pack. ``late`` is why a supplement's papers are late, ``reason`` why a pack is issued again."""

    title: str
    heading: str
    council: str
    body: str
    when: str
    place: str
    pdf: str
    pages: int
    items: tuple[ItemView, ...]
    contact: str = ""
    late: str = ""
    reason: str = ""
    changes: tuple[str, ...] = ()
    letter: Markup | None = None
    signed: tuple[str, ...] = ()
    members: tuple[Group, ...] = ()
    notes: tuple[NoteView, ...] = ()
