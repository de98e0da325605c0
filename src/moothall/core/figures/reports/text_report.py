"""A report as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moothall.core.figures.findings import Finding, Report, Severity
from moothall.core.figures.model import Place


def format_report(report: Report) -> Iterator[tuple[str, str]]:
    """Yield each line of the report with its kind: ``severity``, ``message``, ``detail`` or ``total``."""
    for finding in report.findings:
        yield (
            "severity",
            f"{finding.severity.word.upper()}  {describe_place(finding.place)}  [{finding.rule} {finding.id}]",
        )
        yield "message", finding.message
        yield from (("detail", detail) for detail in _format_details(finding))
    yield "total", summarise_report(report)


def _format_details(finding: Finding) -> Iterator[str]:
    if finding.quote:
        yield f"Printed: {finding.quote}"
    if finding.computed:
        yield f"Computed: {finding.computed}"
    if finding.evidence:
        yield f"Compare: {'; '.join(dict.fromkeys(describe_place(place) for place in finding.evidence))}"
    if finding.hint:
        yield f"Hint: {finding.hint}"


def describe_place(place: Place) -> str:
    """Return a place in words: "page 30, line 12 (FSM / 2014 / Reading)"."""
    page = f"page {place.page}, " if place.page is not None else ""
    cell = f" ({' / '.join(place.cell)})" if place.cell else ""
    return f"{page}line {place.line}{cell}"


def summarise_report(report: Report) -> str:
    """Return how many findings there are and how much was checked."""
    counts = Counter(finding.severity for finding in report.findings)
    found = [
        f"{counts[each]} {_name_severity(each, counts[each])}"
        for each in sorted(Severity, reverse=True)
        if counts[each]
    ]
    coverage = report.coverage
    seen, known, checked = (sum(each.values()) for each in (coverage.quantities, coverage.recognised, coverage.checked))
    return (
        f"{', '.join(found) or 'Nothing found'}. {seen} figures read. {checked} of {known} relations could be checked."
    )


def _name_severity(severity: Severity, count: int) -> str:
    if severity is Severity.ERROR:
        return "error" if count == 1 else "errors"
    return severity.word
