"""Changes in a sentence: "fell from 52 to 47", "from £40m to £42m, an increase of 5%", "narrowed from 18% to 13%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.kinds import alike
from moothall.core.figures.claims.spans import Line, Spot, pattern
from moothall.core.figures.model import Role, Unit

WAYS: Final = ("up", "down", "narrower", "wider")
RISES: Final = {"up": True, "wider": True, "down": False, "narrower": False}
_CLAUSE: Final = re.compile(r"[;:.]\s|,\s|\b(?:but|and|whereas|while|whilst|although|however|though|with|which)\b")
_STOP: Final = re.compile(r"[;]|\.\s|\b(?:but|whereas|while|whilst|although|however|though)\b")
_BY_BEFORE: Final = re.compile(
    r"^\s*[,(–-]?\s*(?:which is |this is |representing |equivalent to |equating to |i\.e\.? |or |a |an |of )*"
    r"(?:an? )?(?:[\w-]+ ){0,2}?(?:of|by|=|\+|-)?\s*(?:just |about |around |almost |nearly |over )?$"
)


_THIS: Final = re.compile(
    r"^(?:this|it|the (?:gap|figure|rate|percentage|proportion|number|total|position))(?: gap| figure| rate)?"
    r"(?: has| had| have)?(?: since| now| then| subsequently)? (?P<word>[a-z]+)"
    r"(?: slightly| significantly| further)? to "
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that went from ``old`` to ``new``; ``word`` says which ``way``, where a word does; ``by`` how far."""

    old: Spot
    new: Spot
    way: str = ""
    word: str = ""
    by: Spot | None = None
    by_word: str = ""


@cache
def _ways() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((way, pattern("directions", way)) for way in WAYS)


def changes(line: Line) -> Iterator[Change]:
    """The changes of a sentence that give both the figure before and the figure after."""
    amounts = line.amounts()
    for nth, (old, new) in enumerate(pairwise(amounts)):
        if old.quantity.role is not Role.FROM or not alike(old.quantity, new.quantity):
            continue
        between = line.between(old, new)
        if new.quantity.role is not Role.TO or not re.search(r"\bto\b", between) or _STOP.search(between):
            continue
        if re.search(r"\bfrom\b", between):
            continue
        way, word = _verb(line, old)
        by, by_word = _by_how_much(line, amounts, nth)
        yield Change(old, new, way, word, by, by_word)


def follow_up(before: Line, line: Line) -> Change | None:
    """ "The gap was 24% in 2016/17. This had narrowed to 28.5% in 2017/18.": old in one sentence, new in the next.

    Only where the sentence before holds one figure of the kind, so that "this" can mean no other.
    """
    match = _THIS.match(line.low)
    if match is None or not line.amounts() or line.amounts()[0].start - match.end() > 24:
        return None
    new = line.amounts()[0]
    old = [spot for spot in before.amounts() if alike(spot.quantity, new.quantity)]
    ways = [way for way, words in _ways() if words.fullmatch(match["word"])]
    if len(old) != 1 or len(ways) != 1 or old[0].quantity.role in (Role.BY, Role.FROM):
        return None
    return Change(old[0], new, ways[0], match["word"])


def _verb(line: Line, old: Spot) -> tuple[str, str]:
    """The word of direction that governs "from"; "" when there is none or more than one way."""
    low = line.low[max(0, old.start - 120) : old.start]
    clause = low[_last_end(_CLAUSE, low) :]
    if pattern("cautions", "negations").search(clause) or "n't" in clause:
        return "", ""
    hits = [(m.start(), way, m.group()) for way, words in _ways() for m in words.finditer(clause)]
    if not hits or len({RISES[way] for _, way, _ in hits}) > 1:
        return "", ""
    _, way, word = max(hits)
    return way, word


def _last_end(breaks: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in breaks.finditer(text)), default=0)


def _by_how_much(line: Line, amounts: tuple[Spot, ...], nth: int) -> tuple[Spot | None, str]:
    """ "increased by 12 from 51 to 63", "from 51 to 63, an increase of 12", "from 40 to 42 (5%)"."""
    if nth and amounts[nth - 1].quantity.role is Role.BY:
        between = line.between(amounts[nth - 1], amounts[nth])
        if re.fullmatch(
            r"\s*(?:percentage points?|points?|,|\(|\))?\s*(?:in [\w ]{2,30} )?from\s*(?:about |around )?", between
        ):
            return amounts[nth - 1], "by"
    if nth + 2 >= len(amounts):
        return None, ""
    by, between = amounts[nth + 2], line.between(amounts[nth + 1], amounts[nth + 2])
    directed = re.match(r"^\s*[,(-]?\s*(?:which is |this is |representing )?(?:an?|the)\s", between) and pattern(
        "directions", "up", "down", "better", "worse"
    ).search(between)
    bracketed = re.fullmatch(r"\s*[(\[]\s*[+-]?", between) and line.low[by.end : by.end + 1] in (")", "]", "%")
    if directed and _BY_BEFORE.match(between) and by.quantity.role is not Role.FROM:
        return by, "of"
    if bracketed and by.quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS):
        return by, "("
    return None, ""
