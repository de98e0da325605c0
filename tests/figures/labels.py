"""Comparison of the findings of a paper with its labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Place


@dataclass(frozen=True)
class Label:
    """A statement of a paper that someone judged: ``error``, ``rounding`` or ``consistent``."""

    line: int
    quote: str
    kind: str
    verdict: str
    computed: str
    evidence: tuple[int, ...]


def load_labels(*paths: Path) -> list[Label]:
    """Return the labels of several files."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Label(r["line"], r["quote"], r["kind"], r["verdict"], r["computed"], tuple(r["evidence_lines"])) for r in rows
    ]


def list_all(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings and those grouped under them."""
    return [each for finding in findings for each in (finding, *list_all(finding.also))]


def is_about(finding: Finding, label: Label, lines: Sequence[str]) -> bool:
    """Return whether a finding and a label are about one statement: the same text, or each in the other's evidence."""
    there = [place.line for place in finding.evidence]
    if finding.place.line == label.line:
        return _is_overlap(finding.place, label, lines) or any(line in label.evidence for line in there)
    return label.line in there and finding.place.line in label.evidence


def _is_overlap(place: Place, label: Label, lines: Sequence[str]) -> bool:
    start = lines[label.line - 1].find(label.quote)
    reach = 40  # a label may quote the words before or after the figure that the finding quotes
    return start - reach <= place.end and place.start <= start + len(label.quote) + reach


@dataclass(frozen=True)
class Score:
    """The findings of a paper compared with its labels."""

    found: tuple[Label, ...]
    missed: tuple[Label, ...]
    right: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    rounding_as_error: tuple[tuple[Label, Finding], ...]

    @property
    def recall(self) -> float:
        """Labelled errors that some finding shows."""
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Error-grade findings that are of a labelled error."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))


def score_findings(findings: Iterable[Finding], labels: Sequence[Label], lines: Sequence[str]) -> Score:
    """Compare findings with labels: recall over all shown findings, precision over those of grade error."""
    shown = [finding for finding in list_all(findings) if finding.severity > Severity.ROUNDING]
    errors = [label for label in labels if label.verdict == "error"]
    found = [label for label in errors if any(is_about(f, label, lines) for f in shown)]
    graded = [finding for finding in shown if finding.severity is Severity.ERROR]
    right = [f for f in graded if any(is_about(f, label, lines) for label in errors)]
    rounded = [
        (label, finding)
        for label in labels
        if label.verdict == "rounding"
        for finding in graded
        if finding not in right and is_about(finding, label, lines)
    ]
    return Score(
        found=tuple(found),
        missed=tuple(label for label in errors if label not in found),
        right=tuple(right),
        wrong=tuple(f for f in graded if f not in right),
        rounding_as_error=tuple(rounded),
    )
