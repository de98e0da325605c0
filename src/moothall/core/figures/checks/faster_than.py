"""A rate of improvement that is said to be faster than another must be faster in points or in proportion.

"Faster" may mean more points, or a larger share of the starting figure. It is a finding only if the table contradicts
both readings. Handbook DAT-41.

Contradiction:
    Foundation Stage

    The rate of improvement for FSM pupils is faster than for non-FSM pupils.

    EYFS | 2013 | 2014
    FSM | 28 | 33
    NON-FSM | 54 | 67

Agreement:
    Foundation Stage

    The rate of improvement for non-FSM pupils is faster than for FSM pupils.

    EYFS | 2013 | 2014
    FSM | 28 | 33
    NON-FSM | 54 | 67
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from moothall.core.figures.claims.dimensions import find_matches, map_complements, resolve_facets
from moothall.core.figures.claims.figure_values import format_number
from moothall.core.figures.claims.mentions import SentenceText, compile_pattern
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Point, Series
from moothall.core.figures.claims.statement_series import format_step
from moothall.core.figures.claims.statements import Context, find_groups, find_subjects
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "faster-than"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_CLAIM: Final = re.compile(
    r"\b(?:rate of improvement|rate of increase|rate of progress|improvement|improving)\b[^.;]{0,60}?"
    r"\b(faster|quicker|higher|greater|more rapid|more quickly|slower|lower)\b(?:\s\w+){0,4}?\s+than\b"
)
_SLOWER: Final = ("slower", "lower")


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every rate that is slower in points and in proportion, against the text."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text, context = sentence.text, sentence.context
        for match in _CLAIM.finditer(text.low):
            found = _find_series(claims, text, context, match)
            yield Observation("faster", checked=found is not None)
            if found and _is_contradicted(found, faster=match[1] not in _SLOWER):
                made = _make_finding(claims, text, match, found)
                if made.severity > Severity.ROUNDING:
                    yield made


def _find_series(
    claims: PaperClaims, text: SentenceText, context: Context, match: re.Match[str]
) -> tuple[Series, Series] | None:
    before = text.low[max(0, match.start() - 40) : match.end()]
    after = text.low[match.end() :][:60]
    if compile_pattern("cautions", "negations", "wishes").search(match.group()):
        return None
    ours, theirs = (
        find_groups(find_matches(match.group())) or find_groups(find_matches(before)),
        find_groups(find_matches(after)),
    )
    if not ours or len(theirs) != 1 or map_complements().get(ours[-1]) != theirs[0]:
        return None
    named = find_matches(text.low)
    facets = context.facets | resolve_facets(
        h.meaning for h in named if h.meaning[0] not in ("group", "place", "subject")
    )
    subjects = find_subjects(after, find_matches(after))
    if len(subjects) > 1:
        return None
    facets |= {"subject": subjects[0]} if subjects else {}
    mine = claims.choose_nearest(claims.series_index.find(facets | {"group": ours[-1]}), text)
    other = claims.choose_nearest(claims.series_index.find(facets | {"group": theirs[0]}), text)
    pairs = [(one, two) for one in mine for two in other if one.table.index == two.table.index]
    return pairs[0] if len(pairs) == 1 else None


def _is_contradicted(pair: tuple[Series, Series], *, faster: bool) -> bool:
    steps = pair[0].find_last_step(), pair[1].find_last_step()
    if steps[0] is None or steps[1] is None:
        return False
    one, other = steps[0], steps[1]
    if not faster:
        one, other = other, one
    return (
        _find_points_gained(one)[1] < _find_points_gained(other)[0]
        and _find_relative_gain(one)[1] < _find_relative_gain(other)[0]
    )


def _find_points_gained(step: tuple[Point, Point]) -> tuple[Fraction, Fraction]:
    gains = step[1].quantity.interval - step[0].quantity.interval
    return gains.low, gains.high


def _find_relative_gain(step: tuple[Point, Point]) -> tuple[Fraction, Fraction]:
    old, new = step[0].quantity, step[1].quantity
    if old.value <= 0:
        return Fraction(-1), Fraction(10**9)
    share = (new.value - old.value) / old.value
    return share, share


def _make_finding(
    claims: PaperClaims, text: SentenceText, match: re.Match[str], pair: tuple[Series, Series]
) -> Finding:
    parts, gains = [], []
    for series in pair:
        step = series.find_last_step()
        assert step is not None
        change = step[1].quantity.value - step[0].quantity.value
        share = format_number(change * 100 / step[0].quantity.value, 1) if step[0].quantity.value else "?"
        parts.append(f"{series.facets['group']} {format_step(step)}")
        gains.append(f"{series.facets['group']} {format_number(change)} points ({share}%)")
    return Finding(
        rule=RULE,
        severity=claims.grade_severity(list(pair), text, dict(pair[0].facets)),
        message=f'The text says "{match[1]}", but the table gives {"; ".join(parts)}. Changes: {" and ".join(gains)}.',
        quote=text.sentence.text[match.start() : match.end()],
        place=text.sentence.locate(match.start(), match.end()),
        evidence=tuple(point.cell.place for series in pair for point in series.points[-2:]),
        computed="; ".join(gains),
        readings=("in points", "in proportion"),
        weight=3,
    )
