"""Changes in a sentence, as in "fell from 52 to 47" or "from £40m to £42m, an increase of 5%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.figure_values import is_comparable
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.model import Role, Unit

WAYS: Final = ("up", "down", "narrower", "wider")
RISES: Final = {"up": True, "wider": True, "down": False, "narrower": False}
_CLAUSE: Final = re.compile(r"[;:.]\s|,\s|\b(?:but|and|whereas|while|whilst|although|however|though|with|which)\b")
_STOP: Final = re.compile(r"[;]|\.\s|\b(?:but|whereas|while|whilst|although|however|though)\b")
_BY_BEFORE: Final = re.compile(
    r"^\s*[,;(–-]?\s*(?:which is |this is |representing |equivalent to |equating to |i\.e\.? |or |a |an |of )*"
    r"(?:an? )?(?:[\w-]+ ){0,2}?(?:of|by|=|\+|-)?\s*(?:just |about |around |almost |nearly |over )?$"
)


_THIS: Final = re.compile(
    r"^(?:this|it|the (?:gap|figure|rate|percentage|proportion|number|total|position))(?: gap| figure| rate)?"
    r"(?: has| had| have)?(?: since| now| then| subsequently)? (?P<word>[a-z]+)"
    r"(?: slightly| significantly| further)? to "
)


_THIS_IS: Final = re.compile(
    r"^(?:this|it|which) (?:is|was|represents|represented) (?:an? |the )?(?:\w+ )?(?P<word>[a-z]+) "
    r"(?:from|on|compared (?:to|with)) "
)
_UP_FROM: Final = re.compile(
    r"^[^;.]{0,140}?[,(]?\s*\b(?P<way>up|down)(?: slightly| significantly| sharply)? (?:from|on) "
    r"(?:the )?(?:figure of )?(?:about |around )?$"
)
_FIGURE: Final = r"(?:the|an?|its|our)?\s*(?:[\w/-]+ ){0,4}(?:figure|level|total|rate|position|high|low) of "
_FIGURE_FROM: Final = re.compile(rf"\bfrom {_FIGURE}$")
_FIGURE_TO: Final = re.compile(rf"^[^;.]{{0,40}}?\bto {_FIGURE}$")
_STEP: Final = re.compile(
    r"\b(?:an?|the) (?:\w+ )?(?P<word>increase|rise|growth|decrease|fall|reduction|drop|decline|improvement) of "
    r"(?:about )?$"
)
_SINCE: Final = re.compile(
    r"^\s*(?:percentage points?|points?)?\s*(?:from|on|over|compared (?:to|with)|against) (?:the |an? )?"
    r"(?:[\w/' -]{0,40}?(?:figure|total|level|of) )?$"
)
_WHEN: Final = re.compile(r"^\s*(?:in|by|at|during|for|as at|on) (?:the )?[\w/' -]{2,30}?(?=\s*[,;(])")
NEAR: Final = 24
"""The most characters between "this had narrowed to" and its figure."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that changed from ``old`` to ``new``.

    ``word`` is the word that gives the direction ``way``. ``by`` is the size of the change.
    """

    old: Mention
    new: Mention
    way: str = ""
    word: str = ""
    by: Mention | None = None
    by_word: str = ""


@cache
def _list_ways() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((way, compile_pattern("directions", way)) for way in WAYS)


def find_changes(text: SentenceText) -> Iterator[Change]:
    """Yield the changes of a sentence that give the figures before and after."""
    amounts = text.list_amounts()
    for nth, (one, other) in enumerate(pairwise(amounts)):
        if not is_comparable(one.quantity, other.quantity):
            continue
        if _is_from_to(text, one, other):
            way, word = _find_verb(text, one)
            by, by_word = _find_amount_by(text, amounts, nth)
            yield Change(one, other, way, word, by, by_word)
        elif turned := _UP_FROM.search(text.get_text_between(one, other)):
            yield Change(other, one, turned["way"], f"{turned['way']} from")
    for new, by, old in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if made := _find_change_by_amount(text, new, by, old):
            yield made


def _is_from_to(text: SentenceText, old: Mention, new: Mention) -> bool:
    """Return whether two figures are the start and end of a change.

    Examples: "from 51% to 63%", "from the 2018/19 figure of 27.4% to a 2019/20 figure of 36.6%".
    """
    between = text.get_text_between(old, new)
    if _STOP.search(between) or re.search(r"\bfrom\b", between):
        return False
    plain = old.quantity.role is Role.FROM and new.quantity.role is Role.TO and re.search(r"\bto\b", between)
    return bool(plain) or bool(_FIGURE_FROM.search(text.get_text_before(old, 60)) and _FIGURE_TO.search(between))


def _find_change_by_amount(text: SentenceText, new: Mention, by: Mention, old: Mention) -> Change | None:
    """Return the change in phrases such as "75,420, an increase of 4 per cent from 72,590"."""
    step = _STEP.search(text.get_text_between(new, by))
    if (
        step is None
        or not is_comparable(new.quantity, old.quantity)
        or not _SINCE.match(text.get_text_between(by, old))
    ):
        return None
    ways = [way for way, words in _list_ways() if words.fullmatch(step["word"])]
    if new.quantity.role in (Role.FROM, Role.BY) or _STOP.search(text.get_text_between(new, by)):
        return None
    return Change(old, new, ways[0] if ways else "", step["word"], by, "of")


def find_follow_up(before: SentenceText, text: SentenceText) -> Change | None:
    """Return a change whose old figure is in one sentence and new figure in the next.

    Example: "The gap was 24% in 2016/17. This had narrowed to 28.5% in 2017/18." The first sentence must have only
    one figure of the kind, so that "this" is clear.
    """
    match = _THIS.match(text.low) or _THIS_IS.match(text.low)
    if match is None or not text.list_amounts() or text.list_amounts()[0].start - match.end() > NEAR:
        return None
    mine = text.list_amounts()[0]
    theirs = [mention for mention in before.list_amounts() if is_comparable(mention.quantity, mine.quantity)]
    ways = [way for way, words in _list_ways() if words.fullmatch(match["word"])]
    if len(theirs) != 1 or len(ways) != 1 or theirs[0].quantity.role in (Role.BY, Role.FROM):
        return None
    if match.re is _THIS_IS:
        return Change(mine, theirs[0], ways[0], match["word"])
    return Change(theirs[0], mine, ways[0], match["word"])


def _find_verb(text: SentenceText, old: Mention) -> tuple[str, str]:
    """Return the direction and the word that governs "from", or "" if there is none or they disagree."""
    low = text.low[max(0, old.start - 120) : old.start]
    clause = low[_find_last_end(_CLAUSE, low) :]
    if compile_pattern("cautions", "negations").search(clause) or "n't" in clause:
        return "", ""
    matches = [(m.start(), way, m.group()) for way, words in _list_ways() for m in words.finditer(clause)]
    if not matches or len({RISES[way] for _, way, _ in matches}) > 1:
        return "", ""
    _, way, word = max(matches)
    return way, word


def _find_last_end(breaks: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in breaks.finditer(text)), default=0)


def _find_amount_by(text: SentenceText, amounts: tuple[Mention, ...], nth: int) -> tuple[Mention | None, str]:
    """Return the size of a change and the phrase that gives it.

    Examples: "increased by 12 from 51 to 63", "from 51 to 63, an increase of 12", "from 40 to 42 (5%)".
    """
    if nth and amounts[nth - 1].quantity.role is Role.BY:
        between = text.get_text_between(amounts[nth - 1], amounts[nth])
        if re.fullmatch(
            r"\s*(?:percentage points?|points?|,|\(|\))?\s*(?:in [\w ]{2,30} )?from\s*(?:about |around )?", between
        ):
            return amounts[nth - 1], "by"
    if nth + 2 >= len(amounts):
        return None, ""
    by, between = amounts[nth + 2], _WHEN.sub("", text.get_text_between(amounts[nth + 1], amounts[nth + 2]), count=1)
    directed = re.match(
        r"^\s*[,;(-]?\s*(?:which is |this is |representing )?(?:an?|the)\s", between
    ) and compile_pattern("directions", "up", "down", "better", "worse").search(between)
    bracketed = re.fullmatch(r"\s*[(\[]\s*[+-]?", between) and text.low[by.end : by.end + 1] in (")", "]", "%")
    if directed and _BY_BEFORE.match(between) and by.quantity.role is not Role.FROM:
        return by, "of"
    if bracketed and by.quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS):
        return by, "("
    return None, ""
