"""What the shipped fonts can show, and how wide it is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"

# Word writes bullets and ticks in Symbol and Wingdings as private characters; these are what they show.
_SYMBOL_FONTS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "☐",
    "\uf0d8": "▸",
    "\uf0e0": "→",
    "\uf0fc": "✓",
    "\uf0fe": "☑",
    "\uf06e": "■",
    "\uf02d": "−",
}
_SPACES = re.compile("[ \t\r\n\f\v\u0085\u2028\u2029]+")
_WORD_ENDS = re.compile(r"\s+|(?<=[-–—/])(?=[^\W\d_])")
_USUAL_WIDTH = 0.6
_WIDEST = 1.2
_INVISIBLE = frozenset(map(chr, [*range(32), *range(0x7F, 0xA0), *range(0xFE00, 0xFE10)]))
_STAND_IN = "□"


class Advances(dict[str, float]):
    """The width of each character; one that is not listed has the usual width."""

    def __missing__(self, character: str) -> float:
        return _USUAL_WIDTH


@dataclass(frozen=True, slots=True)
class Facts:
    """Coverage and advance widths (ems) of the shipped fonts."""

    covered: frozenset[str]
    regular: Advances
    bold: Advances


@cache
def facts() -> Facts:
    """The facts of the fonts in the package."""
    raw = json.loads((FONT_FOLDER / "facts.json").read_text("utf-8"))
    spans = [*raw["text"], *raw["fallback"]]
    return Facts(
        covered=frozenset(chr(point) for first, last in spans for point in range(first, last + 1)),
        regular=Advances({character: units / 1000 for character, units in raw["regular"].items()}),
        bold=Advances({character: units / 1000 for character, units in raw["bold"].items()}),
    )


def width(text: str, *, bold: bool = False) -> float:
    """The width of ``text`` in ems, without kerning."""
    advances = facts().bold if bold else facts().regular
    return sum(map(advances.__getitem__, text))


def settable(text: str) -> tuple[str, Iterable[str]]:
    """``text`` with every character that no shipped font has replaced, and those characters.

    An emoji becomes its name in brackets, anything else a white square; invisible characters are dropped. Runs of
    white space become one space.
    """
    text = _SPACES.sub(" ", text)
    if text.isascii() and text.isprintable():
        return text, ()
    strange = set(text) - facts().covered
    strange.update(character for character in text if character in _INVISIBLE)
    if not strange:
        return text, ()
    replaced = {character: _replacement(character) for character in strange}
    missing = [c for c in sorted(strange) if replaced[c] and c not in _SYMBOL_FONTS]
    return "".join(replaced.get(character, character) for character in text), missing


def _replacement(character: str) -> str:
    if character in _SYMBOL_FONTS:
        return _SYMBOL_FONTS[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs") or character in _INVISIBLE:
        return ""
    if category in ("Zs", "Zl", "Zp"):
        return " "
    name = unicodedata.name(character, "")
    return f"[{name.lower()}]" if category in ("So", "Sk") and name else _STAND_IN


def words(text: str) -> list[str]:
    """The parts of ``text`` that a line's end does not part: at spaces, and after a dash or slash before a letter."""
    return [word for word in _WORD_ENDS.split(text) if word]


def broken_up(text: str, limit: float, *, bold: bool = False) -> list[str]:
    """``text`` in pieces between which a line may break, so that no word is wider than ``limit`` ems.

    Joined again, the pieces are ``text``. Ordinary text is one piece.
    """
    if max(map(len, text.split(" "))) * _WIDEST < limit:
        return [text]
    if all(width(word, bold=bold) <= limit for word in words(text)):
        return [text]
    size = max(1, int(limit / 2))
    pieces = [""]
    for part in _parts(text):
        if width(part.strip(), bold=bold) <= limit:
            pieces[-1] += part
            continue
        chunks = [part[start : start + size] for start in range(0, len(part), size)]
        pieces[-1] += chunks[0]
        pieces.extend(chunks[1:])
    return [piece for piece in pieces if piece]


def _parts(text: str) -> list[str]:
    """``text`` cut at its words' ends, white space staying with the word before."""
    cuts = [0, *(end.end() for end in _WORD_ENDS.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]
