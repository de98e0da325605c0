"""A figure in a sentence must be the figure that the table gives for the same thing.

The table is found by group, subject, level, stage, measure and place, or by the row's own label. The text may quote
the last year, the one before, or a gap worked out from the rows; it may round what the table gives in full. Only when
the figure fits none of the cells that it could mean is it a finding. Handbook DAT-42.

Contradiction:
    Key Stage 2

    At level 5+ pupils achieved 58% in reading and 36% in writing.

    L5+ | Reading 2013 | Reading 2014 | Writing 2013 | Writing 2014
    ALL | 52 | 53 | 35 | 36
    National | 44 | 50 | 30 | 33

Agreement:
    Key Stage 2

    At level 5+ pupils achieved 53% in reading and 36% in writing.

    L5+ | Reading 2013 | Reading 2014 | Writing 2013 | Writing 2014
    ALL | 52 | 53 | 35 | 36
    National | 44 | 50 | 30 | 33
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.amounts import Amount
from moothall.core.figures.claims.dimensions import hits
from moothall.core.figures.claims.figure_values import firm, number, said
from moothall.core.figures.claims.mentions import Line
from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Library, Series, spread
from moothall.core.figures.claims.statement_series import called, places
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Quantity, Role, Unit

RULE = "value-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


LARGEST_SHARE = 100


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every figure that none of the cells it could mean gives."""
    known = reading(paper)
    for spoken in known.spoken:
        line = spoken.line
        for amount in spoken.amounts:
            if amount.change or not amount.named or not amount.matters or not _stands_alone(amount.spot.quantity):
                continue
            found = known.nearest(known.library.find(amount.facets, gap=amount.gap), line)
            if amount.matters < 2 and known.severity(found, line, amount.facets) < SEVERITY:
                continue  # of another report, and not said clearly enough
            yield Seen("value", checked=bool(found))
            found = [series for series in found if _of_one_kind(amount.spot.quantity, series)]
            if found and not _somewhere(known.library, line, amount, found):
                made = _finding(known, line, amount, found)
                if made.severity > Severity.ROUNDING:
                    yield made


def _stands_alone(quantity: Quantity) -> bool:
    usual = quantity.role in (Role.VALUE, Role.TO, Role.FROM, Role.GAP)
    return usual and firm(quantity) and quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.POINTS)


def _of_one_kind(quantity: Quantity, series: Series) -> bool:
    """Whether a table may print such a figure: a percentage where shares stand, points where scores stand."""
    cells = [point.quantity for point in series.points]
    if quantity.unit is Unit.POINTS:
        return all(cell.unit in (Unit.POINTS, Unit.NUMBER) for cell in cells)
    shares = (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.NUMBER)
    return all(cell.unit in shares and 0 <= cell.value <= LARGEST_SHARE for cell in cells)


def _somewhere(shelf: Library, line: Line, amount: Amount, found: list[Series]) -> bool:
    """Whether the figure fits a cell that it may mean: of any year, of any group or place that the sentence names."""
    printed = amount.spot.quantity.interval
    near = [*found, *_neighbours(shelf, line, amount, found)]
    return any(each.meets(printed) and _same(each, printed) for series in near for each in _values(series))


def _values(series: Series) -> list[Interval]:
    return [each for point in series.points for each in spread(series, point.year)]


def _same(cell: Interval, printed: Interval) -> bool:
    """Two roundings of one figure overlap by more than an end, or are the same exact figure."""
    shared = cell.within(printed)
    return shared is not None and (shared.width > 0 or cell.width == 0 or printed.width == 0)


def _neighbours(shelf: Library, line: Line, amount: Amount, found: list[Series]) -> list[Series]:
    """The series of the same tables and matter whose group or place, or gap, the sentence names too."""
    tables = {series.table.index for series in found}
    bound = {amount.facets.get("group", ""), amount.facets.get("place", "")} - {""}
    named = {hit.meaning[1] for hit in hits(line.low) if hit.meaning[0] in ("group", "place")} | {"own", "all"}
    if len(bound) == 2 or "place" in amount.facets:
        named = bound | {"own", "all"}  # the sentence says whose figure it is
    gaps = "gap" in line.low
    return [
        series
        for series in shelf.all
        if series.table.index in tables
        and all(
            series.facets.get(dimension) == amount.facets.get(dimension) for dimension in ("subject", "row", "level")
        )
        and series.facets.get("group", "all") in named
        and series.facets.get("place", "own") in named
        and (gaps or not series.gap)
    ]


def _finding(known: Reading, line: Line, amount: Amount, found: list[Series]) -> Finding:
    printed = said(amount.spot.quantity)
    last = found[0].last()
    year = f" for {last.year}" if last.year else ""
    return Finding(
        rule=RULE,
        severity=known.severity(found, line, amount.facets),
        message=(
            f"The text gives {printed} for {called(amount.facets, gap=amount.gap)}; "
            f"the table gives {number(last.quantity.value)}{year}."
        ),
        quote=printed,
        place=line.place(amount.spot),
        evidence=places(found),
        computed=f"table {number(last.quantity.value)}{year}, text {printed}",
    )
