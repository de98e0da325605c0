"""Sums in a sentence: "£35.4m, made up of £26.2m ... and £9.2m ...", "12 in 2013 and 15 in 2014, a total of 27"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.figure_values import alike, reach
from moothall.core.figures.claims.mentions import Line, Spot, pattern
from moothall.core.figures.intervals import Interval, total
from moothall.core.figures.model import Hedge, Role, Unit

MOST: Final = 8
"""Parts of one sum that are tried; longer lists are left alone."""
_END: Final = re.compile(r"[;]|\.\s|\b(?:compared|against|whereas|however|but|from|up from|down from|last year)\b")
_SUMMABLE: Final = (Unit.COUNT, Unit.NUMBER, Unit.MONEY, Unit.PERCENT)


@dataclass(frozen=True, slots=True)
class Sum:
    """``whole`` said to be made of ``parts``, all in one sentence; ``cue`` is the phrase that says so."""

    whole: Spot
    parts: tuple[Spot, ...]
    cue: str

    @property
    def first(self) -> Spot:
        """The figure that stands first."""
        return min(self.whole, *self.parts, key=lambda spot: spot.start)

    @property
    def last(self) -> Spot:
        """The figure that stands last."""
        return max(self.whole, *self.parts, key=lambda spot: spot.start)


def sums(line: Line) -> Iterator[Sum]:
    """The sums of a sentence: the whole first ("comprising"), last ("a total of"), or with a rest ("leaving")."""
    amounts = [spot for spot in line.amounts() if spot.quantity.unit in _SUMMABLE]
    for nth, spot in enumerate(amounts):
        yield from _whole_first(line, amounts, nth, spot)
        yield from _whole_last(line, amounts, nth, spot)
        yield from _with_rest(line, amounts, nth, spot)


def _whole_first(line: Line, amounts: list[Spot], nth: int, whole: Spot) -> Iterator[Sum]:
    rest = amounts[nth + 1 : nth + 2 + MOST]
    if len(rest) < 2 or not _usable(whole):
        return
    match = pattern("sums", "leads").search(line.between(whole, rest[0]))
    if not match or _END.search(line.between(whole, rest[0])[match.end() :]):
        return
    parts = _run(line, whole, rest)
    if 2 <= len(parts) <= MOST and _listed(line, parts):
        yield Sum(whole, parts, match.group())


def _run(line: Line, whole: Spot, rest: Sequence[Spot]) -> tuple[Spot, ...]:
    parts: list[Spot] = []
    for spot in rest:
        if parts and _END.search(line.between(parts[-1], spot) or ";"):
            break
        if not alike(spot.quantity, whole.quantity) or not _usable(spot):
            break
        parts.append(spot)
    return tuple(parts)


def _listed(line: Line, parts: tuple[Spot, ...]) -> bool:
    """Whether the parts are a list: commas between them and "and" (or "plus") before the last."""
    joints = [line.between(one, other) for one, other in pairwise(parts)]
    last = re.search(r"\b(?:and|plus)\b|&", joints[-1]) is not None
    return last and all("," in joint or re.search(r"\band\b|\bplus\b", joint) for joint in joints)


def _whole_last(line: Line, amounts: list[Spot], nth: int, whole: Spot) -> Iterator[Sum]:
    before = amounts[max(0, nth - MOST) : nth]
    if len(before) < 2 or not _usable(whole):
        return
    matches = list(pattern("sums", "ends").finditer(line.between(before[-1], whole)))
    match = matches[-1] if matches else None
    if match is None or _END.search(line.between(before[-1], whole)):
        return
    if line.between(before[-1], whole)[match.end() :].strip(" £") not in ("", "overspend of", "underspend of", "of"):
        return
    parts = [spot for spot in before if alike(spot.quantity, whole.quantity) and _usable(spot)]
    if len(parts) == len(before) and _listed(line, tuple(parts)):
        yield Sum(whole, tuple(parts), match.group())


def _with_rest(line: Line, amounts: list[Spot], nth: int, whole: Spot) -> Iterator[Sum]:
    """``£35.4m of which £26.2m relates to savings, leaving £9.2m``."""
    if nth + 3 > len(amounts):
        return
    one, rest = amounts[nth + 1], amounts[nth + 2]
    if not all(alike(whole.quantity, spot.quantity) and _usable(spot) for spot in (whole, one, rest)):
        return
    if not re.search(r"\bof (?:which|these|whom|that|this)\b", line.between(whole, one)) or _END.search(
        line.between(one, rest)
    ):
        return
    match = pattern("sums", "rests").search(line.between(one, rest))
    if match and len(line.between(one, rest)) - match.end() < 12:
        yield Sum(whole, (one, rest), match.group())


def _usable(spot: Spot) -> bool:
    quantity = spot.quantity
    return quantity.role not in (Role.FROM, Role.BY, Role.GAP) and quantity.hedge in (Hedge.NONE, Hedge.ABOUT)


def adds_up(claim: Sum) -> bool:
    """Whether some of the parts, each added or taken away, give the whole within rounding: the kindest reading.

    A list of parts may hold a part of a part ("of which"), and an underspend is taken away from an overspend.
    """
    whole = reach(claim.whole.quantity)
    if abs(total(reach(part.quantity) for part in claim.parts)).meets(abs(whole)):
        return True
    combined = [Interval.exact(Fraction(0))]
    for part in claim.parts:
        each = reach(part.quantity)
        combined = [*combined, *(one + each for one in combined), *(one - each for one in combined)]
    return any(one.meets(whole) or (-one).meets(whole) for one in combined[1:])
