"""Writes the pages. Everything that is shown has been sanitised on its way into the content tree.

What the templates show: plain values, no rules.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined
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


def write(pack: PackView, folder: Path, *, language: str, files: Mapping[str, Path]) -> None:
    """Write ``pack`` into the new folder ``folder``; ``files`` (pictures, uploaded PDFs) are copied by their names."""
    folder.mkdir(parents=True)
    (folder / "style.css").write_bytes(_template_bytes("style.css"))
    _page(folder / "index.html", "index.html", pack=pack, language=language)
    for item in pack.items:
        if item.page:
            _page(folder / item.page, "item.html", pack=pack, item=item, language=language)
    for name, source in files.items():
        shutil.copyfile(source, _under(folder, name))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a page's extracted text, their lines put together again."""
    lines = text.replace("\r\n", "\n").split("\n")
    full = 0.7 * max(map(len, lines))
    return tuple(
        _flowing(part.strip().split("\n"), full) for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()
    )


# What begins a line of its own: a bullet, or a number as of a list or a paragraph.
_BEGINS = re.compile(r"\s*([•●▪◦○■–\-*\uf0b7]\s|\(?[0-9]{1,3}([.)]|\.[0-9.]+)?\s|\(?[a-zA-Z][.)]\s)")


def _flowing(lines: list[str], full: float) -> str:
    """Lines that were broken only because the page was no wider run on; short ones, and new beginnings, do not."""
    out = lines[0]
    for before, line in pairwise(lines):
        runs_on = len(before) >= full and not _BEGINS.match(line)
        out += f" {line.strip()}" if runs_on else f"\n{line.strip()}"
    return out


def _under(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _page(path: Path, template: str, **values: object) -> None:
    path.write_text(_environment().get_template(template).render(**values), "utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(lambda name: _template_bytes(name).decode()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _template_bytes(name: str) -> bytes:
    return resources.files("moothall.core.packs.web_edition").joinpath("templates", name).read_bytes()
