"""What a sentence says about figures in a table: which figures, and in which direction they moved.

A sentence is divided at its words of direction. The text before a word, back to the previous one, names the group
("Girls' attainment", "the gap"). The text after it, up to the next clause, names the subject ("in reading and
mathematics"). The headings and the introduction of a list fill what is missing. For "the gaps" and "their", the
earlier sentences of the passage do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from moothall.core.figures.claims.dimensions import (
    Facet,
    find_matches,
    find_pair,
    list_core_subjects,
    read_label,
    resolve_facets,
)
from moothall.core.figures.claims.mentions import MOST_FIGURES, SentenceText, compile_pattern, read_sentence
from moothall.core.figures.claims.phrases import PhraseIndex, PhraseMatch
from moothall.core.figures.claims.series import SeriesIndex
from moothall.core.figures.model import Paper, Passage, Sentence
from moothall.core.figures.vocabulary import list_words

STOP: Final = re.compile(
    r"[;:]|\.\s|,\s(?=which|against|despite|however|but|while|their|and the|and their|this|in line)|"
    r"\b(?:against|compared|despite|although|"
    r"though|whereas|than|while|which|because|due to|result of|following|in line with|at national|this is|but this|"
    r"in order|so that|with the)\b"
)
_BACKWARD: Final = re.compile(
    r"^\s*(?:overall,? |however,? )?"
    r"(?:the (?:gaps?|biggest|largest|smallest|greatest|improvement)|their|its|it|this|these|they)\b"
)
_NOUN: Final = re.compile(
    r"(?:\b(?:an?|the|any|no|of|further|slight|small|same|each|significant|biggest|steady|year on year)\s+)$"
)
_GAP: Final = re.compile(r"\bgaps?\b")
_NOT_GAP: Final = re.compile(
    r"\b(?:attainment|performance|proportion|percentage|outcomes|results|achievement|number|rate|achieved|score)\b"
)
_EVERY_GROUP: Final = re.compile(r"\ball (?:the )?groups\b")
_EXCEPT: Final = re.compile(r"\b(?:with the exception of|except(?: for)?|apart from|other than|excluding)\b")
_PRONOUN: Final = re.compile(r"\b(?:this|which|that|it|what)\s+(?:was|is|has|had|were|then|has been|was then)?\s*$")
_VERBS: Final = frozenset(
    [
        "increase",
        "increases",
        "rise",
        "rises",
        "fall",
        "falls",
        "drop",
        "drops",
        "decline",
        "declines",
        "dip",
        "improve",
        "improves",
        "improvement",
        "improvements",
        "growth",
        "reduction",
        "decrease",
        "decreases",
        "uplift",
        "cut",
        "deterioration",
        "reduces",
        "grows",
    ]
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that something moved in a direction from one year to the next.

    ``way`` is up, down, better, worse, narrower, wider or same. ``facets`` has one value for each dimension.
    ``subjects`` are all subjects named, each of which must have moved that way. ``gap`` is true if a gap moved.
    ``everyone`` is true if all groups are meant, except those in ``but``.
    """

    text: SentenceText
    start: int
    end: int
    word: str
    way: str
    facets: dict[str, str]
    subjects: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    gap: bool = False
    everyone: bool = False
    but: tuple[str, ...] = ()


@dataclass(slots=True)
class Context:
    """What is known before a sentence starts, from headings, list introductions and earlier sentences."""

    facets: dict[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    row: str = ""


class SentenceReader:
    """Reads the sentences of a paper in order, each with its context."""

    def __init__(self, paper: Paper, series_index: SeriesIndex) -> None:
        self.paper = paper
        self.series_index = series_index

    def read_sentences(self) -> Iterator[tuple[SentenceText, Context]]:
        """Yield every sentence that can be about a table, with its context."""
        last: Passage | None = None
        groups: tuple[str, ...] = ()
        row = ""
        for sentence in self.paper.sentences if self.series_index.all else ():
            if len(sentence.quantities) > MOST_FIGURES:
                continue
            if sentence.passage is not last:
                last, groups, row = sentence.passage, (), ""
            text = read_sentence(sentence)
            mine = find_groups(find_matches(text.low))
            back = _BACKWARD.match(text.low) is not None
            rows = [match.meaning for match in self.series_index.rows.find(text.low)]
            known = row if back and not rows else (rows[0] if len(set(rows)) == 1 else "")
            yield text, Context(read_context_facets(sentence), groups if back and not mine else (), known)
            groups, row = mine or groups, known or row


@cache
def _read_heading_facets(text: str) -> tuple[Facet, ...]:
    return tuple(read_label(text).items())


def read_context_facets(sentence: Sentence) -> dict[str, str]:
    """Return the facets of the headings above and the introduction of the list. The nearest wins."""
    found: dict[str, str] = {}
    for text in (*sentence.section.path[1:], sentence.passage.lead):
        found.update(_read_heading_facets(text) if text else ())
    for dimension in ("group", "place"):
        found.pop(dimension, None)
    return found


def find_groups(found: Sequence[PhraseMatch[Facet]]) -> tuple[str, ...]:
    """Return the groups named, each once, in order."""
    return tuple(dict.fromkeys(match.meaning[1] for match in found if match.meaning[0] == "group"))


@cache
def _index_core_phrases() -> PhraseIndex[bool]:
    found: PhraseIndex[bool] = PhraseIndex()
    found.extend(list_words("core_subjects", "phrases"), True)
    return found


def find_subjects(text: str, found: Sequence[PhraseMatch[Facet]]) -> tuple[str, ...]:
    """Return the subjects named in a text. "All core subjects" names each of them."""
    named = tuple(dict.fromkeys(match.meaning[1] for match in found if match.meaning[0] == "subject"))
    return named or (list_core_subjects() if any(_index_core_phrases().find(text)) else ())


@cache
def _list_directions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    ways = ("up", "down", "better", "worse", "narrower", "wider", "same")
    return tuple((way, compile_pattern("directions", way)) for way in ways)


def find_directions(text: SentenceText) -> list[tuple[int, int, str, str]]:
    """Return the verbs of direction with start, end and way, without nouns ("an increase of")."""
    found = []
    for way, words_ in _list_directions():
        for match in words_.finditer(text.low):
            if match.group() in _VERBS and way != "same":
                continue
            if _NOUN.search(text.low[max(0, match.start() - 16) : match.start()]):
                continue
            found.append((match.start(), match.end(), way, match.group()))
    return sorted(found)


def find_statements(text: SentenceText, context: Context) -> Iterator[Statement]:
    """Yield what a sentence says has moved, in order."""
    verbs = find_directions(text)
    groups, gap = context.groups, False
    for nth, (start, end, way, word) in enumerate(verbs):
        left = verbs[nth - 1][1] if nth else 0
        before = text.low[left:start]
        right = verbs[nth + 1][0] if nth + 1 < len(verbs) else len(text.low)
        after = _cut_thought(text.low[end:right])
        clause = _cut_last_clause(before)
        found, more = find_matches(clause), find_matches(after)
        groups = find_groups(found) or groups
        clause, compared = _skip_comparison(clause)
        if compared or _is_softened(clause) or _PRONOUN.search(clause):
            continue
        gap = _is_about_gap(clause, after, way, gap)
        subject = find_subjects(after, more) or find_subjects(clause, found)
        facets = dict(context.facets)
        facets.update(
            resolve_facets(h.meaning for h in (*found, *more) if h.meaning[0] not in ("group", "subject", "place"))
        )
        facets.update(resolve_facets(h.meaning for h in found if h.meaning[0] == "place"))
        if context.row:
            facets["row"] = context.row
        made = Statement(text, start, end, word, way, facets, subject, groups, gap)
        yield _resolve_groups(made, clause + " " + text.low[end:right])


def _cut_thought(text: str) -> str:
    stop = STOP.search(text)
    return text[: stop.start()] if stop else text


_CLAUSE_OPENS: Final = re.compile(r"[;:]|\.\s|\b(?:but|however|although|whereas|because|despite|which)\b")


def _cut_last_clause(text: str) -> str:
    ends = [match.end() for match in _CLAUSE_OPENS.finditer(text)]
    return text[ends[-1] :] if ends else text


def _skip_comparison(clause: str) -> tuple[str, bool]:
    """Return the clause after a comparison, and whether the verb belongs to the comparison.

    Example: the text after "outperformed the boys and".
    """
    links = list(compile_pattern("comparisons", "above", "below").finditer(clause))
    if not links:
        return clause, False
    rest = re.split(r"\band\b", clause[links[-1].end() :], maxsplit=1)
    return (rest[1], False) if len(rest) > 1 and rest[1].strip() else (clause, True)


def _is_softened(clause: str) -> bool:
    return bool(compile_pattern("cautions", "negations", "wishes").search(clause)) or "n't" in clause


def _is_about_gap(clause: str, after: str, way: str, before: bool) -> bool:
    if _GAP.search(clause):
        last = [m.start() for m in _NOT_GAP.finditer(clause)]
        return not last or [m.start() for m in _GAP.finditer(clause)][-1] > last[-1] or "the attainment of" in clause
    if way in ("narrower", "wider") and re.match(r"\s+the (?:attainment )?gaps?\b", after):
        return True
    return before and not _NOT_GAP.search(clause)


def _resolve_groups(made: Statement, text: str) -> Statement:
    """Return the statement with "all groups" and its exceptions resolved."""
    if not _EVERY_GROUP.search(text):
        return made
    excepted = _EXCEPT.search(text)
    but = find_groups(find_matches(text[excepted.end() :])) if excepted else ()
    return replace(made, everyone=True, but=tuple(find_pair(group) for group in but), groups=())
