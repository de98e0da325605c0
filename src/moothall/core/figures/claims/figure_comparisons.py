"""Comparisons of two figures in a sentence, as in "63%, above the national average of 60%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from moothall.core.figures.claims.figure_values import is_comparable
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.model import Role, Unit

# What may be between a figure and the word that compares it: a verb, its adverbs and what the figure measures.
_BREAK: Final = re.compile(r"[;:]|\.\s|\b(?:but|whereas|while|whilst|although|however|though|when|where|because)\b")
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|being|remain|remains|remained|stand|stands|stood|sits|sat|still|which|this|that|also|,)\b"
    r"|^\s*,?\s*$|^\s*[,(]"
)
_JOINT: Final = re.compile(
    r"^\s*(?:the|our|its|their|a|an)?\s*[\w'&/ -]{0,80}?\s*(?:\bof|\bat|\bis|\bwas|\(|\bby|:|,|\bwhich is)?\s*"
    r"(?:just |about |around )?$"
)
_SHORT: Final = re.compile(r"\s*(?:the|an?|our|its)?\s*(?:[\w/]+ ){0,2}")
_DEGREE: Final = re.compile(
    r"(?:significantly|slightly|well|much|far|considerably|marginally|substantially|a little|still|now|also|just|only)"
    r"\s*$"
)
_BY: Final = re.compile(
    r"(?:\b(?:is|are|was|were|by|now|remains|being|only|about|around|currently|still|and|but)|[(])\s*(?:just\s+)?$"
)
OPPOSITE: Final = {"above": "below", "below": "above"}


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """A statement that one figure is ``above``, ``below``, ``equal`` to or ``near`` another.

    ``by`` is the stated difference. ``others`` are earlier figures of the kind that the sentence may mean instead.
    """

    first: Mention
    second: Mention
    way: str
    phrase: str
    by: Mention | None = None
    others: tuple[Mention, ...] = ()
    beside: bool = False


@cache
def _list_ways() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((way, compile_pattern("comparisons", way)) for way in ("above", "below", "equal", "near"))


def find_figure_comparisons(text: SentenceText) -> Iterator[FigureComparison]:
    """Yield the comparisons with a standard that has a figure, as in "the national average of 34"."""
    amounts = text.list_amounts()
    for nth, second in enumerate(amounts):
        if not nth or second.quantity.role in (Role.BY, Role.GAP, Role.FROM):
            continue
        if _find_way(text.get_text_between(amounts[nth - 1], second)) is None:
            continue
        first = _find_clause_start(text, second)
        found = _read_comparison(text, [mention for mention in amounts[:nth] if mention.start >= first], second)
        if found:
            yield found


def _find_clause_start(text: SentenceText, second: Mention) -> int:
    window = text.low[: second.start]
    stops = [m.end() for m in re.finditer(r"[;]|\b(?:but|whereas|however)\b", window)]
    return stops[-1] if stops else 0


def _read_comparison(text: SentenceText, earlier: list[Mention], second: Mention) -> FigureComparison | None:
    nearest = earlier[-1] if earlier else None
    between = text.get_text_between(nearest, second) if nearest else ""
    found_way = _find_way(between)
    if nearest is None or found_way is None:
        return None
    way, match = found_way
    by = is_amount_by(text, nearest, between[: match.start()])
    named = _is_named_standard(between[match.end() :]) or (by and _SHORT.fullmatch(between[match.end() :]))
    if not named or _is_negated(between[: match.start()]):
        return None
    if by:
        firsts = [
            s for s in earlier[:-1] if is_comparable(s.quantity, second.quantity) and s.quantity.role is not Role.BY
        ]
        if not firsts:
            return None
        return FigureComparison(firsts[-1], second, way, match.group(), nearest, tuple(firsts[:-1]))
    return _read_plain_comparison(earlier, second, way, match.group(), between[: match.start()])


def _read_plain_comparison(
    earlier: list[Mention], second: Mention, way: str, phrase: str, joint: str
) -> FigureComparison | None:
    nearest = earlier[-1]
    if not is_comparable(nearest.quantity, second.quantity) or nearest.quantity.role in (Role.BY, Role.GAP, Role.FROM):
        return None
    if _BREAK.search(joint) or not _VERB.search(joint):
        return None
    # "from 51% to 63%, above the 60%" is about the 63%
    turned = nearest.quantity.role is Role.TO
    rest = [s for s in earlier[:-1] if not (turned and s.quantity.role is Role.FROM)]
    others = tuple(s for s in rest if is_comparable(s.quantity, second.quantity))
    return FigureComparison(nearest, second, way, phrase, None, others, beside=_is_beside(joint))


def _find_way(between: str) -> tuple[str, re.Match[str]] | None:
    matches = [(m, way) for way, words in _list_ways() if (m := words.search(between))]
    if len({m.start() for m, _ in matches}) != 1 or not matches:
        return None  # two words of comparison: it is not clear which figure each is about
    match, way = max(matches, key=lambda found_way: len(found_way[0].group()))
    return way, match


def _is_named_standard(rest: str) -> bool:
    return bool(_JOINT.match(rest)) and bool(compile_pattern("comparisons", "standards").search(rest))


def _is_negated(text: str) -> bool:
    return bool(compile_pattern("cautions", "negations").search(text)) or "n't" in text


def is_amount_by(text: SentenceText, mention: Mention, joint: str) -> bool:
    """Return whether a figure is a stated difference, as in "is 7% lower" or "by 12.6 points"."""
    bare = _DEGREE.sub("", joint).strip()
    if mention.quantity.role is Role.TO or not _BY.search(text.get_text_before(mention, 24)):
        return False
    return bare in ("", "points", "percentage points") and mention.quantity.unit in (
        Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.POINTS, Unit.NUMBER, Unit.COUNT, Unit.MONEY,
    )  # fmt: skip


def _is_beside(text: str) -> bool:
    return bool(
        re.match(r"^\s*(?:,|and|which|this|that|is|are|was|were|also|remains|\)|-|\s)*$", _DEGREE.sub("", text))
    )
