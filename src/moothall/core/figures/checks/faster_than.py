"""A rate of improvement said to be faster than another's must be so in points or in proportion.

"Faster" may mean more points or a larger share of where it began: both readings must fail in the table before
anything is reported. Handbook DAT-41.

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

from moothall.core.figures.claims.dimensions import hits, settled, twins
from moothall.core.figures.claims.figure_values import number
from moothall.core.figures.claims.mentions import Line, pattern
from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Point, Series
from moothall.core.figures.claims.statement_series import told
from moothall.core.figures.claims.statements import Context, groups_in, subjects_in
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper

RULE = "faster-than"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_CLAIM: Final = re.compile(
    r"\b(?:rate of improvement|rate of increase|rate of progress|improvement|improving)\b[^.;]{0,60}?"
    r"\b(faster|quicker|higher|greater|more rapid|more quickly|slower|lower)\b(?:\s\w+){0,4}?\s+than\b"
)
_SLOWER: Final = ("slower", "lower")


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every rate said to be faster that is slower in points and in proportion."""
    known = reading(paper)
    for spoken in known.spoken:
        line, context = spoken.line, spoken.context
        for match in _CLAIM.finditer(line.low):
            found = _series(known, line, context, match)
            yield Seen("faster", checked=found is not None)
            if found and _fails(found, faster=match[1] not in _SLOWER):
                made = _finding(known, line, match, found)
                if made.severity > Severity.ROUNDING:
                    yield made


def _series(known: Reading, line: Line, context: Context, match: re.Match[str]) -> tuple[Series, Series] | None:
    before = line.low[max(0, match.start() - 40) : match.end()]
    after = line.low[match.end() :][:60]
    if pattern("cautions", "negations", "wishes").search(match.group()):
        return None
    ours, theirs = groups_in(hits(match.group())) or groups_in(hits(before)), groups_in(hits(after))
    if not ours or len(theirs) != 1 or twins().get(ours[-1]) != theirs[0]:
        return None
    named = hits(line.low)
    facets = context.facets | settled(h.meaning for h in named if h.meaning[0] not in ("group", "place", "subject"))
    subjects = subjects_in(after, hits(after))
    if len(subjects) > 1:
        return None
    facets |= {"subject": subjects[0]} if subjects else {}
    mine = known.nearest(known.library.find(facets | {"group": ours[-1]}), line)
    other = known.nearest(known.library.find(facets | {"group": theirs[0]}), line)
    pairs = [(one, two) for one in mine for two in other if one.table.index == two.table.index]
    return pairs[0] if len(pairs) == 1 else None


def _fails(pair: tuple[Series, Series], *, faster: bool) -> bool:
    steps = pair[0].step(), pair[1].step()
    if steps[0] is None or steps[1] is None:
        return False
    one, other = steps[0], steps[1]
    if not faster:
        one, other = other, one
    return _points(one)[1] < _points(other)[0] and _share(one)[1] < _share(other)[0]


def _points(step: tuple[Point, Point]) -> tuple[Fraction, Fraction]:
    grown = step[1].quantity.interval - step[0].quantity.interval
    return grown.low, grown.high


def _share(step: tuple[Point, Point]) -> tuple[Fraction, Fraction]:
    old, new = step[0].quantity, step[1].quantity
    if old.value <= 0:
        return Fraction(-1), Fraction(10**9)
    share = (new.value - old.value) / old.value
    return share, share


def _finding(known: Reading, line: Line, match: re.Match[str], pair: tuple[Series, Series]) -> Finding:
    parts, grown = [], []
    for series in pair:
        step = series.step()
        assert step is not None
        change = step[1].quantity.value - step[0].quantity.value
        share = number(change * 100 / step[0].quantity.value, 1) if step[0].quantity.value else "?"
        parts.append(f"{series.facets['group']} {told(step)}")
        grown.append(f"{series.facets['group']} {number(change)} points ({share}%)")
    return Finding(
        rule=RULE,
        severity=known.severity(list(pair), line, dict(pair[0].facets)),
        message=f'The text says "{match[1]}"; the table gives {"; ".join(parts)}: {" and ".join(grown)}.',
        quote=line.sentence.text[match.start() : match.end()],
        place=line.sentence.place(match.start(), match.end()),
        evidence=tuple(point.cell.place for series in pair for point in series.points[-2:]),
        computed="; ".join(grown),
        readings=("in points", "in proportion"),
        weight=3,
    )
