"""The table series that a statement is about, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.dimensions import find_pair
from moothall.core.figures.claims.figure_values import format_number
from moothall.core.figures.claims.paper_claims import PaperClaims
from moothall.core.figures.claims.series import Point, Series, SeriesIndex, list_intervals
from moothall.core.figures.claims.statements import Statement
from moothall.core.figures.model import Place

RISES = {"up": True, "better": True, "wider": True, "down": False, "worse": False, "narrower": False}
PAST_TENSE = {True: "rose", False: "fell"}


def find_meant_series(known: PaperClaims, said: Statement) -> Iterator[tuple[dict[str, str], list[Series]]]:
    """Yield the facets of each thing that a statement is about, with its series.

    There is more than one series if tables repeat it.
    """
    for facets in list_wanted_facets(known.series_index, said):
        found = known.series_index.find(facets, gap=said.gap)
        if found:
            yield facets, known.choose_nearest(found, said.text)


def list_wanted_facets(library: SeriesIndex, said: Statement) -> Iterator[dict[str, str]]:
    """Yield the facets of each thing: every subject named, and every group if all are meant."""
    groups: tuple[str, ...] = said.groups
    if said.everyone:
        pairs = {s.facets["group"] for s in library.all if s.gap and "group" in s.facets}
        groups = tuple(sorted(pairs - set(said.but)))
    if said.gap and not groups:
        return
    if said.gap:
        groups = tuple(dict.fromkeys(find_pair(group) for group in groups))
    if len(groups) > 1 and not said.everyone and said.gap:
        return  # two pairs are named: it is not clear which gap is meant
    for group in groups or ("",):
        for subject in said.subjects or ("",):
            facets = dict(said.facets)
            facets.pop("subject", None) if subject else None
            yield facets | ({"group": group} if group else {}) | ({"subject": subject} if subject else {})


def is_contradicted(series: Series, rises: bool) -> bool:
    """Return whether the last step of a series goes the other way under every reading."""
    step = series.find_last_step()
    if step is None:
        return False
    old, new = list_intervals(series, step[0].year), list_intervals(series, step[1].year)
    pairs = list(zip(old, new, strict=False))
    same_printed = step[0].quantity.value == step[1].quantity.value
    if not pairs or same_printed:
        return False
    return all((n.high <= o.low) if rises else (n.low >= o.high) for o, n in pairs)


def collect_places(found: list[Series], *, both: bool = True) -> tuple[Place, ...]:
    """Return the places of the cells that a finding depends on."""
    cells: list[Point] = []
    for series in found:
        cells += series.points[-2:] if both else series.points[-1:]
        for side in series.pair or ():
            cells += side.points[-2:] if both else side.points[-1:]
    return tuple(dict.fromkeys(point.cell.place for point in cells))


def describe_series(facets: dict[str, str], *, gap: bool = False) -> str:
    """Return a short name for a series, such as "the gap for girls, writing"."""
    parts = [
        facets[d]
        for d in ("place", "group", "subject", "level", "measure", "row")
        if facets.get(d) not in (None, "", "own", "all")
    ]
    name = ", ".join(parts) or "the figure"
    return f"the gap for {name}" if gap else name


def format_step(step: tuple[Point, Point]) -> str:
    """Return the two figures of a step with their years: "18 in 2013, 13 in 2014"."""
    return ", ".join(f"{format_number(p.quantity.value)} in {p.year}" for p in step)
