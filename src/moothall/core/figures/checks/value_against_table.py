"""A figure in a sentence must be the figure that the table gives for the same thing.

The rule finds the table by group, subject, level, stage, measure and place, or by the row label. The text may give the
last year, the year before, or a gap computed from the rows. It may round the figure of the table. It is a finding only
if the figure fits none of the cells that it could mean. Handbook DAT-42.

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
from moothall.core.figures.claims.dimensions import find_matches
from moothall.core.figures.claims.figure_values import format_number, format_quantity, has_no_hedge
from moothall.core.figures.claims.mentions import SentenceText
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Series, SeriesIndex, list_intervals
from moothall.core.figures.claims.statement_series import collect_places, describe_series
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Quantity, Role, Unit

RULE = "value-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


LARGEST_SHARE = 100


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every figure that fits none of the cells it could mean."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text = sentence.text
        for amount in sentence.amounts:
            if amount.change or not amount.named or not amount.matters or not _is_plain_value(amount.mention.quantity):
                continue
            found = claims.choose_nearest(claims.series_index.find(amount.facets, gap=amount.gap), text)
            if amount.matters < 2 and claims.grade_severity(found, text, amount.facets) < SEVERITY:
                continue  # from another report, and not clear enough
            yield Observation("value", checked=bool(found))
            found = [series for series in found if _is_comparable_with_table(amount.mention.quantity, series)]
            if found and not _is_in_tables(claims.series_index, text, amount, found):
                made = _make_finding(claims, text, amount, found)
                if made.severity > Severity.ROUNDING:
                    yield made


def _is_plain_value(quantity: Quantity) -> bool:
    usual = quantity.role in (Role.VALUE, Role.TO, Role.FROM, Role.GAP)
    return usual and has_no_hedge(quantity) and quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.POINTS)


def _is_comparable_with_table(quantity: Quantity, series: Series) -> bool:
    """Return whether a table may print such a figure: a percentage among shares, points among scores."""
    cells = [point.quantity for point in series.points]
    if quantity.unit is Unit.POINTS:
        return all(cell.unit in (Unit.POINTS, Unit.NUMBER) for cell in cells)
    shares = (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.NUMBER)
    return all(cell.unit in shares and 0 <= cell.value <= LARGEST_SHARE for cell in cells)


def _is_in_tables(series_index: SeriesIndex, text: SentenceText, amount: Amount, found: list[Series]) -> bool:
    """Return whether the figure fits a cell that it may mean, of any year, group or place in the sentence."""
    printed = amount.mention.quantity.interval
    near = [*found, *_find_neighbours(series_index, text, amount, found)]
    return any(each.overlaps(printed) and _is_same(each, printed) for series in near for each in _list_values(series))


def _list_values(series: Series) -> list[Interval]:
    return [each for point in series.points for each in list_intervals(series, point.year)]


def _is_same(cell: Interval, printed: Interval) -> bool:
    """Return whether two roundings overlap by more than an end, or are the same exact figure."""
    shared = cell.intersect(printed)
    return shared is not None and (shared.width > 0 or cell.width == 0 or printed.width == 0)


def _find_neighbours(
    series_index: SeriesIndex, text: SentenceText, amount: Amount, found: list[Series]
) -> list[Series]:
    """Return the series of the same tables and subject whose group, place or gap the sentence also names."""
    tables = {series.table.index for series in found}
    bound = {amount.facets.get("group", ""), amount.facets.get("place", "")} - {""}
    named = {hit.meaning[1] for hit in find_matches(text.low) if hit.meaning[0] in ("group", "place")} | {"own", "all"}
    if len(bound) == 2 or "place" in amount.facets:
        named = bound | {"own", "all"}  # the sentence says whose figure it is
    gaps = "gap" in text.low
    return [
        series
        for series in series_index.all
        if series.table.index in tables
        and all(
            series.facets.get(dimension) == amount.facets.get(dimension) for dimension in ("subject", "row", "level")
        )
        and series.facets.get("group", "all") in named
        and series.facets.get("place", "own") in named
        and (gaps or not series.gap)
    ]


def _make_finding(claims: PaperClaims, text: SentenceText, amount: Amount, found: list[Series]) -> Finding:
    printed = format_quantity(amount.mention.quantity)
    last = found[0].get_last()
    year = f" for {last.year}" if last.year else ""
    return Finding(
        rule=RULE,
        severity=claims.grade_severity(found, text, amount.facets),
        message=(
            f"The text gives {printed} for {describe_series(amount.facets, gap=amount.gap)}, "
            f"but the table gives {format_number(last.quantity.value)}{year}."
        ),
        quote=printed,
        place=text.locate(amount.mention),
        evidence=collect_places(found),
        computed=f"table {format_number(last.quantity.value)}{year}, text {printed}",
    )
