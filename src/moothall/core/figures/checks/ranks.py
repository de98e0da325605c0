"""A rank must be between 1 and the number ranked, and that number must stay the same.

"4th of 15" and "4 of 5" for the same authorities in the same section cannot both be true. Handbook DAT-34.

Contradiction:
    Bath is 16th of 15 authorities in the region.

Contradiction:
    Boys rank 4 of 15 LAs in the region. Girls rank 6 of 15 LAs in the region. Infants rank 7 of 15 LAs in the region.

    In total we rank 4 of 5 LAs in the region.

Agreement:
    Boys rank 4 of 15 LAs in the region. Girls rank 6 of 15 LAs in the region.

    In total we rank 5 of 15 LAs in the region.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import format_number, format_quantity
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "ranks"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_FILLER: Final = frozenset(["the", "of", "in", "a", "all", "our", "for", "and", "with"])
RankMention = tuple[SentenceText, Mention]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every impossible rank, and every number ranked that differs from the others."""
    fields: dict[tuple[int, tuple[str, ...]], list[RankMention]] = defaultdict(list)
    for text in find_sentences(paper):
        for mention in text.mentions:
            if mention.quantity.unit is Unit.RANK and len(mention.quantity.parts) == 2:
                yield Observation("rank", checked=True)
                mine, field = (part.value for part in mention.quantity.parts)
                if not 1 <= mine <= field:
                    message = f"A rank of {format_number(mine)} out of {format_number(field)} is not possible."
                    yield _make_finding(text, mention, message, Severity.ERROR)
                elif ranked := _find_ranked_words(text, mention):
                    fields[text.sentence.section.index, ranked].append((text, mention))
    for mentions in fields.values():
        yield from _find_odd_sizes(mentions)


def _find_ranked_words(text: SentenceText, mention: Mention) -> tuple[str, ...]:
    """Return the words for what is ranked: "LAs in the SW" gives ("las", "sw")."""
    following = re.split(r"[.,;(]", text.get_text_after(mention, 40))[0]
    return tuple(word for word in re.findall(r"[a-z]+", following) if word not in _FILLER)[:3]


def _find_odd_sizes(mentions: list[RankMention]) -> Iterator[Finding]:
    sizes = Counter(mention.quantity.parts[1].value for _, mention in mentions)
    usual, often = sizes.most_common(1)[0]
    for text, mention in mentions:
        size = mention.quantity.parts[1].value
        if size == usual or often < 2 or sizes[size] > 1:
            continue
        fellows = [(at, other) for at, other in mentions if other.quantity.parts[1].value == usual]
        message = (
            f"This rank is out of {format_number(size)}, "
            f"but {often} other ranks in the same section are out of {format_number(usual)}."
        )
        severity = Severity.ERROR if often > 2 else Severity.SUSPICIOUS
        yield _make_finding(text, mention, message, severity, fellows)


def _make_finding(
    text: SentenceText, mention: Mention, message: str, severity: Severity, fellows: list[RankMention] | None = None
) -> Finding:
    evidence = tuple(at.locate(other) for at, other in fellows or [])
    return Finding(
        RULE, severity, message, format_quantity(mention.quantity), text.locate(mention), evidence=evidence, weight=2
    )
