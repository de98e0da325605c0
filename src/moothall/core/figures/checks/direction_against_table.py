"""A sentence that says that a figure rose, fell, narrowed or widened must agree with its table.

The rule finds the table by group, subject, level, stage, measure and place, or by the row label. These come from the
sentence, its list and the headings above. There is a finding only if exactly those figures are in a table, for
adjacent years and one method. Every reading of a gap must go the other way: as printed, and as the difference of its
two rows. Rounding must not explain it. "Improved" is a rise only for percentages or points of attainment. Handbook
DAT-01, DAT-06.

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

from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Series
from moothall.core.figures.claims.statement_series import (
    PAST_TENSE,
    RISES,
    collect_places,
    describe_series,
    find_meant_series,
    format_step,
    is_contradicted,
)
from moothall.core.figures.claims.statements import Statement
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "direction-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every statement that its table contradicts."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        for statement in sentence.statements:
            if statement.way not in RISES or (statement.way in ("narrower", "wider") and not statement.gap):
                continue
            found = list(find_meant_series(claims, statement))
            yield Observation("direction", checked=bool(found))
            for facets, series in found:
                if _is_contradicted(statement, series):
                    made = _make_finding(claims, statement, facets, series)
                    if made.severity > Severity.ROUNDING:
                        yield made
                    break


def _is_contradicted(statement: Statement, series: list[Series]) -> bool:
    if (
        statement.way in ("better", "worse")
        and not statement.gap
        and not all(_is_better_when_higher(each) for each in series)
    ):
        return False
    if statement.gap and statement.way in ("better", "worse"):
        return False
    return all(is_contradicted(each, RISES[statement.way]) for each in series)


def _is_better_when_higher(series: Series) -> bool:
    """Return whether a higher figure is better: attainment is, but not absence, costs or waiting."""
    claims = {"subject", "level", "stage"} & set(series.facets)
    return (
        bool(claims)
        and series.facets.get("measure") not in ("absence", "variance", "forecast", "budget")
        and (series.get_last().quantity.unit in (Unit.PERCENT, Unit.NUMBER, Unit.POINTS))
    )


def _make_finding(claims: PaperClaims, statement: Statement, facets: dict[str, str], series: list[Series]) -> Finding:
    step = next(s for each in series if (s := each.find_last_step()))
    went = "widened" if statement.gap else PAST_TENSE[True]
    if RISES[statement.way]:
        went = "narrowed" if statement.gap else PAST_TENSE[False]
    name = describe_series(facets, gap=statement.gap)
    start = max(0, statement.start - 60)
    start = start if start == 0 else statement.text.low.find(" ", start) + 1
    return Finding(
        rule=RULE,
        severity=claims.grade_severity(series, statement.text, facets),
        message=f'The text says "{statement.word}" about {name}, but in the table it {went} ({format_step(step)}).',
        quote=statement.text.sentence.text[start : statement.end],
        place=statement.text.sentence.locate(start, statement.end),
        evidence=collect_places(series),
        computed=format_step(step),
        readings=("as printed", "as the difference of the two rows") if statement.gap else ("as printed",),
        weight=3,
    )
