"""The findings on the development pack against what a reader found in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from moothall.core.figures.engine import check_paper
from moothall.core.figures.findings import Severity
from moothall.core.figures.readers import read_paper
from tests.figures.labels import Label, Score, is_about, list_all, load_labels, score_findings
from tests.shared import needs_shared, shared

PACK = ("papers", "banes-2014-11-24")
OWN = Path(__file__).parent / "labels-banes.jsonl"
OUTSIDE_FIGURES = "other"
"""Names, numbers of telephones and wording: labelled, but no figures."""


def labels() -> list[Label]:
    return load_labels(shared(*PACK, "labels-sample.jsonl"), OWN)


@cache
def judged() -> Score:
    paper = read_paper(shared(*PACK, "pack.txt"))
    return score_findings(check_paper(paper).findings, labels(), paper.lines)


@needs_shared
def test_at_least_nineteen_of_twenty_error_findings_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    found = judged()
    with capsys.disabled():
        print(f"\nprecision {found.precision:.3f} of {len(found.right) + len(found.wrong)} error-grade findings")
    assert found.precision >= 0.95, [finding.message for finding in found.wrong]


@needs_shared
def test_at_least_four_of_five_labelled_errors_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = judged()
    with capsys.disabled():
        print(f"\nrecall {found.recall:.3f} of {len(found.found) + len(found.missed)} labelled errors")
    assert found.recall >= 0.80, [label.quote for label in found.missed]


@needs_shared
def test_at_least_nine_of_ten_labelled_errors_of_figures_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = judged()
    hit = [label for label in found.found if label.kind != OUTSIDE_FIGURES]
    missed = [label for label in found.missed if label.kind != OUTSIDE_FIGURES]
    with capsys.disabled():
        print(f"\nrecall {len(hit) / (len(hit) + len(missed)):.3f} of {len(hit) + len(missed)} errors of figures")
    assert len(hit) >= 9 * len(missed)


@needs_shared
def test_nothing_that_rounding_explains_is_an_error() -> None:
    assert [(label.line, label.quote, f.message) for label, f in judged().rounding_as_error] == []


@needs_shared
def test_no_consistent_statement_is_an_error() -> None:
    paper = read_paper(shared(*PACK, "pack.txt"))
    errors = [f for f in list_all(check_paper(paper).findings) if f.severity is Severity.ERROR]
    all_labels = labels()
    wrong = [label for label in all_labels if label.verdict == "error"]
    sound = [label for label in all_labels if label.verdict == "consistent"]
    unexplained = [f for f in errors if not any(is_about(f, label, paper.lines) for label in wrong)]
    assert [(f.message, s.quote) for f in unexplained for s in sound if is_about(f, s, paper.lines)] == []


@needs_shared
def test_every_label_quotes_its_line() -> None:
    lines = read_paper(shared(*PACK, "pack.txt")).lines
    assert [label.quote for label in load_labels(OWN) if label.quote not in lines[label.line - 1]] == []


@needs_shared
def test_no_label_contradicts_the_sample() -> None:
    sample = {(label.line, label.quote): label.verdict for label in load_labels(shared(*PACK, "labels-sample.jsonl"))}
    assert [
        label for label in load_labels(OWN) if sample.get((label.line, label.quote), label.verdict) != label.verdict
    ] == []
