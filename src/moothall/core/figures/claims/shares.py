"""Shares in a sentence: "15 of 21 (71%)", "all 28 (100%)", "1,722 were offered a place [92.83%]", "6.4% (9 of 141)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.mentions import Line, Spot
from moothall.core.figures.model import Hedge, Quantity, Role, Unit

_OPEN: Final = re.compile(r"[(\[]\s*(?:or |i\.e\. |=\s*|equivalent to |which is )?$")
_OF: Final = re.compile(r"^\s*%?\s*[)\]]\s*(?:out )?of (?:the|all|our|all the|its|a total of|those)?\s*$")


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole`` said to be ``percent``; ``whole`` is None when the sentence does not name it."""

    part: Quantity
    percent: Spot
    first: Spot
    last: Spot
    whole: Quantity | None = None


def shares(line: Line) -> Iterator[Share]:
    """The counts of a sentence that have their percentage beside them, in brackets or the other way round."""
    spots = line.amounts()
    for nth, (one, other) in enumerate(pairwise(spots)):
        between = line.between(one, other)
        if one.quantity.unit is Unit.RATIO and _bracketed(line, other, between):
            yield _of_ratio(one, other, one, other)
        elif other.quantity.unit is Unit.RATIO and _is_percent(one) and re.fullmatch(r"\s*[(\[]\s*", between):
            yield _of_ratio(other, one, one, other)
        elif _counted(one) and _bracketed(line, other, between):
            third = spots[nth + 2] if nth + 2 < len(spots) else None
            if third and _counted(third) and _OF.match(line.between(other, third)):
                yield Share(one.quantity, other, one, third, third.quantity)
            elif (before := spots[nth - 1] if nth else None) and _of_these(line, before, one):
                yield Share(one.quantity, other, before, other, before.quantity)
            else:
                yield Share(one.quantity, other, one, other)


def _of_these(line: Line, whole: Spot, part: Spot) -> bool:
    """ "Of the 69,540 children looked after, 52,050 (75%) ..."."""
    between = line.between(whole, part)
    named = re.search(r"\bof (?:the|those|these|all|all the|a total of)?\s*$", line.before(whole, 24))
    return bool(named) and _counted(whole) and "," in between and ";" not in between and ". " not in between


def _of_ratio(ratio: Spot, percent: Spot, first: Spot, last: Spot) -> Share:
    part, whole = ratio.quantity.parts
    return Share(part, percent, first, last, whole)


def _is_percent(spot: Spot) -> bool:
    return spot.quantity.unit is Unit.PERCENT and spot.quantity.role is not Role.BY


def _counted(spot: Spot) -> bool:
    quantity = spot.quantity
    whole = quantity.value.denominator == 1 and quantity.value >= 0
    return quantity.unit in (Unit.COUNT, Unit.NUMBER) and whole and quantity.hedge is Hedge.NONE


def _bracketed(line: Line, percent: Spot, between: str) -> bool:
    """Whether a percentage stands alone in brackets a few words after the count."""
    if not _is_percent(percent) or not _OPEN.search(between) or len(between) > 90 or "," in between or ";" in between:
        return False
    return bool(re.match(r"\s*%?\s*[)\]]", line.low[percent.end : percent.end + 4]))


def holds(part: Fraction, whole: Fraction, percent: Quantity) -> bool:
    """The percentage rule (DAT-03): the printed percentage is within rounding of part over whole."""
    if whole <= 0:
        return part == 0 == percent.value
    return part * 100 / whole in percent.interval
