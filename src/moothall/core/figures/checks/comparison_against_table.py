"""A group or place that is said to be ahead must be ahead in the table.

Examples: "Girls outperformed boys in all core subjects", "reading and mathematics are above national". The rule
compares the latest figures of the two groups of a pair, or of the council and another place, in each subject named.
Figures that are printed the same are not a finding. Handbook DAT-06, DAT-07.

Contradiction:
    Key Stage 2

    At L4+ the girls outperformed the boys in reading and mathematics.

    L4+ | Reading | Mathematics
    GIRLS | 94 | 86
    BOYS | 91 | 90

Agreement:
    Key Stage 2

    At L4+ the girls outperformed the boys in reading.

    L4+ | Reading | Mathematics
    GIRLS | 94 | 86
    BOYS | 91 | 90
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.comparisons import Comparison, find_comparisons
from moothall.core.figures.claims.figure_values import (
    format_number,
    format_quantity,
    has_no_hedge,
    is_difference,
    is_relative_change,
    is_share,
)
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Point, Series
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "rivals-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR

ComparedPair = tuple[Point, Point, dict[str, str], list[Series]]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every comparison that the latest figures contradict."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text, context = sentence.text, sentence.context
        for claim in find_comparisons(text, context):
            pairs = list(_find_pairs(claims, claim))
            yield Observation("rivals", checked=bool(pairs))
            contradicted = [pair for pair in pairs if _is_contradicted(claim, pair)]
            if (
                not contradicted
                and claim.by
                and has_no_hedge(claim.by.quantity)
                and not any(_is_stated_amount(claim, pair) for pair in pairs)
            ):
                contradicted = pairs
            if contradicted:
                made = _make_finding(claims, claim, contradicted[0])
                if made.severity > Severity.ROUNDING:
                    yield made


def _find_pairs(claims: PaperClaims, claim: Comparison) -> Iterator[ComparedPair]:
    for other in claim.others:
        for subject in claim.subjects or ("",):
            facets = dict(claim.facets)
            if subject:
                facets["subject"] = subject
            mine = claims.choose_nearest(claims.series_index.find(facets | {claim.dimension: claim.one}), claim.text)
            theirs = claims.choose_nearest(claims.series_index.find(facets | {claim.dimension: other}), claim.text)
            if len(mine) == len(theirs) == 1 and mine[0].table.index == theirs[0].table.index:
                for pair in _find_points_of_one_year(claim, mine[0], theirs[0]):
                    yield *pair, facets | {claim.dimension: other}, [mine[0], theirs[0]]


def _find_points_of_one_year(claim: Comparison, mine: Series, theirs: Series) -> Iterator[tuple[Point, Point]]:
    """Yield the two figures of the year that the sentence names, or of the last year if it names none.

    Yield nothing if the sentence names several years.
    """
    periods = [mention.quantity.when for mention in claim.text.mentions if mention.quantity.unit is Unit.PERIOD]
    named = {when.last.year for when in periods if when}
    if len(named) > 1:
        return
    for one in mine.points if named else mine.points[-1:]:
        for other in theirs.points:
            if one.year == other.year and (not named or one.year in named or not one.year):
                yield one, other


def _is_stated_amount(claim: Comparison, pair: ComparedPair) -> bool:
    """Return whether the stated amount is the difference, in points or as a percentage."""
    if claim.by is None or not has_no_hedge(claim.by.quantity):
        return True
    by, one, other = claim.by.quantity, pair[0].quantity, pair[1].quantity
    relative = is_share(by) and (is_relative_change(by, one, other) or is_relative_change(by, other, one))
    return is_difference(by, one, other) or relative


def _is_contradicted(claim: Comparison, pair: ComparedPair) -> bool:
    one, other = pair[0].quantity, pair[1].quantity
    if one.value == other.value:
        return False
    return one.interval.high <= other.interval.low if claim.above else one.interval.low >= other.interval.high


def _make_finding(claims: PaperClaims, claim: Comparison, pair: ComparedPair) -> Finding:
    mine, theirs, facets, series = pair
    year = f" in {mine.year}" if mine.year else ""
    matter = ", ".join(facets[d] for d in ("subject", "level", "measure", "row") if facets.get(d))
    ours = "the council" if claim.one == "own" else claim.one
    other = facets[claim.dimension]
    first, second = format_number(mine.quantity.value), format_number(theirs.quantity.value)
    by = f" by {format_quantity(claim.by.quantity)}" if claim.by and claim.start < claim.by.start else ""
    start = max(0, claim.start - 50)
    start = start if start == 0 else claim.text.low.find(" ", start) + 1
    return Finding(
        rule=RULE,
        severity=claims.grade_severity(series, claim.text, facets),
        message=(
            f'The text says "{claim.word}{by}" when it compares {ours} with {other}'
            f"{f' in {matter}' if matter else ''}, "
            f"but the table gives {ours} {first} and {other} {second}{year}."
        ),
        quote=claim.text.sentence.text[start : claim.end],
        place=claim.text.sentence.locate(start, claim.end),
        evidence=(mine.cell.place, theirs.cell.place),
        computed=f"{first} {'<' if claim.above else '>'} {second}",
        weight=3,
    )
