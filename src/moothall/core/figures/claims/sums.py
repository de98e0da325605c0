"""Sums in a sentence, as in "£35.4m, made up of £26.2m ... and £9.2m ..." or "12 and 15, a total of 27"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.figure_values import find_possible_range, is_comparable
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.intervals import Interval, sum_intervals
from moothall.core.figures.model import Hedge, Role, Unit

MOST: Final = 8
"""The most parts of one sum: longer lists are not checked."""
_END: Final = re.compile(r"[;]|\.\s|\b(?:compared|against|whereas|however|but|from|up from|down from|last year)\b")
_SUMMABLE: Final = (Unit.COUNT, Unit.NUMBER, Unit.MONEY, Unit.PERCENT)


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A statement that ``whole`` is the sum of ``parts`` in one sentence. ``cue`` is the phrase that says so."""

    whole: Mention
    parts: tuple[Mention, ...]
    cue: str

    @property
    def first(self) -> Mention:
        """Return the figure that comes first."""
        return min(self.whole, *self.parts, key=lambda mention: mention.start)

    @property
    def last(self) -> Mention:
        """Return the figure that comes last."""
        return max(self.whole, *self.parts, key=lambda mention: mention.start)


def find_sums(text: SentenceText) -> Iterator[StatedSum]:
    """Yield the sums of a sentence: the total first ("comprising"), last ("a total of"), or with "leaving"."""
    amounts = [mention for mention in text.list_amounts() if mention.quantity.unit in _SUMMABLE]
    for nth, mention in enumerate(amounts):
        yield from _find_whole_first(text, amounts, nth, mention)
        yield from _find_whole_last(text, amounts, nth, mention)
        yield from _find_with_rest(text, amounts, nth, mention)


def _find_whole_first(text: SentenceText, amounts: list[Mention], nth: int, whole: Mention) -> Iterator[StatedSum]:
    rest = amounts[nth + 1 : nth + 2 + MOST]
    if len(rest) < 2 or not _is_usable(whole):
        return
    match = compile_pattern("sums", "leads").search(text.get_text_between(whole, rest[0]))
    if not match or _END.search(text.get_text_between(whole, rest[0])[match.end() :]):
        return
    parts = _collect_parts(text, whole, rest)
    if 2 <= len(parts) <= MOST and _is_list(text, parts):
        yield StatedSum(whole, parts, match.group())


def _collect_parts(text: SentenceText, whole: Mention, rest: Sequence[Mention]) -> tuple[Mention, ...]:
    parts: list[Mention] = []
    for mention in rest:
        if parts and _END.search(text.get_text_between(parts[-1], mention) or ";"):
            break
        if not is_comparable(mention.quantity, whole.quantity) or not _is_usable(mention):
            break
        parts.append(mention)
    return tuple(parts)


def _is_list(text: SentenceText, parts: tuple[Mention, ...]) -> bool:
    """Return whether the parts are a list: commas between them and "and" or "plus" before the last."""
    joints = [text.get_text_between(one, other) for one, other in pairwise(parts)]
    last = re.search(r"\b(?:and|plus)\b|&", joints[-1]) is not None
    return last and all("," in joint or re.search(r"\band\b|\bplus\b", joint) for joint in joints)


def _find_whole_last(text: SentenceText, amounts: list[Mention], nth: int, whole: Mention) -> Iterator[StatedSum]:
    before = amounts[max(0, nth - MOST) : nth]
    if len(before) < 2 or not _is_usable(whole):
        return
    matches = list(compile_pattern("sums", "ends").finditer(text.get_text_between(before[-1], whole)))
    match = matches[-1] if matches else None
    if match is None or _END.search(text.get_text_between(before[-1], whole)):
        return
    if text.get_text_between(before[-1], whole)[match.end() :].strip(" £") not in (
        "",
        "overspend of",
        "underspend of",
        "of",
    ):
        return
    parts = [mention for mention in before if is_comparable(mention.quantity, whole.quantity) and _is_usable(mention)]
    if len(parts) == len(before) and _is_list(text, tuple(parts)):
        yield StatedSum(whole, tuple(parts), match.group())


def _find_with_rest(text: SentenceText, amounts: list[Mention], nth: int, whole: Mention) -> Iterator[StatedSum]:
    """Yield sums such as "£35.4m of which £26.2m relates to savings, leaving £9.2m"."""
    if nth + 3 > len(amounts):
        return
    one, rest = amounts[nth + 1], amounts[nth + 2]
    if not all(
        is_comparable(whole.quantity, mention.quantity) and _is_usable(mention) for mention in (whole, one, rest)
    ):
        return
    if not re.search(r"\bof (?:which|these|whom|that|this)\b", text.get_text_between(whole, one)) or _END.search(
        text.get_text_between(one, rest)
    ):
        return
    match = compile_pattern("sums", "rests").search(text.get_text_between(one, rest))
    if match and len(text.get_text_between(one, rest)) - match.end() < 12:
        yield StatedSum(whole, (one, rest), match.group())


def _is_usable(mention: Mention) -> bool:
    quantity = mention.quantity
    return quantity.role not in (Role.FROM, Role.BY, Role.GAP) and quantity.hedge in (Hedge.NONE, Hedge.ABOUT)


def can_add_up(claim: StatedSum) -> bool:
    """Return whether some of the parts, each added or subtracted, give the total within rounding.

    A list may include a part of a part ("of which"), and an underspend is subtracted from an overspend.
    """
    whole = find_possible_range(claim.whole.quantity)
    if abs(sum_intervals(find_possible_range(part.quantity) for part in claim.parts)).overlaps(abs(whole)):
        return True
    combined = [Interval.exact(Fraction(0))]
    for part in claim.parts:
        each = find_possible_range(part.quantity)
        combined = [*combined, *(one + each for one in combined), *(one - each for one in combined)]
    return any(one.overlaps(whole) or (-one).overlaps(whole) for one in combined[1:])
