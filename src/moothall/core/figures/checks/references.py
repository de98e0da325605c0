"""A reference to a numbered part must lead to the part that the sentence names.

Example: the text gives "the evacuation procedure as set out under Note 6", but Note 7 has the heading "Evacuation
procedure". A reference beyond the last section, note, item, table or appendix is suspicious, because the part may be
published separately.

Contradiction:
    NOTES:

    1. Attendance Register: members sign it.

    2. Emergency Evacuation Procedure

    A G E N D A

    1. WELCOME

    The Chair explains the emergency evacuation procedure as set out under Note 1.

Agreement:
    NOTES:

    1. Attendance Register: members sign it.

    2. Emergency Evacuation Procedure

    A G E N D A

    1. WELCOME

    The Chair explains the emergency evacuation procedure as set out under Note 2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.mentions import compile_pattern
from moothall.core.figures.claims.numbered_parts import NumberedPart, find_numbered_parts
from moothall.core.figures.claims.phrases import normalise_text
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Place, Sentence

RULE = "references"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_REFERENCE: Final = re.compile(
    r"\b(note|agenda item|item|appendix|annex|table|figure)\s+(\d{1,2}|[a-z])\b(?!\.?\d)", re.IGNORECASE
)
_COMMON: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "for",
        "in",
        "a",
        "an",
        "on",
        "at",
        "by",
        "or",
        "from",
        "with",
        "is",
        "are",
        "be",
        "report",
        "council",
        "panel",
        "cabinet",
        "meeting",
    ]
)
_TITLED: Final = ("note", "item", "appendix", "annex")  # titles of tables and figures are too similar
FEWEST: Final = 2
"""The fewest words of a title that is recognised in a sentence."""


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every reference that leads to the wrong part, or beyond the last."""
    parts_by_kind: dict[str, list[NumberedPart]] = defaultdict(list)
    for part in find_numbered_parts(paper):
        parts_by_kind[part.kind].append(part)
    if not parts_by_kind:
        return
    for sentence in paper.sentences:
        for match in _REFERENCE.finditer(sentence.text):
            kind = match[1].lower().removeprefix("agenda ")
            family = parts_by_kind.get(kind, [])
            inside = bool(family) and not _is_outside(sentence.text, match.end())
            yield Observation("reference", checked=inside)
            if inside:
                yield from _check_reference(sentence, match, kind, family)


def _is_outside(text: str, end: int) -> bool:
    after = text[end : end + 40].lower()
    return bool(re.match(r"\s*(?:of|to|in) (?:the|that|its|his|her|their)?\s*(?:\w+\s){0,3}", after)) and bool(
        compile_pattern("references", "outside").search(after)
    )


def _check_reference(
    sentence: Sentence, match: re.Match[str], kind: str, family: list[NumberedPart]
) -> Iterator[Finding]:
    number = match[2].lower()
    targets = [part for part in family if part.number == number]
    sentence_words = normalise_text(sentence.text)
    meant = [part for part in family if part.number != number and _is_named(part, sentence_words)]
    if kind in _TITLED and targets and meant and not any(_has_common_word(part, sentence_words) for part in targets):
        yield _make_finding(sentence, match, targets[0], meant[0])
    elif not targets and kind in ("note", "item", "table", "figure") and _is_beyond_last(number, family):
        last = family[-1]
        message = f"The text refers to {match.group()}, but the last {kind} in the paper is {last.number}."
        yield Finding(RULE, Severity.SUSPICIOUS, message, match.group(), sentence.locate(*match.span()), weight=1)


def _is_named(part: NumberedPart, sentence_words: str) -> bool:
    return len(part.title.split()) >= FEWEST and f" {part.title} " in f" {sentence_words} "


def _has_common_word(part: NumberedPart, sentence_words: str) -> bool:
    return bool((set(part.title.split()) - _COMMON) & set(sentence_words.split()))


def _is_beyond_last(number: str, family: list[NumberedPart]) -> bool:
    numbers = [int(part.number) for part in family if part.number.isdecimal()]
    return (
        number.isdecimal()
        and len(numbers) > 2
        and sorted(set(numbers)) == list(range(1, max(numbers) + 1))
        and (int(number) > max(numbers))
    )


def _make_finding(sentence: Sentence, match: re.Match[str], target: NumberedPart, meant: NumberedPart) -> Finding:
    place = sentence.locate(*match.span())
    evidence = tuple(Place(place.source, part.line) for part in (target, meant))
    kind = target.kind.capitalize()
    return Finding(
        RULE,
        SEVERITY,
        f'{match.group()} is about "{target.title}", but "{meant.title}" is {kind} {meant.number}.',
        match.group(),
        place,
        evidence=evidence,
        weight=1,
    )
