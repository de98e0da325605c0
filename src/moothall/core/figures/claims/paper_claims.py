"""The claims of a paper's sentences, read once and cached while the rules run."""

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
    """A sentence, its context, and its amounts and statements."""

    text: SentenceText
    context: Context
    amounts: tuple[Amount, ...]
    statements: tuple[Statement, ...]


class PaperClaims:
    """The series of a paper's tables, and its sentences with what they are about."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.series_index = SeriesIndex(paper)

    @cached_property
    def parsed_sentences(self) -> list[SentenceClaims]:
        """Return every sentence that can be about a table."""
        return [
            SentenceClaims(text, context, tuple(find_amounts(text, context)), tuple(find_statements(text, context)))
            for text, context in SentenceReader(self.paper, self.series_index).read_sentences()
        ]

    @cached_property
    def confirmed_tables(self) -> set[tuple[int, int]]:
        """Return (section, table) for every section that quotes a figure of a table correctly."""
        found: set[tuple[int, int]] = set()
        for each in self.parsed_sentences:
            for amount in each.amounts:
                for series in self.series_index.find(amount.facets, gap=amount.gap) if amount.facets else ():
                    if _is_quoted(amount, series):
                        found.add((each.text.sentence.section.index, series.table.index))
        return found

    def choose_nearest(self, found: list[Series], text: SentenceText) -> list[Series]:
        """Return the series in the same report as the sentence, or all if there are none."""
        report = find_report(text.sentence.section)
        return [series for series in found if series.report == report] or found

    def grade_severity(self, found: list[Series], text: SentenceText, facets: dict[str, str]) -> Severity:
        """Return ``ERROR`` if the sentence and the table are clearly about the same thing.

        They are if both are in one report and the subject is clear, or the section quotes the table elsewhere. A
        table of another report may have other (provisional) figures, so that is ``SUSPICIOUS``, as is a group or
        stage alone. A row label alone is not enough (``ROUNDING``, which is not shown).
        """
        section, report = text.sentence.section, find_report(text.sentence.section)
        if not all(series.report == report for series in found):
            return Severity.SUSPICIOUS
        clear = "level" in facets or ("subject" in facets and ("stage" in facets or "measure" in facets))
        quoted = any((section.index, series.table.index) in self.confirmed_tables for series in found)
        if not clear and not quoted and "row" in facets:
            return Severity.ROUNDING  # words that happen to be a row label are not enough
        return Severity.ERROR if clear or quoted else Severity.SUSPICIOUS


def _is_quoted(amount: Amount, series: Series) -> bool:
    """Return whether a figure is exactly a value of a series, or its last change."""
    value, step = amount.mention.quantity.value, series.find_last_step()
    if amount.change:
        return step is not None and abs(step[1].quantity.value - step[0].quantity.value) == value
    return amount.named and any(point.quantity.value == value for point in series.points)


_CACHE: list[PaperClaims] = []


def read_claims(paper: Paper) -> PaperClaims:
    """Return the claims of a paper. Cache those of the last paper, because every rule needs them."""
    for cached in _CACHE:
        if cached.paper is paper:
            return cached
    made = PaperClaims(paper)
    _CACHE[:] = [made]
    return made
