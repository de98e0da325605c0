"""A report as JSON values."""

from __future__ import annotations

from typing import Any

from moothall.core.figures.findings import Finding, Report
from moothall.core.figures.model import Place


def convert_report(report: Report) -> dict[str, Any]:
    """Return ``{"findings": [...], "coverage": {...}}``, the most serious findings first."""
    return {"findings": [convert_finding(each) for each in report.findings], "coverage": _convert_coverage(report)}


def convert_finding(finding: Finding) -> dict[str, Any]:
    """Return one finding. ``location`` and each of ``evidence`` have the same form. Lines count from 1."""
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "quote": finding.quote,
        "location": convert_place(finding.place),
        "cell": list(finding.place.cell) or None,
        "evidence": [convert_place(place) for place in finding.evidence],
        "computed": finding.computed,
        "readings": list(finding.readings),
        "hint": finding.hint,
        "also": [convert_finding(each) for each in finding.also],
    }


def convert_place(place: Place) -> dict[str, Any]:
    """Return a place: source, line, ``start`` and ``end`` character, cell path, and page and box of a PDF."""
    return {
        "source": place.source,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "page": place.page,
        "cell": list(place.cell) or None,
        "box": list(place.box) if place.box else None,
    }


def _convert_coverage(report: Report) -> dict[str, Any]:
    coverage = report.coverage
    return {
        "quantities_seen": dict(sorted(coverage.quantities.items())),
        "claims_recognised": dict(sorted(coverage.recognised.items())),
        "claims_checked": dict(sorted(coverage.checked.items())),
    }
