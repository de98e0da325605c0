"""The checker: runs the rules over a paper and groups, sorts and numbers their findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from moothall.core.figures.checks import Rule, load_rules
from moothall.core.figures.finding_groups import group_findings
from moothall.core.figures.findings import Coverage, Finding, Observation, Report
from moothall.core.figures.model import Paper


def check_paper(paper: Paper, only: Sequence[Rule] | None = None) -> Report:
    """Check a paper with every rule, or with those in ``only``.

    The findings are sorted by severity, weight and place. An id stays the same while the passage, its section and the
    rule stay the same, even if they move.
    """
    coverage = _count_quantities(paper)
    found: list[Finding] = []
    for rule in load_rules() if only is None else only:
        for item in rule.check(paper):
            if isinstance(item, Observation):
                coverage.add_observation(item)
            else:
                found.append(item)
    ordered = sorted(group_findings(assign_ids(paper, found)), key=_sort_key)
    return Report(tuple(ordered), coverage)


def _sort_key(finding: Finding) -> tuple[int, int, int, int, str]:
    return -finding.severity, -finding.weight, finding.place.line, finding.place.start, finding.rule


def _count_quantities(paper: Paper) -> Coverage:
    coverage = Coverage()
    for sentence in paper.sentences:
        coverage.quantities.update(quantity.unit.value for quantity in sentence.quantities)
    for table in paper.tables:
        coverage.quantities.update(cell.quantity.unit.value for cell in table.find_value_cells() if cell.quantity)
    return coverage


def assign_ids(paper: Paper, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in reading order with their ids.

    An id is 12 hexadecimal digits, made from the content of the finding and not its line.
    """
    nth: Counter[str] = Counter()
    starts = [heading.place.line for heading in paper.headings]
    made = []
    for finding in sorted(findings, key=lambda f: (f.place.line, f.place.start, f.rule, f.message)):
        key = "\x1f".join(
            (finding.rule, finding.quote, *finding.place.cell, _find_nearest_heading(paper, starts, finding))
        )
        nth[key] += 1
        digest = sha256(f"{key}\x1f{nth[key]}".encode()).hexdigest()[:12]
        made.append(replace(finding, id=digest))
    return made


def _find_nearest_heading(paper: Paper, starts: list[int], finding: Finding) -> str:
    nth = bisect_right(starts, finding.place.line)
    return paper.headings[nth - 1].text if nth else ""
