"""What the words around a figure say: its hedge, role and noun, and whether it is a count."""

from __future__ import annotations

from dataclasses import replace

from moothall.core.figures.model import Hedge, Quantity, Role, Unit
from moothall.core.figures.quantities.tokens import Token
from moothall.core.figures.quantities.words import (
    DIFFERENCE_WORDS,
    HEDGES,
    LIKENED,
    NO_NOUN,
    SKIPPED,
    STEADY,
)

LONGEST_HEDGE = max(len(phrase) for phrase in HEDGES)
_LAST_OF_HEDGE = frozenset(phrase[-1] for phrase in HEDGES)
_RELATIVE = (Unit.PERCENTAGE_POINTS, Unit.PERCENT)


def apply_context(
    quantity: Quantity, tokens: list[Token], first: int, end: int, found: list[tuple[Quantity, int, int]]
) -> Quantity:
    """Return the quantity at tokens ``first`` to ``end`` with unit, role, hedge and noun from its context."""
    if quantity.unit in (Unit.REFERENCE, Unit.TIME):
        return quantity
    noun = _find_noun(tokens, end)
    unit = quantity.unit
    if unit is Unit.NUMBER and noun and noun not in NO_NOUN and quantity.value.denominator == 1 and quantity.step == 0:
        unit = Unit.COUNT
    role = _find_role(tokens, first, end, quantity.unit, found)
    readings = quantity.readings or (unit,)
    if unit is Unit.PERCENT and role in (Role.BY, Role.GAP):
        unit, readings = Unit.PERCENTAGE_POINTS, _RELATIVE
    return replace(
        quantity, unit=unit, role=role, hedge=_find_hedge(tokens, first), readings=readings, noun=quantity.noun or noun
    )


def _find_hedge(tokens: list[Token], first: int) -> Hedge:
    if not first or tokens[first - 1].low not in _LAST_OF_HEDGE:
        return Hedge.NONE
    for length in range(min(LONGEST_HEDGE, first), 0, -1):
        phrase = tuple(token.low for token in tokens[first - length : first])
        if phrase in HEDGES:
            return HEDGES[phrase]
    return Hedge.NONE


def _find_noun(tokens: list[Token], end: int) -> str:
    while end < len(tokens) and tokens[end].low in SKIPPED:
        end += 1
    return tokens[end].low if end < len(tokens) and tokens[end].kind == "word" else ""


def _find_role(tokens: list[Token], first: int, end: int, unit: Unit, found: list[tuple[Quantity, int, int]]) -> Role:
    # A hedge may be between the word and the figure: "by at least 10%", "from about 51%".
    before = [token.low for token in tokens[max(0, first - 5) : first]]
    while before and (
        before[-1] in ("at", "least", "about", "around", "nearly", "almost", "over", "a", "just", "some")
    ):
        before.pop()
    after = [token.low for token in tokens[end : end + 3]]
    nearest = before[-1] if before else ""
    if nearest in ("from", "to", "by"):
        return {"from": Role.FROM, "by": Role.BY}.get(nearest) or _decide_role_after_to(tokens, first, unit, found)
    if after[:1] == ["gap"] or _has_gap_before(before):
        return Role.GAP
    if any(word in DIFFERENCE_WORDS for word in after[:1]) or (after[:1] == ["points"] and after[1:2]):
        return Role.BY
    return Role.VALUE


def _decide_role_after_to(tokens: list[Token], first: int, unit: Unit, found: list[tuple[Quantity, int, int]]) -> Role:
    """Return the role of a figure after "to".

    It is ``TO`` only after a start ("from 51% to 63%") or a verb of movement.
    """
    if tokens[first - 2].low in LIKENED and first > 1:
        return Role.VALUE
    window = [token.low for token in tokens[max(0, first - 12) : first]]
    moved = any(word.endswith(("ed", "en", "ose", "ell")) for word in window)
    same = any(q.unit is unit and end <= first for q, _, end in found[-6:] if _ < first)
    return Role.TO if "from" in window or moved or same else Role.VALUE


def _has_gap_before(before: list[str]) -> bool:
    """Return whether a figure is a gap: "gap of 16%", "biggest gap (23%)", "gap is 7.2%"."""
    while before and before[-1] in STEADY:
        if before[-1] in ("gap", "gaps"):
            return True
        before = before[:-1]
    return False
