"""Running text in its normal form.

Text is flattened to runs (a piece and its marks), tidied, and built up again with the marks always nested in one
order (link, deleted or inserted, strong, emphasis, sub or superscript), so that equal-looking text is equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from moothall.core.documents.tree import (
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


@dataclass(frozen=True, slots=True)
class Marks:
    """How a run of text is set. ``script`` is "", "sub" or "super"; ``change`` "", "deleted" or "inserted"."""

    link: str = ""
    strong: bool = False
    emphasis: bool = False
    script: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, a line break or a note's call, with its marks."""

    piece: Text | LineBreak | NoteReference
    marks: Marks = Marks()


PLAIN = Marks()
_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
# what XML 1.0 cannot carry, the byte order mark and lone surrogates
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """``text`` without control characters, its white space collapsed to single spaces (not trimmed)."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text))


def flatten(content: Iterable[Inline], marks: Marks = PLAIN) -> Iterator[Run]:
    """The runs of ``content``, in order."""
    for inline in content:
        if isinstance(inline, Text | LineBreak | NoteReference):
            yield Run(inline, marks)
        else:
            yield from flatten(inline.content, _mark(inline, marks))


_MARKS: dict[type, dict[str, Any]] = {
    Strong: {"strong": True},
    Emphasis: {"emphasis": True},
    Subscript: {"script": "sub"},
    Superscript: {"script": "super"},
    Deleted: {"change": "deleted"},
}


def _mark(inline: Strong | Emphasis | Subscript | Superscript | Deleted | Inserted | Link, marks: Marks) -> Marks:
    if isinstance(inline, Link):
        return replace(marks, link=inline.href)
    if isinstance(inline, Inserted):
        return replace(marks, change=marks.change or "inserted")
    return replace(marks, **_MARKS[type(inline)])


def build(runs: Sequence[Run]) -> tuple[Inline, ...]:
    """The inlines of ``runs``; neighbours with equal marks share one element."""
    if len(runs) == 1 and runs[0].marks == PLAIN:
        return (runs[0].piece,)
    return tuple(_by_link(runs))


def _by_link(runs: Sequence[Run]) -> Iterator[Inline]:
    for href, group in groupby(runs, lambda run: run.marks.link):
        content = _by_change(list(group))
        if href:
            yield Link(href, tuple(content))
        else:
            yield from content


def _by_change(runs: Sequence[Run]) -> Iterator[Inline]:
    for change, group in groupby(runs, lambda run: run.marks.change):
        content = _by_strong(list(group))
        if change:
            yield (Deleted if change == "deleted" else Inserted)(tuple(content))
        else:
            yield from content


def _by_strong(runs: Sequence[Run]) -> Iterator[Inline]:
    for strong, group in groupby(runs, lambda run: run.marks.strong):
        content = _by_emphasis(list(group))
        if strong:
            yield Strong(tuple(content))
        else:
            yield from content


def _by_emphasis(runs: Sequence[Run]) -> Iterator[Inline]:
    for emphasis, group in groupby(runs, lambda run: run.marks.emphasis):
        content = _by_script(list(group))
        if emphasis:
            yield Emphasis(tuple(content))
        else:
            yield from content


def _by_script(runs: Sequence[Run]) -> Iterator[Inline]:
    for script, group in groupby(runs, lambda run: run.marks.script):
        content = _joined(group)
        if script == "sub":
            yield Subscript(tuple(content))
        elif script == "super":
            yield Superscript(tuple(content))
        else:
            yield from content


def _joined(runs: Iterable[Run]) -> Iterator[Inline]:
    for is_text, group in groupby((run.piece for run in runs), lambda piece: isinstance(piece, Text)):
        if is_text:
            yield Text("".join(piece.text for piece in group if isinstance(piece, Text)))
        else:
            yield from group


def tidy_runs(runs: Iterable[Run]) -> list[Run]:
    """``runs`` without control characters, doubled spaces, and breaks or spaces at the edges."""
    kept: list[Run] = []
    for run in runs:
        if isinstance(run.piece, NoteReference):
            kept.append(Run(run.piece))
        elif isinstance(run.piece, LineBreak):
            _strip_end(kept)
            if kept:
                kept.append(run)
        else:
            _add_text(kept, clean_text(run.piece.text), run.marks)
    _strip_end(kept)
    while kept and isinstance(kept[-1].piece, LineBreak):
        kept.pop()
        _strip_end(kept)
    return kept


def _add_text(kept: list[Run], text: str, marks: Marks) -> None:
    last = kept[-1].piece if kept else LineBreak()
    after_space = isinstance(last, LineBreak) or (isinstance(last, Text) and last.text.endswith(" "))
    if after_space:
        text = text.removeprefix(" ")
    if text:
        kept.append(Run(Text(text), marks))


def _strip_end(kept: list[Run]) -> None:
    while kept:
        piece = kept[-1].piece
        if not isinstance(piece, Text) or not piece.text.endswith(" "):
            return
        run = kept.pop()
        if piece.text != " ":
            kept.append(Run(Text(piece.text.rstrip(" ")), run.marks))


def tidy(content: Iterable[Inline], mend: Callable[[Run], Run | None] | None = None) -> tuple[Inline, ...]:
    """``content`` in its normal form; ``mend`` may change a run or, by None, drop it."""
    runs = flatten(content)
    if mend is not None:
        runs = (mended for run in runs if (mended := mend(run)) is not None)
    return build(tidy_runs(runs))


def standing(content: Iterable[Inline]) -> str:
    """The text of ``content`` as it stands: without the words that an amendment takes out."""
    return " ".join(plain(build([run for run in flatten(content) if run.marks.change != "deleted"])).split())


def plain(content: Iterable[Inline]) -> str:
    """The text of ``content``: line breaks as spaces, note calls left out."""
    return "".join(
        run.piece.text if isinstance(run.piece, Text) else " " if isinstance(run.piece, LineBreak) else ""
        for run in flatten(content)
    )
