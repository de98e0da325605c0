"""The sentences of a paper with what they are of, read once and kept while the rules run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from moothall.core.figures.claims.amounts import Amount, amounts
from moothall.core.figures.claims.mentions import Line
from moothall.core.figures.claims.series import Library, Series, report_of
from moothall.core.figures.claims.statements import Context, Reader, Statement, statements
from moothall.core.figures.findings import Severity
from moothall.core.figures.model import Paper


@dataclass(slots=True)
class Spoken:
    """A sentence, its context, and the amounts and statements in it."""

    line: Line
    context: Context
    amounts: tuple[Amount, ...]
    statements: tuple[Statement, ...]


class Reading:
    """A paper's series and its sentences, each bound to what it speaks of."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.library = Library(paper)

    @cached_property
    def spoken(self) -> list[Spoken]:
        """Every sentence that can speak of a table."""
        return [
            Spoken(line, context, tuple(amounts(line, context)), tuple(statements(line, context)))
            for line, context in Reader(self.paper, self.library).sentences()
        ]

    @cached_property
    def confirmed(self) -> set[tuple[int, int]]:
        """The sections that quote a table rightly: (section, table) of every figure that the table gives so."""
        found: set[tuple[int, int]] = set()
        for each in self.spoken:
            for amount in each.amounts:
                for series in self.library.find(amount.facets, gap=amount.gap) if amount.facets else ():
                    if _quotes(amount, series):
                        found.add((each.line.sentence.section.index, series.table.index))
        return found

    def nearest(self, found: list[Series], line: Line) -> list[Series]:
        """The series of the sentence's own report where there are any, else all."""
        report = report_of(line.sentence.section)
        return [series for series in found if series.report == report] or found

    def severity(self, found: list[Series], line: Line, facets: dict[str, str]) -> Severity:
        """Error within one report and for a matter that is clear, or where the section quotes the table elsewhere.

        Of another report's table the text may speak of other (provisional) figures; of a stage or a group alone, of
        another measure: that is only suspicious. A row's label alone says too little (``ROUNDING``: not shown).
        """
        section, report = line.sentence.section, report_of(line.sentence.section)
        if not all(series.report == report for series in found):
            return Severity.SUSPICIOUS
        clear = "level" in facets or ("subject" in facets and ("stage" in facets or "measure" in facets))
        quoted = any((section.index, series.table.index) in self.confirmed for series in found)
        if not clear and not quoted and "row" in facets:
            return Severity.ROUNDING  # words that happen to be a row's label say too little
        return Severity.ERROR if clear or quoted else Severity.SUSPICIOUS


def _quotes(amount: Amount, series: Series) -> bool:
    """Whether a figure is exactly what a series gives: a value of it, or its last change."""
    value, step = amount.spot.quantity.value, series.step()
    if amount.change:
        return step is not None and abs(step[1].quantity.value - step[0].quantity.value) == value
    return amount.named and any(point.quantity.value == value for point in series.points)


_KEPT: list[Reading] = []


def reading(paper: Paper) -> Reading:
    """The reading of a paper; that of the last paper is kept, because every rule asks for it."""
    for kept in _KEPT:
        if kept.paper is paper:
            return kept
    made = Reading(paper)
    _KEPT[:] = [made]
    return made
