"""Finds many phrases in a text in one pass over its words; marks and spaces between words do not matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_WORD: Final = re.compile(r"[^\W_]+[+*]{0,2}|%")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found at ``start`` to ``end``, and what it stands for."""

    start: int
    end: int
    meaning: T


@dataclass(slots=True)
class Phrases(Generic[T]):
    """Phrases by their first word; of two that begin at one word the longer wins, and hits do not overlap."""

    by_first: dict[str, list[tuple[tuple[str, ...], T]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: str, meaning: T) -> None:
        """Add a phrase; the first meaning given to it stays."""
        words = tuple(_WORD.findall(phrase.lower()))
        if words:
            bucket = self.by_first[words[0]]
            if all(words != other for other, _ in bucket):
                bucket.append((words, meaning))
                bucket.sort(key=lambda entry: -len(entry[0]))

    def extend(self, phrases: Iterable[str], meaning: T) -> None:
        """Add several phrases with one meaning."""
        for phrase in phrases:
            self.add(phrase, meaning)

    def find(self, text: str) -> Iterator[Hit[T]]:
        """The hits in a lower-case text, from left to right."""
        found = list(_WORD.finditer(text))
        words = [match.group() for match in found]
        nth = 0
        while nth < len(words):
            for phrase, meaning in self.by_first.get(words[nth], ()):
                if tuple(words[nth : nth + len(phrase)]) == phrase:
                    yield Hit(found[nth].start(), found[nth + len(phrase) - 1].end(), meaning)
                    nth += len(phrase) - 1
                    break
            nth += 1


def plain(text: str) -> str:
    """A text as its words in lower case with single spaces: how two labels are compared."""
    return " ".join(_WORD.findall(text.lower()))
