"""Mentions of figures in a sentence, and the words between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from moothall.core.figures.model import Paper, Place, Quantity, Sentence, Unit
from moothall.core.figures.vocabulary import list_words

REACH = 160
"""The most characters between two figures of a claim. This also keeps every pattern linear."""

MOST_FIGURES = 60
"""The most figures of one sentence: more are a list or table on one line, and it is not clear what they measure."""

MOST_CACHED = 50_000
"""The most sentences that are cached between rules (about 100 MB). Each rule reads a larger paper again."""

LABELS = (Unit.PERIOD, Unit.REFERENCE, Unit.DURATION, Unit.AGE, Unit.ORDINAL, Unit.RANK, Unit.TIME)
"""Units of figures that are names and not amounts."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure and its characters in the sentence."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence ready for matching. ``low`` is its text in lower case with plain dashes and quotes."""

    sentence: Sentence
    low: str
    mentions: tuple[Mention, ...]

    def get_text_before(self, mention: Mention, reach: int = REACH) -> str:
        """Return the text before a figure."""
        return self.low[max(0, mention.start - reach) : mention.start]

    def get_text_after(self, mention: Mention, reach: int = REACH) -> str:
        """Return the text after a figure."""
        return self.low[mention.end : mention.end + reach]

    def get_text_between(self, first: Mention, second: Mention) -> str:
        """Return the text between two figures, or "" if they are too far apart."""
        gap = second.start - first.end
        return self.low[first.end : second.start] if 0 < gap <= REACH else ""

    def locate(self, first: Mention, last: Mention | None = None) -> Place:
        """Return the place from one figure to another."""
        return self.sentence.locate(first.start, (last or first).end)

    def quote_text(self, first: Mention, last: Mention | None = None) -> str:
        """Return the printed text from one figure to another."""
        return self.sentence.text[first.start : (last or first).end]

    def list_amounts(self) -> tuple[Mention, ...]:
        """Return the figures that are amounts, without years, ages, page numbers and ranks."""
        return tuple(mention for mention in self.mentions if mention.quantity.unit not in LABELS)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "\xa0": " ", "\n": " "})


def read_sentence(sentence: Sentence) -> SentenceText:
    """Return a sentence with its figures located in it."""
    low = sentence.text.translate(_PLAIN).lower()
    if len(low) != len(sentence.text):  # a letter whose lower case is longer would move every place
        low = "".join(c if len(c) == 1 else c[0] for c in map(str.lower, sentence.text.translate(_PLAIN)))
    found = [mention for quantity in sentence.quantities if (mention := _find_mention(sentence, quantity))]
    return SentenceText(sentence, low, tuple(sorted(found, key=lambda mention: mention.start)))


def find_sentences(paper: Paper, *, figures: int = 1) -> Iterator[SentenceText]:
    """Yield every sentence of a paper that has at least ``figures`` figures (1 or more)."""
    for line in _find_sentences_with_figures(paper):
        if figures <= len(line.sentence.quantities):
            yield line


_CACHE: list[tuple[Paper, list[SentenceText]]] = []


def _find_sentences_with_figures(paper: Paper) -> Iterable[SentenceText]:
    """Return the sentences with figures. Cache those of the last paper, because every rule needs them."""
    if len(paper.sentences) > MOST_CACHED:
        return (read_sentence(s) for s in paper.sentences if 0 < len(s.quantities) <= MOST_FIGURES)
    if not _CACHE or _CACHE[0][0] is not paper:
        made = [read_sentence(s) for s in paper.sentences if 0 < len(s.quantities) <= MOST_FIGURES]
        _CACHE[:] = [(paper, made)]
    return _CACHE[0][1]


def _find_mention(sentence: Sentence, quantity: Quantity) -> Mention | None:
    line, column = quantity.place.line, quantity.place.start
    nth = bisect_right(sentence.passage.starts, (line, column), key=itemgetter(1, 2)) - 1
    if nth < 0 or sentence.passage.starts[nth][1] != line:
        return None
    offset, _, first = sentence.passage.starts[nth]
    start = offset + column - first - sentence.start
    end = start + max(1, quantity.place.end - column)
    return Mention(quantity, start, end) if 0 <= start < len(sentence.text) else None


def compile_phrases(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for any of the phrases as whole words, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) + r")(?!\w)")


@cache
def compile_pattern(table: str, *keys: str) -> re.Pattern[str]:
    """Return a pattern for the words under one or more keys of a vocabulary table."""
    return compile_phrases(frozenset().union(*(list_words(table, key) for key in keys)))
