"""Shares in a sentence, as in "15 of 21 (71%)", "1,722 were offered a place [92.83%]" or "6.4% (9 of 141)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.mentions import Mention, SentenceText
from moothall.core.figures.model import Hedge, Quantity, Role, Unit

_OPEN: Final = re.compile(r"[(\[]\s*(?:or |i\.e\. |=\s*|equivalent to |which is )?$")
_OF: Final = re.compile(r"^\s*%?\s*[)\]]\s*(?:out )?of (?:the|all|our|all the|its|a total of|those)?\s*$")


@dataclass(frozen=True, slots=True)
class StatedShare:
    """A statement that ``part`` is ``percent`` of ``whole``. ``whole`` is None if the sentence does not name it."""

    part: Quantity
    percent: Mention
    first: Mention
    last: Mention
    whole: Quantity | None = None


def find_shares(text: SentenceText) -> Iterator[StatedShare]:
    """Yield the counts of a sentence that have their percentage in brackets, or the other way round."""
    mentions = text.list_amounts()
    for nth, (one, other) in enumerate(pairwise(mentions)):
        between = text.get_text_between(one, other)
        if one.quantity.unit is Unit.RATIO and _is_bracketed(text, other, between):
            yield _make_ratio_share(one, other, one, other)
        elif other.quantity.unit is Unit.RATIO and _is_percent(one) and re.fullmatch(r"\s*[(\[]\s*", between):
            yield _make_ratio_share(other, one, one, other)
        elif _is_count(one) and _is_bracketed(text, other, between):
            third = mentions[nth + 2] if nth + 2 < len(mentions) else None
            if third and _is_count(third) and _OF.match(text.get_text_between(other, third)):
                yield StatedShare(one.quantity, other, one, third, third.quantity)
            elif (before := mentions[nth - 1] if nth else None) and _is_of_whole(text, before, one):
                yield StatedShare(one.quantity, other, before, other, before.quantity)
            else:
                yield StatedShare(one.quantity, other, one, other)


def _is_of_whole(text: SentenceText, whole: Mention, part: Mention) -> bool:
    """Return whether a count is part of a total, as in "Of the 69,540 children looked after, 52,050 (75%)"."""
    between = text.get_text_between(whole, part)
    named = re.search(r"\bof (?:the|those|these|all|all the|a total of)?\s*$", text.get_text_before(whole, 24))
    return bool(named) and _is_count(whole) and "," in between and ";" not in between and ". " not in between


def _make_ratio_share(ratio: Mention, percent: Mention, first: Mention, last: Mention) -> StatedShare:
    part, whole = ratio.quantity.parts
    return StatedShare(part, percent, first, last, whole)


def _is_percent(mention: Mention) -> bool:
    return mention.quantity.unit is Unit.PERCENT and mention.quantity.role is not Role.BY


def _is_count(mention: Mention) -> bool:
    quantity = mention.quantity
    whole = quantity.value.denominator == 1 and quantity.value >= 0
    return quantity.unit in (Unit.COUNT, Unit.NUMBER) and whole and quantity.hedge is Hedge.NONE


def _is_bracketed(text: SentenceText, percent: Mention, between: str) -> bool:
    """Return whether a percentage is alone in brackets a few words after the count."""
    if not _is_percent(percent) or not _OPEN.search(between) or len(between) > 90 or "," in between or ";" in between:
        return False
    return bool(re.match(r"\s*%?\s*[)\]]", text.low[percent.end : percent.end + 4]))


def is_share_of(part: Fraction, whole: Fraction, percent: Quantity) -> bool:
    """Return whether a percentage is part over whole within its rounding (DAT-03)."""
    if whole <= 0:
        return part == 0 == percent.value
    return part * 100 / whole in percent.interval
