"""A number in words must be the same as the figure in brackets beside it.

Contradiction:
    Notice of five (6) working days is required.

Agreement:
    Notice of five (5) working days is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from moothall.core.figures.claims.figure_values import format_quantity
from moothall.core.figures.claims.mentions import Mention, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "words-and-figures"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every number in words that differs from the figure in brackets."""
    for text in find_sentences(paper, figures=2):
        for one, other in zip(text.mentions, text.mentions[1:], strict=False):
            if not _is_paired(text.low, one, other):
                continue
            yield Observation("number in words and figures", checked=True)
            if one.quantity.value != other.quantity.value:
                words, figure = format_quantity(one.quantity), format_quantity(other.quantity)
                message = f'The words say "{words}", but the figure beside them is {figure}.'
                yield Finding(RULE, SEVERITY, message, text.quote_text(one, other), text.locate(one, other), weight=2)


def _is_paired(low: str, one: Mention, other: Mention) -> bool:
    plain = (Unit.NUMBER, Unit.COUNT)
    spelled = re.fullmatch(r"[a-z -]+", low[one.start : one.end]) and one.quantity.unit in plain
    bracketed = low[one.end : other.start].strip() == "(" and low[other.end : other.end + 1] == ")"
    return bool(spelled and bracketed and re.fullmatch(r"\d{1,4}", low[other.start : other.end]))
