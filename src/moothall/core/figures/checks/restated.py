"""A figure that is given several times in the same words should be the same each time.

Example: "the forecast revenue overspend of £23.3m" in the summary, the recommendations and the report, but "of £32.3m"
once. At least two places must agree. All must be in one report and after the same words, and the sentences must not
name different periods. Two roundings of one figure are the same figure. Handbook DAT-42.

Contradiction:
    Cabinet is asked to note the forecast revenue overspend of £23.3m.

    The report shows a forecast revenue overspend of £23.3m for the year.

    Members should note the forecast revenue overspend of £32.3m.

Agreement:
    Cabinet is asked to note the forecast revenue overspend of £23.3m.

    The report shows a forecast revenue overspend of £23m for the year.

    Members should note the forecast revenue overspend of £23.3m.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import format_quantity, has_no_hedge, is_comparable, is_share
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.claims.series import find_report
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Role, Unit

RULE = "restated"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
WORDS: Final = 3
"""The number of words before a figure that must be the same in every place."""
MOST: Final = 8
"""The most places with one wording: more are a form that is filled in repeatedly."""
_WORD: Final = re.compile(r"[a-z][a-z&'-]+")
_EMPTY: Final = re.compile(r"the|of|an?|to|in|is|was|are|were|by|for|at|and|on|with|that|this|its?|be|has|have|had")
FigureMention = tuple[SentenceText, Mention]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every figure that differs from those after the same words elsewhere."""
    groups: dict[tuple[str, tuple[str, ...]], list[FigureMention]] = defaultdict(list)
    for text in find_sentences(paper):
        for mention in text.list_amounts():
            quantity = mention.quantity
            plain = quantity.role is Role.VALUE and has_no_hedge(quantity) and not quantity.signed
            if (
                plain
                and (is_share(quantity) or quantity.unit is Unit.MONEY)
                and (key := _find_words_before(text, mention))
            ):
                groups[find_report(text.sentence.section), key].append((text, mention))
    for group in groups.values():
        checked = 3 <= len(group) <= MOST
        yield Observation("figure given again", checked=checked)
        if checked:
            yield from _find_odd_figure(group)


def _find_words_before(text: SentenceText, mention: Mention) -> tuple[str, ...]:
    nth = text.mentions.index(mention)
    edge = text.mentions[nth - 1].end if nth else 0
    found = [word for word in _WORD.findall(text.low[edge : mention.start]) if not _EMPTY.fullmatch(word)]
    return tuple(found[-WORDS:]) if len(found) >= WORDS else ()


def _find_odd_figure(group: list[FigureMention]) -> Iterator[Finding]:
    for text, mention in group:
        fellows = [other for other in group if other[1] is not mention]
        agree = all(_is_same(fellows[0][1], other[1]) for other in fellows)
        if (
            agree
            and all(_is_different(mention, other[1]) for other in fellows)
            and _has_one_period([(text, mention), *fellows])
        ):
            there = format_quantity(fellows[0][1].quantity)
            message = (
                f"The text gives {format_quantity(mention.quantity)} here, but {there} in {len(fellows)} other places."
            )
            evidence = tuple(at.locate(other) for at, other in fellows)
            yield Finding(
                RULE,
                SEVERITY,
                message,
                format_quantity(mention.quantity),
                text.locate(mention),
                evidence=evidence,
                weight=2,
            )


def _is_same(one: Mention, other: Mention) -> bool:
    return is_comparable(one.quantity, other.quantity) and one.quantity.interval.overlaps(other.quantity.interval)


def _is_different(one: Mention, other: Mention) -> bool:
    return is_comparable(one.quantity, other.quantity) and not one.quantity.interval.overlaps(other.quantity.interval)


def _has_one_period(group: list[FigureMention]) -> bool:
    """Return whether the sentences name at most one period."""
    times = {
        tuple(
            sorted(
                format_quantity(mention.quantity)
                for mention in text.mentions
                if mention.quantity.unit in (Unit.PERIOD, Unit.ORDINAL)
            )
        )
        for text, _ in group
    }
    return len({time for time in times if time}) <= 1
