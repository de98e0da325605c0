"""A run of years of improvement must be as long as the sentence says.

"The third successive year of improvement" needs 3 rises in a row in the series that the sentence, or the one before
it, is about. The rule does not check a series that is too short or that changes its method. Handbook DAT-06.

Contradiction:
    Post 16

    The points per learner improved by 13.3 points. This is the third successive year of improvement.

    Indicator | 2011 | 2012 | 2013 | 2014
    Points per learner | 746.8 | 694.6 | 765.3 | 778.6
    Points per entry | 219.3 | 211.0 | 214.7 | 214.7

Agreement:
    Post 16

    The points per learner improved by 13.3 points. This is the second successive year of improvement.

    Indicator | 2011 | 2012 | 2013 | 2014
    Points per learner | 746.8 | 694.6 | 765.3 | 778.6
    Points per entry | 219.3 | 211.0 | 214.7 | 214.7
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from moothall.core.figures.claims.dimensions import find_matches, resolve_facets
from moothall.core.figures.claims.figure_values import format_number
from moothall.core.figures.claims.mentions import SentenceText
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Series
from moothall.core.figures.claims.statement_series import describe_series
from moothall.core.figures.claims.statements import Context, find_groups, find_subjects
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "successive-years"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_NTH: Final = {
    word: n
    for n, words in enumerate(
        ("second 2nd two", "third 3rd three", "fourth 4th four", "fifth 5th five", "sixth 6th six"), start=2
    )
    for word in words.split()
}
_CLAIM: Final = re.compile(
    r"\b(second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|two|three|four|five|six) (?:successive|consecutive)"
    r" years?(?: (?:of |that |in which )?(?:\w+ ){0,4}?"
    r"(improvement|improved|increase|increased|growth|risen|rise|rises|decrease|reduction|fall|decline|fallen))?"
)
_FALLS: Final = frozenset(["decrease", "reduction", "fall", "decline", "fallen"])


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every run of years that the series contradicts."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text, context = sentence.text, sentence.context
        for match in _CLAIM.finditer(text.low):
            if match[2] is None:
                continue
            found = claims.choose_nearest(claims.series_index.find(_find_facets(text, context)), text)
            long = [series for series in found if len(series.points) > _NTH[match[1]]]
            yield Observation("trend", checked=bool(long))
            runs = [_count_run(series, falls=match[2] in _FALLS) for series in long]
            if long and all(run is not None and run < _NTH[match[1]] for run in runs):
                made = _make_finding(claims, text, match, long[0], runs[0] or 0)
                if made.severity > Severity.ROUNDING:
                    yield made


def _find_facets(text: SentenceText, context: Context) -> dict[str, str]:
    found = find_matches(text.low)
    facets = dict(context.facets) | resolve_facets(h.meaning for h in found if h.meaning[0] not in ("group", "subject"))
    groups, subjects = find_groups(found), find_subjects(text.low, found)
    facets |= {"group": groups[0]} if len(groups) == 1 else {}
    facets |= {"subject": subjects[0]} if len(subjects) == 1 else {}
    return facets | ({"row": context.row} if context.row else {})


def _count_run(series: Series, *, falls: bool) -> int | None:
    """Return how many of the last steps went the stated way.

    Return None if the method changed or a year is missing.
    """
    run = 0
    for before, after in pairwise(reversed(series.points)):
        old, new = after, before
        if old.caveat or new.caveat or new.year - old.year != 1:
            return None
        if (
            (new.quantity.interval.low >= old.quantity.interval.high)
            if falls
            else (new.quantity.interval.high <= old.quantity.interval.low)
        ):
            return run
        run += 1
    return run


def _make_finding(claims: PaperClaims, text: SentenceText, match: re.Match[str], series: Series, run: int) -> Finding:
    printed = ", ".join(f"{format_number(point.quantity.value)} ({point.year})" for point in series.points)
    return Finding(
        rule=RULE,
        severity=max(Severity.SUSPICIOUS, claims.grade_severity([series], text, dict(series.facets))),
        message=(
            f'The text says "{match.group()}" about {describe_series(dict(series.facets))}, '
            f"but the table gives {printed}, which is {run} in a row."
        ),
        quote=text.sentence.text[match.start() : match.end()],
        place=text.sentence.locate(match.start(), match.end()),
        evidence=tuple(point.cell.place for point in series.points),
        computed=printed,
        weight=3,
    )
