"""The guard against loss: every word of a paper is in its PDF, on a page, and under no other word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

from moothall.core.documents.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    NoteReference,
    Paragraph,
    Table,
    Text,
)
from moothall.core.documents.walk import inner_blocks
from moothall.core.pdf.typeset.glyphs import settable

# Soft hyphens, joiners, marks of direction and variants: they say where to break or how to draw, and are not printed.
_UNPRINTED = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PARTED = "\uffff"
_LINE_ENDS = "-\u2010\u2013\u2014/"
_LONG = 20
_NO_TEXT = frozenset({"k", "al", "align", "src", "alt", "id", "page", "a", "s"})


def find_lost_words(texts: Iterable[str], pieces: Sequence[str]) -> list[str]:
    """Return the words of ``texts`` that are not in ``pieces``, as often as they are missing.

    ``pieces`` are those of ``printed_pieces``. More words may be printed than there are: the head of a table is
    repeated, notes and bullets are counted and drawn by Typst.
    """
    return _Search(pieces).lost(Counter(_words(_normal(" ".join(texts)))))


def _normal(text: str) -> str:
    """``text`` as it is compared: one form for letters that look alike, without what is not printed."""
    return text if text.isascii() else unicodedata.normalize("NFKC", _UNPRINTED.sub("", text))


def _words(text: str) -> list[str]:
    """The words of a normal ``text``.

    Where direction changes, letters are printed in another order than they are written in: of a word with letters that
    run from right to left, only these letters are looked for, one by one.
    """
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text.split()
    return [part for word in text.split() for part in _RIGHT_TO_LEFT.findall(word) or [word]]


class _Search:
    """The pieces of a PDF, in which words that are printed in several pieces can be found."""

    def __init__(self, pieces: Sequence[str]) -> None:
        normal = _normal(_PARTED.join(pieces)).split(_PARTED)
        parted = [_words(piece) for piece in normal]
        self.words = list(chain.from_iterable(parted))
        ends = accumulate(map(len, parted))
        # A word that ends a piece goes on in the next one, unless there is white space between them.
        self.going_on = {
            end - 1
            for end, (piece, following) in zip(ends, pairwise(normal), strict=False)
            if not (piece[-1:].isspace() or following[:1].isspace())
        }
        self.used: set[int] = set()
        self.starts: dict[str, list[int]] = {}

    def lost(self, wanted: Counter[str]) -> list[str]:
        found, known = Counter(self.words), frozenset(wanted)
        lost: list[str] = []
        while missing := wanted - found:
            if not self.starts:
                self.starts = self._starts()
            for word in missing.elements():
                wanted[word] -= 1
                places = self._joined(word)
                if places is None:
                    lost.append(word)
                else:
                    self.used.update(places)
                    found.subtract(self.words[place] for place in places)
        left = found - wanted
        lost = [word for word in lost if not _is_apart(word, left)]
        return [] if _are_letters_printed(lost, left, known) else lost

    def _starts(self) -> dict[str, list[int]]:
        """Where the words that go on in the next piece are, the last first, by what they and the next one say."""
        starts: defaultdict[str, list[int]] = defaultdict(list)
        last = len(self.words) - 1
        for place in sorted((each for each in self.going_on if 0 <= each < last), reverse=True):
            word, following = self.words[place : place + 2]
            starts[word + following].append(place)
            if word == following:
                starts[word].append(place)
        return starts

    def _joined(self, word: str) -> range | None:
        """Where ``word`` is printed in several pieces, one after another."""
        # Two pieces that follow one another come first: a repeated piece may as well be another word.
        for length in range(len(word), 0, -1):
            starts = self.starts.get(word[:length], [])
            while starts and starts[-1] in self.used:
                starts.pop()
            for start in reversed(starts):
                end = self._end(word, start)
                if end and self.used.isdisjoint(range(start, end)):
                    return range(start, end)
        return None

    def _end(self, word: str, start: int) -> int:
        """Where ``word``, begun at ``start``, ends; 0 where something else is printed."""
        done, place = len(self.words[start]), start
        while done < len(word) and place in self.going_on and place + 1 < len(self.words):
            place += 1
            if word.startswith(self.words[place], done):
                done += len(self.words[place])
            elif self.words[place] != self.words[place - 1]:
                return 0
            # Otherwise it is an accent in a run of its own, which Typst gives the text of its letter too.
        return place + 1 if done == len(word) and place > start else 0


def _is_apart(word: str, left: Counter[str]) -> bool:
    """Whether ``word`` is printed in pieces that are apart, as at the end of a page; they are then taken from ``left``.

    A line may end after a dash or slash, and anywhere in a word that is wider than its place.
    """
    longest = max(map(len, +left), default=0)
    used: Counter[str] = Counter()
    done = 0
    while done < len(word):
        for length in range(min(longest, len(word) - done), 0, -1):
            part = word[done : done + length]
            may_end = done + length == len(word) or part[-1] in _LINE_ENDS or len(word) >= _LONG
            if may_end and left[part] > used[part]:
                break
        else:
            return False
        used[part] += 1
        done += length
    left.subtract(used)
    return True


def _are_letters_printed(lost: Sequence[str], left: Counter[str], known: frozenset[str]) -> bool:
    """Return whether all letters of the lost words are in pieces that belong to no word of the paper.

    Words of the same few letters ("0", "00") can be put together from their pieces in several ways, of which the
    search tries one. Whole words that are left are repeated heads of tables, and are no evidence.
    """
    letters = Counter("".join(piece for piece in (+left).elements() if len(piece) == 1 or piece not in known))
    return Counter("".join(lost)) <= letters


def document_texts(document: Document) -> Iterator[str]:
    """The texts of a paper as they are to be printed: those of its blocks, and of the notes that it calls."""
    called: dict[str, None] = {}
    yield from _block_texts(document.blocks, called)
    done = 0
    while done < len(called):
        key = list(called)[done]
        yield from _block_texts(document.notes.get(key, ()), called)
        done += 1


def _block_texts(blocks: Iterable[Block], called: dict[str, None]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _text(block.content, called)
            case Heading():
                yield _printed(block.number or "")
                yield _text(block.content, called)
            case ListBlock():
                yield from (_printed(item.label or "") for item in block.items)
            case Table() | Figure():
                yield _text(block.caption, called)
            case _:
                pass
        yield from _block_texts(inner_blocks(block), called)


def _text(content: Sequence[Inline], called: dict[str, None]) -> str:
    return "".join(_pieces(content, called))


def _pieces(content: Sequence[Inline], called: dict[str, None]) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Text):
            yield _printed(inline.text)
        elif isinstance(inline, NoteReference):
            called[inline.note] = None
            yield " "
        elif isinstance(inline, LineBreak):
            yield " "
        else:
            yield from _pieces(inline.content, called)


def _printed(text: str) -> str:
    return settable(text)[0]


def form_texts(form: Any) -> Iterator[str]:
    """The texts of a sheet in the form that the template reads."""
    if isinstance(form, str):
        yield form
    elif isinstance(form, Mapping):
        for name, value in form.items():
            if name in ("c", "cap", "title", "over", "pages") and isinstance(value, list):
                yield "".join(_run_texts(value))
            elif name not in _NO_TEXT:
                yield from form_texts(value)
    elif isinstance(form, Sequence):
        yield from (text for each in form for text in form_texts(each))


def _run_texts(runs: Sequence[Any]) -> Iterator[str]:
    for run in runs:
        if isinstance(run, str):
            yield run
        elif isinstance(run, Mapping):
            yield from (run["t"],) if "t" in run else _run_texts(run["c"]) if "c" in run else (" ",)
