"""A sentence that says something rose, fell, narrowed or widened must agree with the table that shows it.

The table is found by what the sentence, its list and the headings above speak of: group, subject, level, stage, measure
and place, or the row's own label. Nothing is reported unless exactly those figures are in a table, the years are
neighbours and of one method, every reading of a gap (as printed, and as the difference of its two rows) goes the
other way, and rounding cannot hide it. "Improved" is read as a rise only where the figures are percentages or points
of attainment. Handbook DAT-01, DAT-06.

Contradiction:
    Foundation Stage

    The gap between FSM and non-FSM has narrowed.

    EYFS | 2013 | 2014
    FSM | 28 | 33
    NON-FSM | 54 | 67
    Gap | 26 | 34

Agreement:
    Foundation Stage

    The gap between FSM and non-FSM has widened.

    EYFS | 2013 | 2014
    FSM | 28 | 33
    NON-FSM | 54 | 67
    Gap | 26 | 34
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Series
from moothall.core.figures.claims.statement_series import PAST, RISES, called, contradicts, meant, places, told
from moothall.core.figures.claims.statements import Statement
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "direction-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every statement that its table contradicts."""
    known = reading(paper)
    for spoken in known.spoken:
        for said in spoken.statements:
            if said.way not in RISES or (said.way in ("narrower", "wider") and not said.gap):
                continue
            found = list(meant(known, said))
            yield Seen("direction", checked=bool(found))
            for facets, series in found:
                if _judged(said, series):
                    made = _finding(known, said, facets, series)
                    if made.severity > Severity.ROUNDING:
                        yield made
                    break


def _judged(said: Statement, series: list[Series]) -> bool:
    if said.way in ("better", "worse") and not said.gap and not all(_good_when_high(each) for each in series):
        return False
    if said.gap and said.way in ("better", "worse"):
        return False
    return all(contradicts(each, RISES[said.way]) for each in series)


def _good_when_high(series: Series) -> bool:
    """Whether more is better: attainment of a subject, level or stage, not absence, costs or waiting."""
    known = {"subject", "level", "stage"} & set(series.facets)
    return (
        bool(known)
        and series.facets.get("measure") not in ("absence", "variance", "forecast", "budget")
        and (series.last().quantity.unit in (Unit.PERCENT, Unit.NUMBER, Unit.POINTS))
    )


def _finding(known: Reading, said: Statement, facets: dict[str, str], series: list[Series]) -> Finding:
    step = next(s for each in series if (s := each.step()))
    went = "widened" if said.gap else PAST[True]
    if RISES[said.way]:
        went = "narrowed" if said.gap else PAST[False]
    name = called(facets, gap=said.gap)
    start = max(0, said.start - 60)
    start = start if start == 0 else said.line.low.find(" ", start) + 1
    return Finding(
        rule=RULE,
        severity=known.severity(series, said.line, facets),
        message=f'The text says "{said.word}" of {name}; in the table it {went} ({told(step)}).',
        quote=said.line.sentence.text[start : said.end],
        place=said.line.sentence.place(start, said.end),
        evidence=places(series),
        computed=told(step),
        readings=("as printed", "as the difference of the two rows") if said.gap else ("as printed",),
        weight=3,
    )
