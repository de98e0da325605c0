"""A list must have as many items as the text before it says.

Examples: "Five key areas: (a) ... (b) ... (c) ... (d)" in one paragraph, or "Four priorities:" above a list. Lettered
and numbered items are counted for certain. A bullet may combine two items, so a bulleted list is only suspicious. A
list that starts with a) and has no b) is also a finding.

Contradiction:
    The board agreed five aims: (a) to build homes; (b) to save energy; (c) to plant trees; (d) to listen.

Contradiction:
    The trends are as follows: a) the numbers of plans have been stable for the past year and a half.

Agreement:
    The board agreed four aims: (a) to build homes; (b) to save energy; (c) to plant trees; (d) to listen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from moothall.core.figures.claims.figure_values import format_number
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern, read_sentence
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Hedge, Paper, Passage, Sentence, Unit

RULE = "list-count"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_LETTER: Final = re.compile(r"(?:(?<=\s)|^)\(?([a-z])\)\s")
_OPEN: Final = re.compile(r"(?:as follows|the following|follows|these are)\s*[;:]\s*\(?a\)\s")
LONGEST: Final = 20_000
NEAR: Final = 120
"""The most characters between "five aims" and the list that it announces."""


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every list that is longer or shorter than the text says."""
    for passage, group in groupby(paper.sentences, key=lambda s: s.passage):
        sentences = list(group)
        yield from _check_lettered_list(passage, sentences)
    for lead, items in groupby(_find_list_items(paper), key=lambda p: (p.lead, p.section.index)):
        yield from _check_list(paper, lead[0], list(items))


def _find_list_items(paper: Paper) -> Iterator[Passage]:
    return (p for p, _ in groupby(paper.sentences, key=lambda s: s.passage) if p.label and p.lead)


def _check_lettered_list(passage: Passage, sentences: list[Sentence]) -> Iterator[Finding]:
    low = passage.text[:LONGEST].lower()
    letters = _find_letter_positions(low)
    if len(letters) == 1 and (match := _OPEN.search(low)) and not passage.label.startswith("("):
        place = passage.locate(match.start(), match.end() - 1)
        yield Finding(
            RULE,
            Severity.ERROR,
            "A list starts with a) but has no b).",
            passage.text[match.start() : match.end()].strip(),
            place,
            weight=1,
        )
    if len(letters) < 2:
        return
    for sentence in sentences:
        text = read_sentence(sentence)
        for mention in text.mentions:
            at = sentence.start + mention.start
            near = (
                0 < letters[0] - at < NEAR
                and _is_announcement(text, mention)
                and _has_introduction(low[at : letters[0]])
            )
            if near and mention.quantity.value != len(letters):
                yield _make_finding(text, mention, len(letters), Severity.ERROR)


def _find_letter_positions(low: str) -> list[int]:
    """Return the positions of a), b), c) and so on, in sequence from a)."""
    found: list[int] = []
    for match in _LETTER.finditer(low):
        if ord(match[1]) == ord("a") + len(found):
            found.append(match.start())
    return found


def _has_introduction(text: str) -> bool:
    return ":" in text or "follow" in text or ";" in text


def _is_announcement(text: SentenceText, mention: Mention) -> bool:
    """Return whether a figure counts the items of a list, as in "five key areas"."""
    quantity = mention.quantity
    if (
        quantity.unit not in (Unit.COUNT, Unit.NUMBER)
        or quantity.hedge is not Hedge.NONE
        or not 2 <= quantity.value <= 26
    ):
        return False
    following = text.low[mention.end : mention.end + 40]
    match = compile_pattern("references", "listed").search(following)
    return bool(match) and len(following[: match.start()].split()) <= 3 if match else False


def _check_list(paper: Paper, lead: str, items: list[Passage]) -> Iterator[Finding]:
    introduced = [s for s in _find_leads(paper, lead, items[0]) if s.text.rstrip().endswith(":")]
    if not introduced or len(items) < 2:
        return
    text = read_sentence(introduced[-1])
    counts = [mention for mention in text.mentions if _is_announcement(text, mention)]
    if len(counts) != 1 or text.low[counts[0].end :].count(",") > 2:
        return
    sure = _has_running_numbers(items)
    if counts[0].quantity.value != len(items) and sure is not None:
        yield _make_finding(text, counts[0], len(items), Severity.ERROR if sure else Severity.SUSPICIOUS)


def _find_leads(paper: Paper, lead: str, item: Passage) -> list[Sentence]:
    first = item.starts[0][1]
    return [s for s in paper.sentences if s.passage.text == lead and 0 <= first - s.line < 12]


def _has_running_numbers(items: list[Passage]) -> bool | None:
    """Return True for 1, 2, 3 or a, b, c in full, False for bullets, and None for other labels."""
    labels = [re.sub(r"\W", "", item.label) for item in items]
    if all(not label for label in labels):
        return False
    digits = [str(n) for n in range(1, len(labels) + 1)]
    letters = [chr(ord("a") + n) for n in range(len(labels))]
    return True if labels == digits or [label.lower() for label in labels] == letters else None


def _make_finding(text: SentenceText, mention: Mention, items: int, severity: Severity) -> Finding:
    printed = text.low[mention.start : mention.end]
    return Finding(
        RULE, severity, f'The text announces "{printed}" but lists {items} items.',
        text.sentence.text[mention.start : mention.end + 20],
        text.locate(mention), computed=f"{format_number(mention.quantity.value)} announced, {items} listed", weight=1,
    )  # fmt: skip
