"""A list must have as many items as the words before it say.

"Five key areas: (a) ... (b) ... (c) ... (d)" in one paragraph, or "Four priorities:" over a list of its own. Lettered
or numbered items are counted for certain; a list with bullets may hold an item in two, so it is only suspicious. A
list that begins with a) and has no b) is reported too.

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

from moothall.core.figures.claims.figure_values import number
from moothall.core.figures.claims.mentions import Line, Spot, pattern, read_line
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Hedge, Paper, Passage, Sentence, Unit

RULE = "list-count"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_LETTER: Final = re.compile(r"(?:(?<=\s)|^)\(?([a-z])\)\s")
_OPEN: Final = re.compile(r"(?:as follows|the following|follows|these are)\s*[;:]\s*\(?a\)\s")
LONGEST: Final = 20_000
NEAR: Final = 120
"""Characters within which "five aims" announces the list that follows."""


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every list that is longer or shorter than it was said to be."""
    for passage, group in groupby(paper.sentences, key=lambda s: s.passage):
        sentences = list(group)
        yield from _lettered(passage, sentences)
    for lead, items in groupby(_labelled(paper), key=lambda p: (p.lead, p.section.index)):
        yield from _listed(paper, lead[0], list(items))


def _labelled(paper: Paper) -> Iterator[Passage]:
    return (p for p, _ in groupby(paper.sentences, key=lambda s: s.passage) if p.label and p.lead)


def _lettered(passage: Passage, sentences: list[Sentence]) -> Iterator[Finding]:
    low = passage.text[:LONGEST].lower()
    letters = _run(low)
    if len(letters) == 1 and (match := _OPEN.search(low)) and not passage.label.startswith("("):
        place = passage.place(match.start(), match.end() - 1)
        yield Finding(
            RULE,
            Severity.ERROR,
            "A list begins with a) and has no b).",
            passage.text[match.start() : match.end()].strip(),
            place,
            weight=1,
        )
    if len(letters) < 2:
        return
    for sentence in sentences:
        line = read_line(sentence)
        for spot in line.spots:
            at = sentence.start + spot.start
            near = 0 < letters[0] - at < NEAR and _announces(line, spot) and _colon(low[at : letters[0]])
            if near and spot.quantity.value != len(letters):
                yield _finding(line, spot, len(letters), Severity.ERROR)


def _run(low: str) -> list[int]:
    """Where a), b), c) ... stand, as far as they go on from a)."""
    found: list[int] = []
    for match in _LETTER.finditer(low):
        if ord(match[1]) == ord("a") + len(found):
            found.append(match.start())
    return found


def _colon(text: str) -> bool:
    return ":" in text or "follow" in text or ";" in text


def _announces(line: Line, spot: Spot) -> bool:
    """Whether a figure counts what is to be listed: "five key areas"."""
    quantity = spot.quantity
    if (
        quantity.unit not in (Unit.COUNT, Unit.NUMBER)
        or quantity.hedge is not Hedge.NONE
        or not 2 <= quantity.value <= 26
    ):
        return False
    following = line.low[spot.end : spot.end + 40]
    match = pattern("references", "listed").search(following)
    return bool(match) and len(following[: match.start()].split()) <= 3 if match else False


def _listed(paper: Paper, lead: str, items: list[Passage]) -> Iterator[Finding]:
    introduced = [s for s in _leads(paper, lead, items[0]) if s.text.rstrip().endswith(":")]
    if not introduced or len(items) < 2:
        return
    line = read_line(introduced[-1])
    counts = [spot for spot in line.spots if _announces(line, spot)]
    if len(counts) != 1 or line.low[counts[0].end :].count(",") > 2:
        return
    sure = _numbered(items)
    if counts[0].quantity.value != len(items) and sure is not None:
        yield _finding(line, counts[0], len(items), Severity.ERROR if sure else Severity.SUSPICIOUS)


def _leads(paper: Paper, lead: str, item: Passage) -> list[Sentence]:
    first = item.starts[0][1]
    return [s for s in paper.sentences if s.passage.text == lead and 0 <= first - s.line < 12]


def _numbered(items: list[Passage]) -> bool | None:
    """True for 1, 2, 3 or a, b, c in full; False for bullets; None when the numbers do not run."""
    labels = [re.sub(r"\W", "", item.label) for item in items]
    if all(not label for label in labels):
        return False
    digits = [str(n) for n in range(1, len(labels) + 1)]
    letters = [chr(ord("a") + n) for n in range(len(labels))]
    return True if labels == digits or [label.lower() for label in labels] == letters else None


def _finding(line: Line, spot: Spot, items: int, severity: Severity) -> Finding:
    said = line.low[spot.start : spot.end]
    return Finding(
        RULE, severity, f'The text announces "{said}" and lists {items}.',
        line.sentence.text[spot.start : spot.end + 20],
        line.place(spot), computed=f"{number(spot.quantity.value)} announced, {items} listed", weight=1,
    )  # fmt: skip
