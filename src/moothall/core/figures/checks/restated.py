"""A figure given several times in the same words should be the same each time.

"The forecast revenue overspend of £23.3m" in the summary, the recommendations and the report, and "of £32.3m" once: the
odd one out is suspicious. At least two places must agree, all must stand in one report and after the same words, and
the sentences must not name different periods. Two roundings of one figure are the same figure. Handbook DAT-42.

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

from moothall.core.figures.claims.figure_values import alike, firm, is_share, said
from moothall.core.figures.claims.mentions import Line, Spot, lines
from moothall.core.figures.claims.series import report_of
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Role, Unit

RULE = "restated"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
WORDS: Final = 3
"""Words before a figure that must be the same in every place."""
MOST: Final = 8
"""Places of one wording: more are a form filled in again and again."""
_WORD: Final = re.compile(r"[a-z][a-z&'-]+")
_EMPTY: Final = re.compile(r"the|of|an?|to|in|is|was|are|were|by|for|at|and|on|with|that|this|its?|be|has|have|had")
Told = tuple[Line, Spot]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every figure that differs from those given elsewhere in the same words."""
    told: dict[tuple[str, tuple[str, ...]], list[Told]] = defaultdict(list)
    for line in lines(paper):
        for spot in line.amounts():
            quantity = spot.quantity
            plain = quantity.role is Role.VALUE and firm(quantity) and not quantity.signed
            if plain and (is_share(quantity) or quantity.unit is Unit.MONEY) and (key := _words_before(line, spot)):
                told[report_of(line.sentence.section), key].append((line, spot))
    for group in told.values():
        checked = 3 <= len(group) <= MOST
        yield Seen("figure given again", checked=checked)
        if checked:
            yield from _odd_one(group)


def _words_before(line: Line, spot: Spot) -> tuple[str, ...]:
    nth = line.spots.index(spot)
    edge = line.spots[nth - 1].end if nth else 0
    found = [word for word in _WORD.findall(line.low[edge : spot.start]) if not _EMPTY.fullmatch(word)]
    return tuple(found[-WORDS:]) if len(found) >= WORDS else ()


def _odd_one(group: list[Told]) -> Iterator[Finding]:
    for line, spot in group:
        fellows = [other for other in group if other[1] is not spot]
        agree = all(_same(fellows[0][1], other[1]) for other in fellows)
        if agree and all(_apart(spot, other[1]) for other in fellows) and _one_time([(line, spot), *fellows]):
            there = said(fellows[0][1].quantity)
            message = f"The text gives {said(spot.quantity)} here and {there} in {len(fellows)} other places."
            evidence = tuple(at.place(other) for at, other in fellows)
            yield Finding(RULE, SEVERITY, message, said(spot.quantity), line.place(spot), evidence=evidence, weight=2)


def _same(one: Spot, other: Spot) -> bool:
    return alike(one.quantity, other.quantity) and one.quantity.interval.meets(other.quantity.interval)


def _apart(one: Spot, other: Spot) -> bool:
    return alike(one.quantity, other.quantity) and not one.quantity.interval.meets(other.quantity.interval)


def _one_time(group: list[Told]) -> bool:
    """Whether the sentences name no different periods."""
    times = {
        tuple(sorted(said(spot.quantity) for spot in line.spots if spot.quantity.unit in (Unit.PERIOD, Unit.ORDINAL)))
        for line, _ in group
    }
    return len({time for time in times if time}) <= 1
