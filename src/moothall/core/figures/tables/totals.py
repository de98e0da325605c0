"""The lines that a total sums, found by its label and by the share of places where the sum fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moothall.core.figures.model import CellKind, Unit
from moothall.core.figures.tables.complements import find_side
from moothall.core.figures.tables.relations import Relation
from moothall.core.figures.tables.views import TableLine, TableView

_NO_SUMS = (Unit.PERCENT, Unit.POINTS, Unit.RATE, Unit.PERCENTAGE_POINTS)
_NAUGHT = ("-", "–", "—", "nil")
MOST_TERMS = 400
MOST_WORK = 400_000


@dataclass(frozen=True, slots=True)
class Total:
    """A total line, the lines that it sums, and how they were found. ``holds`` of ``of`` places agree."""

    line: TableLine
    terms: tuple[TableLine, ...]
    way: str
    holds: int
    of: int

    def list_relations(self) -> Iterator[tuple[int, Relation]]:
        """Yield the relation at every place where all figures are known."""
        for place in range(len(self.line.cells)):
            relation = _make_relation(self.line, self.terms, place)
            if relation:
                yield place, relation


def find_totals(view: TableView) -> Iterator[Total]:
    """Yield every total or subtotal line of a view, with the lines that fit it best.

    Yield nothing for a table in which most lines are totals, because trying them all would take too long.
    """
    called = {nth for nth, line in enumerate(view.lines) if line.has_kind("total") or line.has_kind("subtotal")}
    if len(called) * len(view.lines) * view.length > MOST_WORK:
        return
    for nth, line in enumerate(view.lines):
        if nth in called:
            found = [_try_terms(line, terms, way) for terms, way in _list_candidates(view, nth)]
            usable = [total for total in found if total.of]
            if usable:
                yield max(
                    usable, key=lambda total: (total.holds / total.of, total.holds, total.way == "since the last")
                )


def _list_candidates(view: TableView, nth: int) -> Iterator[tuple[tuple[TableLine, ...], str]]:
    """Yield the sets of lines that a total may sum, the most usual first."""
    before, after = view.lines[:nth], view.lines[nth + 1 :]
    items = [line for line in before if not line.is_derived]
    subtotals = [line for line in before if line.has_kind("subtotal") or line.has_kind("total")]
    yield tuple(_find_since_last(before)), "since the last"
    yield tuple(items), "all before"
    yield tuple(line for line in subtotals if line.has_kind("subtotal")), "subtotals"
    yield tuple(subtotals), "totals"
    yield tuple(_find_open_items(before)), "subtotals and what follows them"
    yield tuple(line for line in items if find_side(line.label)), "groups"
    yield tuple(line for line in before if line.path[:-1] == view.lines[nth].path[:-1] and not line.is_derived), "group"
    yield tuple(_find_until_next(after)), "below"


def _find_since_last(before: Sequence[TableLine]) -> list[TableLine]:
    found: list[TableLine] = []
    for line in reversed(before):
        if line.is_derived:
            break
        found.append(line)
    return found[::-1]


def _find_until_next(after: Sequence[TableLine]) -> list[TableLine]:
    found: list[TableLine] = []
    for line in after:
        if line.is_derived:
            break
        found.append(line)
    return found


def _find_open_items(before: Sequence[TableLine]) -> list[TableLine]:
    """Return the subtotals, and the items after the last subtotal."""
    subtotals = [line for line in before if line.has_kind("subtotal") or line.has_kind("total")]
    return subtotals + _find_since_last(before) if subtotals else []


def _try_terms(line: TableLine, terms: tuple[TableLine, ...], way: str) -> Total:
    holds = of = 0
    if 2 <= len(terms) <= MOST_TERMS or (terms and way in ("since the last", "subtotals")):
        for place in range(len(line.cells)):
            relation = _make_relation(line, terms, place)
            if relation:
                of += 1
                holds += relation.compare_to_sum().holds
    return Total(line, terms, way, holds, of)


def _make_relation(line: TableLine, terms: Sequence[TableLine], place: int) -> Relation | None:
    """Return the sum at one place. Return None if a term is unknown or such figures are not summed."""
    printed = line.get_figure(place)
    if printed is None or printed.quantity.unit in _NO_SUMS:
        return None
    figures = []
    for term in terms:
        cell = term.cells[place]
        figure = term.get_figure(place)
        if figure is None:
            if cell.kind is CellKind.BLANK or cell.text.strip().lower() in _NAUGHT or _is_text_only(cell.text):
                continue
            return None
        figures.append(figure)
    units = {figure.quantity.unit for figure in figures} | {printed.quantity.unit}
    if not figures or (len(units) > 1 and units & set(_NO_SUMS)):
        return None
    return Relation(printed, tuple((1, figure) for figure in figures)).apply_common_grid()


def _is_text_only(text: str) -> bool:
    return not any(c.isdigit() for c in text) and len(text) > 12
