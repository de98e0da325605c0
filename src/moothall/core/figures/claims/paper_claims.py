"""The sentences of a paper with what they are of, read once and kept while the rules run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from moothall.core.figures.claims.amounts import Amount, find_amounts
from moothall.core.figures.claims.mentions import SentenceText
from moothall.core.figures.claims.series import Series, SeriesIndex, find_report
from moothall.core.figures.claims.statements import Context, SentenceReader, Statement, find_statements
from moothall.core.figures.findings import Severity
from moothall.core.figures.model import Paper


@dataclass(slots=True)
class SentenceClaims:
    """A sentence, its context, and the amounts and statements in it."""

    text: SentenceText
    context: Context
    amounts: tuple[Amount, ...]
    statements: tuple[Statement, ...]


class PaperClaims:
    """A paper's series and its sentences, each bound to what it speaks of."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.series_index = SeriesIndex(paper)

    @cached_property
    def parsed_sentences(self) -> list[SentenceClaims]:
        """Every sentence that can speak of a table."""
        return [
            SentenceClaims(text, context, tuple(find_amounts(text, context)), tuple(find_statements(text, context)))
            for text, context in SentenceReader(self.paper, self.series_index).read_sentences()
        ]

    @cached_property
    def confirmed_tables(self) -> set[tuple[int, int]]:
        """The sections that quote a table rightly: (section, table) of every figure that the table gives so."""
        found: set[tuple[int, int]] = set()
        for each in self.parsed_sentences:
            for amount in each.amounts:
                for series in self.series_index.find(amount.facets, gap=amount.gap) if amount.facets else ():
                    if _is_quoted(amount, series):
                        found.add((each.text.sentence.section.index, series.table.index))
        return found

    def choose_nearest(self, found: list[Series], text: SentenceText) -> list[Series]:
        """The series of the sentence's own report where there are any, else all."""
        report = find_report(text.sentence.section)
        return [series for series in found if series.report == report] or found

    def grade_severity(self, found: list[Series], text: SentenceText, facets: dict[str, str]) -> Severity:
        """Error within one report and for a matter that is clear, or where the section quotes the table elsewhere.

        Of another report's table the text may speak of other (provisional) figures; of a stage or a group alone, of
        another measure: that is only suspicious. A row's label alone says too little (``ROUNDING``: not shown).
        """
        section, report = text.sentence.section, find_report(text.sentence.section)
        if not all(series.report == report for series in found):
            return Severity.SUSPICIOUS
        clear = "level" in facets or ("subject" in facets and ("stage" in facets or "measure" in facets))
        quoted = any((section.index, series.table.index) in self.confirmed_tables for series in found)
        if not clear and not quoted and "row" in facets:
            return Severity.ROUNDING  # words that happen to be a row's label say too little
        return Severity.ERROR if clear or quoted else Severity.SUSPICIOUS


def _is_quoted(amount: Amount, series: Series) -> bool:
    """Whether a figure is exactly what a series gives: a value of it, or its last change."""
    value, step = amount.mention.quantity.value, series.find_last_step()
    if amount.change:
        return step is not None and abs(step[1].quantity.value - step[0].quantity.value) == value
    return amount.named and any(point.quantity.value == value for point in series.points)


_CACHE: list[PaperClaims] = []


def read_claims(paper: Paper) -> PaperClaims:
    """The reading of a paper; that of the last paper is kept, because every rule asks for it."""
    for cached in _CACHE:
        if cached.paper is paper:
            return cached
    made = PaperClaims(paper)
    _CACHE[:] = [made]
    return made
