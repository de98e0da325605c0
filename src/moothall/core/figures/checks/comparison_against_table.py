"""Who is said to be ahead must be ahead in the table.

"Girls outperformed boys in all core subjects", "reading and mathematics are above national": checked against the
latest figures of the two groups of a pair, or of the council and another place, in each subject named. Figures that
print alike are left alone. Handbook DAT-06, DAT-07.

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

from moothall.core.figures.claims.comparisons import Rivalry, rivalries
from moothall.core.figures.claims.figure_values import difference_holds, firm, is_share, number, relative_holds, said
from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Point, Series
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "rivals-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR

Duel = tuple[Point, Point, dict[str, str], list[Series]]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every comparison that the latest figures contradict."""
    known = reading(paper)
    for spoken in known.spoken:
        line, context = spoken.line, spoken.context
        for claim in rivalries(line, context):
            duels = list(_duels(known, claim))
            yield Seen("rivals", checked=bool(duels))
            lost = [duel for duel in duels if _lost(claim, duel)]
            if (
                not lost
                and claim.by
                and firm(claim.by.quantity)
                and not any(_by_so_much(claim, duel) for duel in duels)
            ):
                lost = duels
            if lost:
                made = _finding(known, claim, lost[0])
                if made.severity > Severity.ROUNDING:
                    yield made


def _duels(known: Reading, claim: Rivalry) -> Iterator[Duel]:
    for other in claim.others:
        for subject in claim.subjects or ("",):
            facets = dict(claim.facets)
            if subject:
                facets["subject"] = subject
            mine = known.nearest(known.library.find(facets | {claim.dimension: claim.one}), claim.line)
            theirs = known.nearest(known.library.find(facets | {claim.dimension: other}), claim.line)
            if len(mine) == len(theirs) == 1 and mine[0].table.index == theirs[0].table.index:
                for pair in _of_one_year(claim, mine[0], theirs[0]):
                    yield *pair, facets | {claim.dimension: other}, [mine[0], theirs[0]]


def _of_one_year(claim: Rivalry, mine: Series, theirs: Series) -> Iterator[tuple[Point, Point]]:
    """The two figures of the year that the sentence names, or of the last; none where it names several."""
    periods = [spot.quantity.when for spot in claim.line.spots if spot.quantity.unit is Unit.PERIOD]
    named = {when.last.year for when in periods if when}
    if len(named) > 1:
        return
    for one in mine.points if named else mine.points[-1:]:
        for other in theirs.points:
            if one.year == other.year and (not named or one.year in named or not one.year):
                yield one, other


def _by_so_much(claim: Rivalry, duel: Duel) -> bool:
    """Whether the amount that the sentence gives is the difference, in points or in proportion."""
    if claim.by is None or not firm(claim.by.quantity):
        return True
    by, one, other = claim.by.quantity, duel[0].quantity, duel[1].quantity
    relative = is_share(by) and (relative_holds(by, one, other) or relative_holds(by, other, one))
    return difference_holds(by, one, other) or relative


def _lost(claim: Rivalry, duel: Duel) -> bool:
    one, other = duel[0].quantity, duel[1].quantity
    if one.value == other.value:
        return False
    return one.interval.high <= other.interval.low if claim.above else one.interval.low >= other.interval.high


def _finding(known: Reading, claim: Rivalry, duel: Duel) -> Finding:
    mine, theirs, facets, series = duel
    year = f" in {mine.year}" if mine.year else ""
    matter = ", ".join(facets[d] for d in ("subject", "level", "measure", "row") if facets.get(d))
    ours = "the council" if claim.one == "own" else claim.one
    other = facets[claim.dimension]
    first, second = number(mine.quantity.value), number(theirs.quantity.value)
    by = f" by {said(claim.by.quantity)}" if claim.by and claim.start < claim.by.start else ""
    start = max(0, claim.start - 50)
    start = start if start == 0 else claim.line.low.find(" ", start) + 1
    return Finding(
        rule=RULE,
        severity=known.severity(series, claim.line, facets),
        message=(
            f'The text says "{claim.word}{by}" of {ours} and {other}{" in " + matter if matter else ""}; '
            f"the table gives {ours} {first} and {other} {second}{year}."
        ),
        quote=claim.line.sentence.text[start : claim.end],
        place=claim.line.sentence.place(start, claim.end),
        evidence=(mine.cell.place, theirs.cell.place),
        computed=f"{first} {'<' if claim.above else '>'} {second}",
        weight=3,
    )
