"""A period must not end before it begins.

The rule reads "from ... to ..." and "between ... and ..." with two full dates next to each other.

Contradiction:
    The consultation ran from 12 May 2015 to 3 March 2015.

Agreement:
    The consultation ran from 3 March 2015 to 12 May 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import format_quantity
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "date-order"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_JOINTS: Final = {
    "from": re.compile(r"\s*(?:to|until|till)\s*(?:the\s+)?"),
    "between": re.compile(r"\s*and\s*(?:the\s+)?"),
}


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every period that ends before it begins."""
    for text in find_sentences(paper, figures=2):
        for first, last in zip(text.mentions, text.mentions[1:], strict=False):
            if not _is_period(text, first, last):
                continue
            yield Observation("from one date to another", checked=True)
            if _is_reversed(first, last):
                yield _make_finding(text, first, last)


def _is_period(text: SentenceText, first: Mention, last: Mention) -> bool:
    if first.quantity.unit is not Unit.PERIOD or last.quantity.unit is not Unit.PERIOD:
        return False
    before = text.get_text_before(first, 30)
    word = re.search(r"\b(from|between)\s+(?:the\s+)?(?:\w+day,?\s+)?$", before)
    return bool(word and _JOINTS[word[1]].fullmatch(text.get_text_between(first, last)))


def _is_reversed(first: Mention, last: Mention) -> bool:
    one, other = first.quantity.when, last.quantity.when
    return bool(one and other and one.kind == other.kind == "day" and one.first > other.last)


def _make_finding(text: SentenceText, first: Mention, last: Mention) -> Finding:
    one, other = format_quantity(first.quantity), format_quantity(last.quantity)
    return Finding(
        RULE, SEVERITY, f"The period from {one} to {other} ends before it begins.",
        text.quote_text(first, last), text.locate(first, last), computed=f"{other} is earlier than {one}", weight=1,
    )  # fmt: skip
