"""Inlines become flat runs: a nest of any depth is a list of texts, each with its style.

What the setter learns on its way through a paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import (
    Block,
    Deleted,
    Emphasis,
    Inline,
    Inserted,
    LineBreak,
    Link,
    NoteReference,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from moothall.core.documents.warnings import Caution
from moothall.core.pdf.typeset.glyphs import broken_up, settable

HeaderMarks = dict[tuple[int, int], str]
"""By table row and the cell's place in it: the scope ("Row", "Column", "Both") that Typst cannot give by itself."""


@dataclass(slots=True)
class Gathering:
    """The state of one pass over one paper; never kept."""

    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    images: Mapping[str, bytes] = field(default_factory=dict)
    used_images: dict[str, bytes] = field(default_factory=dict)
    anchored: set[str] = field(default_factory=set)
    called_notes: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    tables: list[HeaderMarks | None] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    highest: int = 1
    level: int = 0
    heading: str = ""

    def caution(self, code: str, message: str) -> None:
        """Note something for the clerk, at the heading last passed."""
        self.cautions.append(Caution(code, message, self.heading))

    def anchor(self, identity: str | None) -> str | None:
        """``identity`` the first time that it is claimed; a second claim gets nothing to link to."""
        if identity is None or identity not in self.targets or identity in self.anchored:
            return None
        self.anchored.add(identity)
        return identity

    def all_cautions(self) -> tuple[Caution, ...]:
        """Every caution, with one for the characters that no font has."""
        if not self.missing:
            return tuple(self.cautions)
        names = [f"{_spoken(character)} ({count} times)" for character, count in self.missing.items()]
        listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        message = f"Characters that the fonts do not have were replaced: {listed}. Write them in another way."
        return (*self.cautions, Caution("characters-replaced", message))


def _spoken(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed').lower()}"


Runs = list[Any]
NoteSetter = Callable[[tuple[Block, ...]], list[Any]]

LINE = {"br": 1}
BREAKABLE = 0
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "moothall:")
_NEST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Style:
    """How a run is set, and where it leads."""

    bold: bool = False
    italic: bool = False
    shift: str = ""
    change: str = ""
    href: str = ""

    def flags(self) -> str:
        """The style as the template reads it: b, i, ^ and v; x for words taken out, + for words put in."""
        return "b" * self.bold + "i" * self.italic + self.shift + self.change


_PLAIN = Style()


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text of ``inlines`` without style."""
    return "".join(_plain(inline) for inline in inlines)


def plain_lines(inlines: tuple[Inline, ...]) -> list[str]:
    """The text of ``inlines``, line by line as their line breaks part it."""
    if any(isinstance(inline, LineBreak) for inline in inlines):
        places = [place for place, inline in enumerate(inlines) if isinstance(inline, LineBreak)]
        starts = [0, *(place + 1 for place in places)]
        return [plain(inlines[start:end]) for start, end in zip(starts, [*places, None], strict=True)]
    return [plain(inlines)]


def _plain(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, LineBreak):
        return " "
    return "" if isinstance(inline, NoteReference) else plain(inline.content)


def runs(
    inlines: tuple[Inline, ...],
    gathering: Gathering,
    *,
    set_note: NoteSetter | None = None,
    limit: float,
) -> Runs:
    """The runs of ``inlines`` for the template; words wider than ``limit`` ems may break anywhere."""
    result: Runs = []
    href = ""
    for style, inline in _flat(inlines, _PLAIN, 0):
        target = result
        leading = style.href if style.change != "x" and _can_lead(inline, style.href, gathering) else ""
        if leading:
            target = _link_runs(result, leading, joined=leading == href)
            style = replace(style, change="")  # noqa: PLW2901 - a link is underlined already, and PDF/UA knows no two lines
        href = leading
        target.extend(_run(inline, style, gathering, set_note, limit))
    return [run for run in result if not (isinstance(run, dict) and run.get("c") == [])]


def _link_runs(result: Runs, href: str, *, joined: bool) -> Runs:
    if not joined:
        result.append({"a": href, "c": []})
    inside: Runs = result[-1]["c"]
    return inside


def _flat(inlines: tuple[Inline, ...], style: Style, depth: int) -> Iterator[tuple[Style, Inline]]:
    if depth > _NEST_LIMIT:
        raise CannotSet(f"Text is nested more than {_NEST_LIMIT} styles deep; make it plainer.")
    for inline in inlines:
        if isinstance(inline, (Text, LineBreak, NoteReference)):
            yield style, inline
        else:
            yield from _flat(inline.content, _styled(style, inline), depth + 1)


_STYLES: dict[type, dict[str, Any]] = {Strong: {"bold": True}, Emphasis: {"italic": True}, Deleted: {"change": "x"}}


def _styled(style: Style, inline: Strong | Emphasis | Subscript | Superscript | Deleted | Inserted | Link) -> Style:
    match inline:
        case Subscript():
            return replace(style, shift=style.shift or "v")
        case Superscript():
            return replace(style, shift=style.shift or "^")
        case Inserted():
            return replace(style, change=style.change or "+")
        case Link():
            return replace(style, href=style.href or inline.href)
        case _:
            return replace(style, **_STYLES[type(inline)])


def _run(
    inline: Inline, style: Style, gathering: Gathering, set_note: NoteSetter | None, limit: float
) -> Iterator[Any]:
    if isinstance(inline, Text):
        pieces = broken_up(covered(inline.text, gathering), limit, bold=style.bold)
        flags = style.flags()
        for place, piece in enumerate(pieces):
            if place:
                yield BREAKABLE
            if piece:
                yield {"t": piece, "s": flags} if flags else piece
    elif isinstance(inline, LineBreak):
        yield LINE
    elif isinstance(inline, NoteReference):
        yield _note(inline.note, gathering, set_note)


def covered(text: str, gathering: Gathering) -> str:
    """``text`` as the fonts can show it; what they cannot is counted."""
    shown, missing = settable(text)
    for character in missing:
        gathering.missing[character] = gathering.missing.get(character, 0) + text.count(character)
    return shown


def _note(key: str, gathering: Gathering, set_note: NoteSetter | None) -> Any:
    if key in gathering.called_notes:
        return {"n": gathering.called_notes[key]}
    if set_note is None or key not in gathering.notes:
        where = f' under "{gathering.heading}"' if gathering.heading else ""
        raise CannotSet(f'Footnote "{key}" is called{where} but has no text; write the note or take the call out.')
    number = len(gathering.called_notes) + 1
    gathering.called_notes[key] = number
    return {"n": number, "b": set_note(gathering.notes[key])}


def _can_lead(inline: Inline, href: str, gathering: Gathering) -> bool:
    """Whether a link can be made: a known scheme or a place in this paper; a note's call is a link of its own."""
    if not href or isinstance(inline, NoteReference):
        return False
    if href.startswith("#"):
        return href[1:] in gathering.targets
    return href.lower().startswith(_SCHEMES)
