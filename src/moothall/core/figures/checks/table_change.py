"""A change, variance or increase is the difference of its two columns or rows, absolute or relative.

The two lines are found by a vote: the pair before the change (or the nearest after it) and the way of reckoning (later
less earlier, earlier less later, or either as a percentage of one) that fits at most places. At least three places and
three in four must fit before the others are held against it.

Contradiction:

    £000 | Budget | Forecast | Variance
    Early years | 1,536 | 1,600 | 64
    Family support | 720 | 700 | -20
    Music | 250 | 260 | 10
    Placements | 4,100 | 4,350 | 205

Agreement:

    £000 | Budget | Forecast | Variance
    Early years | 1,536 | 1,600 | 64
    Family support | 720 | 700 | -20
    Music | 250 | 260 | 10
    Placements | 4,100 | 4,350 | 250
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from moothall.core.figures.findings import Finding, Repair, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.arithmetic import judge, spoken
from moothall.core.figures.tables.relations import Relation, named, scale_of
from moothall.core.figures.tables.views import Line, View, views

RULE: Final = "table-change"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
NEAR: Final = 5
FEWEST: Final = 3

Pair = tuple[Line, Line]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Check every change line of every table."""
    for table in paper.tables:
        for view in views(table):
            for nth, line in enumerate(view.lines):
                if line.says("change"):
                    yield from _change(view, nth)


def _change(view: View, nth: int) -> Iterator[Finding | Seen]:
    line = view.lines[nth]
    places = [place for place in range(view.length) if line.figure(place)]
    choices = [
        (holds, -distance, pair, way)
        for distance, pair in _near(view, nth)
        for way in (_difference, _relative)
        if (holds := _vote(line, pair, way))[1] and holds[0] >= FEWEST and holds[0] * 4 >= holds[1] * 3
    ]
    for _ in places:
        yield Seen("change", checked=bool(choices))
    if choices:
        _, _, pair, way = max(choices, key=lambda choice: (choice[0][0], choice[1]))
        for place in places:
            yield from way(view, line, pair, place)


def _near(view: View, nth: int) -> Iterator[tuple[int, Pair]]:
    """The ordered pairs of lines around a change, with how far they are from it."""
    near = [n for n in range(max(0, nth - NEAR), min(len(view.lines), nth + 2)) if n != nth]
    for a in near:
        for b in near:
            if a != b:
                yield abs(nth - a) + abs(nth - b), (view.lines[a], view.lines[b])


def _vote(line: Line, pair: Pair, way: Callable[..., Iterator[Finding]]) -> tuple[int, int]:
    holds = of = 0
    for place in range(len(line.cells)):
        if line.figure(place) and pair[0].figure(place) and pair[1].figure(place):
            of += 1
            found = next(way(None, line, pair, place), None)
            holds += found is None or found.severity is Severity.ROUNDING
    return holds, of


def _difference(view: View | None, line: Line, pair: Pair, place: int) -> Iterator[Finding]:
    printed, a, b = line.figure(place), pair[0].figure(place), pair[1].figure(place)
    if not (printed and a and b):
        return
    relation = Relation(printed, ((1, a), (-1, b)))
    balance = relation.weigh()
    if balance.verdict is not None:
        message = _message(
            view, line, pair, place, spoken(balance.expected / scale_of(printed.quantity), printed.quantity)
        )
        reading = f"{pair[0].label} less {pair[1].label}"
        yield relation.finding(rule=RULE, message=message, balance=balance, reading=reading)


def _relative(view: View | None, line: Line, pair: Pair, place: int) -> Iterator[Finding]:
    """``(a - b) / b`` in percent."""
    printed, a, b = line.figure(place), pair[0].figure(place), pair[1].figure(place)
    if not (printed and a and b) or Fraction(0) in b.quantity.interval:
        return
    mine, hundred = printed.quantity, Interval.exact(100)
    possible = hundred * (a.quantity.interval / b.quantity.interval) - hundred
    expected = 100 * (a.quantity.value / b.quantity.value - 1)
    # 0.05 for 5%: a bare number below one beside a change of more than one percent is a fraction.
    fraction = mine.unit is Unit.NUMBER and abs(expected) >= 1 > abs(mine.value)
    share = Fraction(100 if fraction else 1)
    verdict = judge(mine.value * share, mine.interval * Interval.exact(share), expected, possible, mine.step**2 * share)
    if verdict is None or (verdict is Severity.IMPROBABLE):
        return
    told = spoken(expected / share, mine)
    yield Finding(
        rule=RULE,
        severity=verdict,
        message=_message(view, line, pair, place, told + ("" if fraction else "%")),
        quote=printed.cell.text,
        place=printed.cell.place,
        evidence=(a.cell.place, b.cell.place),
        computed=f"({a.quantity.text} - {b.quantity.text}) / {b.quantity.text} = {told}, printed {mine.text}",
        readings=(f"{pair[0].label} less {pair[1].label}, relative to {pair[1].label}",),
        repairs=(Repair(printed.cell.place, possible),) if verdict is Severity.ERROR else (),
    )


def _message(view: View | None, line: Line, pair: Pair, place: int, told: str) -> str:
    where = named(view.cross[place]) if view else ""
    texts = [figure.quantity.text for each in (line, *pair) if (figure := each.figure(place))]
    return (
        f"{line.label}{f' for {where}' if where else ''}: from {pair[1].label} ({texts[2]}) to {pair[0].label} "
        f"({texts[1]}) is {told}, but {texts[0]} is printed."
    )
