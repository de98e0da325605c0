"""A search for many phrases in one pass over a text. Marks and spaces between words are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_WORD: Final = re.compile(r"[^\W_]+[+*]{0,2}|%")


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[T]):
    """A phrase found at ``start`` to ``end``, and its meaning."""

    start: int
    end: int
    meaning: T


@dataclass(slots=True)
class PhraseIndex(Generic[T]):
    """Phrases by their first word. The longest phrase wins, and matches do not overlap."""

    by_first: dict[str, dict[int, dict[tuple[str, ...], T]]] = field(default_factory=dict)

    def add(self, phrase: str, meaning: T) -> None:
        """Add a phrase. The first meaning of a phrase is kept."""
        words = tuple(_WORD.findall(phrase.lower()))
        if words:
            lengths = self.by_first.setdefault(words[0], {})
            lengths.setdefault(len(words), {}).setdefault(words, meaning)

    def extend(self, phrases: Iterable[str], meaning: T) -> None:
        """Add several phrases with one meaning."""
        for phrase in phrases:
            self.add(phrase, meaning)

    def find(self, text: str) -> Iterator[PhraseMatch[T]]:
        """Yield the matches in a lower-case text, from left to right."""
        found = list(_WORD.finditer(text))
        words = [match.group() for match in found]
        nth = 0
        while nth < len(words):
            length = self._find_longest(words, nth) if words[nth] in self.by_first else 0
            if length:
                phrase = tuple(words[nth : nth + length])
                meaning = self.by_first[phrase[0]][length][phrase]
                yield PhraseMatch(found[nth].start(), found[nth + length - 1].end(), meaning)
            nth += length or 1

    def _find_longest(self, words: list[str], nth: int) -> int:
        """Return the number of words of the longest phrase that starts at a word, or 0."""
        lengths = self.by_first[words[nth]]
        fitting = (n for n in lengths if tuple(words[nth : nth + n]) in lengths[n])
        return max(fitting, default=0)


def normalise_text(text: str) -> str:
    """Return the words of a text in lower case with single spaces, for comparing labels."""
    return " ".join(_WORD.findall(text.lower()))
