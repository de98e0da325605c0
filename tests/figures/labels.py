"""Sets the findings of a paper against its labels: which were found, which findings are right."""

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


def load(*paths: Path) -> list[Label]:
    """The labels of several files."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Label(r["line"], r["quote"], r["kind"], r["verdict"], r["computed"], tuple(r["evidence_lines"])) for r in rows
    ]


def everything(findings: Iterable[Finding]) -> list[Finding]:
    """The findings and those grouped under them."""
    return [each for finding in findings for each in (finding, *everything(finding.also))]


def speaks_of(finding: Finding, label: Label, lines: Sequence[str]) -> bool:
    """Whether a finding and a label are of one statement: one stretch of one line, or each the other's evidence."""
    there = [place.line for place in finding.evidence]
    if finding.place.line == label.line:
        return _overlap(finding.place, label, lines) or any(line in label.evidence for line in there)
    return label.line in there and finding.place.line in label.evidence


def _overlap(place: Place, label: Label, lines: Sequence[str]) -> bool:
    start = lines[label.line - 1].find(label.quote)
    reach = 40  # a label may quote the words before or after the figure that the finding quotes
    return start - reach <= place.end and place.start <= start + len(label.quote) + reach


@dataclass(frozen=True)
class Score:
    """How a paper's findings stand to its labels."""

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


def score(findings: Iterable[Finding], labels: Sequence[Label], lines: Sequence[str]) -> Score:
    """Recall over all shown findings (suspicious and worse), precision over those of error grade."""
    shown = [finding for finding in everything(findings) if finding.severity > Severity.ROUNDING]
    errors = [label for label in labels if label.verdict == "error"]
    found = [label for label in errors if any(speaks_of(f, label, lines) for f in shown)]
    graded = [finding for finding in shown if finding.severity is Severity.ERROR]
    right = [f for f in graded if any(speaks_of(f, label, lines) for label in errors)]
    rounded = [
        (label, finding)
        for label in labels
        if label.verdict == "rounding"
        for finding in graded
        if finding not in right and speaks_of(finding, label, lines)
    ]
    return Score(
        found=tuple(found),
        missed=tuple(label for label in errors if label not in found),
        right=tuple(right),
        wrong=tuple(f for f in graded if f not in right),
        rounding_as_error=tuple(rounded),
    )
