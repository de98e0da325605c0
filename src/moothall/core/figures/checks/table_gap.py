"""A gap must be the difference of its two rows or columns.

The rule compares a line called "gap" or "difference" with the pair of lines before it that fits best, by label (a
group and its complement) and by arithmetic. Gaps often come from unrounded figures, so a gap of whole percentages may
differ by one but not by two. Handbook DAT-02; intervals as in XBRL Calculations 1.1.

Contradiction:

    L2+ | Reading | Writing | Maths
    FSM | 79 | 70 | 84
    NON-FSM | 89 | 89 | 95
    Gap | 14 | 18 | 11

Agreement:

    L2+ | Reading | Writing | Maths
    FSM | 76 | 67 | 81
    NON-FSM | 93 | 90 | 95
    Gap | 18 | 24 | 15
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.arithmetic import Balance, format_value
from moothall.core.figures.tables.complements import is_complement
from moothall.core.figures.tables.relations import Relation, join_labels
from moothall.core.figures.tables.views import TableLine, TableView, make_views

RULE: Final = "table-gap"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
MOST_PLACES: Final = 20_000  # of gaps in one table: more are data, and trying every pair would take too long
NEAR: Final = 6  # lines before a gap in which its two lines are searched


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every gap line of every table."""
    for table in paper.tables:
        for view in make_views(table):
            gaps = [nth for nth, line in enumerate(view.lines) if line.has_kind("gap")]
            if len(gaps) * view.length <= MOST_PLACES:
                for nth in gaps:
                    yield from _check_gap(view, nth)


def _check_gap(view: TableView, nth: int) -> Iterator[Finding | Observation]:
    gap, found = view.lines[nth], _find_operands(view, nth)
    for place in range(view.length):
        if gap.get_figure(place) is None:
            continue
        relation = _make_relation(gap, *found, place) if found else None
        yield Observation("gap", checked=relation is not None)
        if found and relation:
            balance = relation.compare_to_sum()
            if balance.verdict is not None:
                yield _make_finding(relation, found, join_labels(view.cross[place]), balance)


def _make_relation(gap: TableLine, one: TableLine, two: TableLine, place: int) -> Relation | None:
    printed, a, b = gap.get_figure(place), one.get_figure(place), two.get_figure(place)
    return Relation(printed, ((1, b), (-1, a)), absolute=True) if printed and a and b else None


def _find_operands(view: TableView, nth: int) -> tuple[TableLine, TableLine] | None:
    """Return the two lines whose difference is the gap, or None if no pair fits."""
    gap, before = view.lines[nth], list[TableLine]()
    for line in reversed(view.lines[max(0, nth - NEAR) : nth]):
        if line.has_kind("gap"):
            break
        before.append(line)
    scored = [
        (score, (one, two))
        for far, one in enumerate(before)
        for two in before[:far]
        if (score := _score_pair(gap, one, two, far))
    ]
    return max(scored, key=lambda each: each[0])[1] if scored else None


def _score_pair(gap: TableLine, one: TableLine, two: TableLine, far: int) -> int:
    """Return how well a pair fits a gap, 0 for not at all.

    The score combines the share of places that fit, the labels and the distance.
    """
    relations = [r for place in range(len(gap.cells)) if (r := _make_relation(gap, one, two, place))]
    if not relations:
        return 0
    holds, of = sum(relation.compare_to_sum().holds for relation in relations), len(relations)
    is_pair, adjacent = is_complement(one.label, two.label), far <= 1
    if not ((is_pair and adjacent) or holds * 2 > of or (adjacent and holds * 2 >= of)):
        return 0
    return 1 + holds * 100 // of + 30 * is_pair + 20 * adjacent


def _make_finding(relation: Relation, found: tuple[TableLine, TableLine], where: str, balance: Balance) -> Finding:
    printed = relation.printed.quantity
    (_, two), (_, one) = relation.terms
    message = (
        f"The gap{f' for {where}' if where else ''} between {found[0].label} ({one.quantity.text}) and "
        f"{found[1].label} ({two.quantity.text}) is {format_value(balance.expected, printed)}, "
        f"but {printed.text} is printed."
    )
    reading = "a difference without sign, rounded before or after it was computed"
    return relation.make_finding(rule=RULE, message=message, balance=balance, reading=reading)
