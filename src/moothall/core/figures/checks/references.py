"""A reference to a numbered part must lead to the part that the sentence names.

"The evacuation procedure as set out under Note 6", where Note 7 is headed "Evacuation procedure" and Note 6 speaks of
other things, leads astray. A reference to a section, note, item, table or appendix beyond the last one in the paper is
suspicious: the part may be published apart.

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

from moothall.core.figures.claims.mentions import pattern
from moothall.core.figures.claims.numbered_parts import Part, parts
from moothall.core.figures.claims.phrases import plain
from moothall.core.figures.findings import Finding, Seen, Severity
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
_TITLED: Final = ("note", "item", "appendix", "annex")  # titles of tables and figures are too much alike
FEWEST: Final = 2
"""Words of the shortest title that is recognised in a sentence."""


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every reference that leads to another part than the one named, or beyond the last."""
    there: dict[str, list[Part]] = defaultdict(list)
    for part in parts(paper):
        there[part.kind].append(part)
    if not there:
        return
    for sentence in paper.sentences:
        for match in _REFERENCE.finditer(sentence.text):
            kind = match[1].lower().removeprefix("agenda ")
            family = there.get(kind, [])
            inside = bool(family) and not _outside(sentence.text, match.end())
            yield Seen("reference", checked=inside)
            if inside:
                yield from _judge(sentence, match, kind, family)


def _outside(text: str, end: int) -> bool:
    after = text[end : end + 40].lower()
    return bool(re.match(r"\s*(?:of|to|in) (?:the|that|its|his|her|their)?\s*(?:\w+\s){0,3}", after)) and bool(
        pattern("references", "outside").search(after)
    )


def _judge(sentence: Sentence, match: re.Match[str], kind: str, family: list[Part]) -> Iterator[Finding]:
    number = match[2].lower()
    targets = [part for part in family if part.number == number]
    said = plain(sentence.text)
    meant = [part for part in family if part.number != number and _named(part, said)]
    if kind in _TITLED and targets and meant and not any(_shares(part, said) for part in targets):
        yield _finding(sentence, match, targets[0], meant[0])
    elif not targets and kind in ("note", "item", "table", "figure") and _beyond(number, family):
        last = family[-1]
        message = f"The text refers to {match.group()}; the last {kind} in the paper is {last.number}."
        yield Finding(RULE, Severity.SUSPICIOUS, message, match.group(), sentence.place(*match.span()), weight=1)


def _named(part: Part, said: str) -> bool:
    return len(part.title.split()) >= FEWEST and f" {part.title} " in f" {said} "


def _shares(part: Part, said: str) -> bool:
    return bool((set(part.title.split()) - _COMMON) & set(said.split()))


def _beyond(number: str, family: list[Part]) -> bool:
    numbers = [int(part.number) for part in family if part.number.isdecimal()]
    return (
        number.isdecimal()
        and len(numbers) > 2
        and sorted(set(numbers)) == list(range(1, max(numbers) + 1))
        and (int(number) > max(numbers))
    )


def _finding(sentence: Sentence, match: re.Match[str], target: Part, meant: Part) -> Finding:
    place = sentence.place(*match.span())
    evidence = tuple(Place(place.source, part.line) for part in (target, meant))
    kind = target.kind.capitalize()
    return Finding(
        RULE,
        SEVERITY,
        f'{match.group()} is about "{target.title}"; the "{meant.title}" of the sentence is {kind} {meant.number}.',
        match.group(),
        place,
        evidence=evidence,
        weight=1,
    )
