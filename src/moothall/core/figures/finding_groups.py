"""Groups of findings that one wrong figure causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from heapq import heappop, heappush

from moothall.core.figures.findings import Finding, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Place

CellKey = tuple[str, int, int, tuple[str, ...]]
MOST_AT_ONE = 200  # the most findings that one cell may correct: the time grows with the square


def group_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that a change of one cell would correct.

    The most serious finding leads the group. Its hint names the cell.
    """
    all_of = list(findings)
    repairable = _RepairableCells(all_of)
    made: list[Finding] = []
    while best := repairable.take_largest_group():
        cell_key, allowed, together = best
        lead, *others = sorted(
            together, key=lambda f: (f.place.cell != cell_key[3], -f.severity, -f.weight, f.place.line)
        )
        place = next(r.place for f in together for r in f.repairs if _make_cell_key(r.place) == cell_key)
        made.append(_join_findings(lead, others, place, allowed))
    return made + [finding for nth, finding in enumerate(all_of) if nth not in repairable.taken]


def _make_cell_key(place: Place) -> CellKey:
    return place.source, place.line, place.start, place.cell


class _RepairableCells:
    """The cells that would correct findings, those that correct most first. Each finding is used once."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.taken: set[int] = set()
        self.at: defaultdict[CellKey, list[tuple[int, Repair]]] = defaultdict(list)
        for nth, finding in enumerate(findings):
            if finding.severity > Severity.ROUNDING:
                for repair in finding.repairs:
                    self.at[_make_cell_key(repair.place)].append((nth, repair))
        self.heap: list[tuple[int, int, int, CellKey]] = []
        self.choices: dict[CellKey, tuple[Interval, list[int]]] = {}
        for cell_key in self.at:
            self._queue_cell(cell_key)

    def take_largest_group(self) -> tuple[CellKey, Interval, list[Finding]] | None:
        """Return the findings of the cell that corrects most of those left, or None if none corrects two."""
        while self.heap:
            *_, cell_key = heappop(self.heap)
            allowed, together = self.choices.pop(cell_key)
            if self.taken.isdisjoint(together):
                self.taken.update(together)
                return cell_key, allowed, [self.findings[nth] for nth in together]
            self._queue_cell(cell_key)
        return None

    def _queue_cell(self, cell_key: CellKey) -> None:
        members = [(nth, repair) for nth, repair in self.at[cell_key] if nth not in self.taken][:MOST_AT_ONE]
        if len(members) > 1:
            allowed, together = _find_common_repair(members)
            if len(together) > 1:
                self.choices[cell_key] = allowed, together
                heappush(self.heap, (-len(together), cell_key[1], cell_key[2], cell_key))


def _find_common_repair(members: list[tuple[int, Repair]]) -> tuple[Interval, list[int]]:
    """Return the largest set of repairs of one cell that some value satisfies, with the allowed values.

    Such a value is the lower end of one of the repairs.
    """
    best: tuple[int, Interval, list[int]] | None = None
    for _, start in members:
        inside = [(f, r) for f, r in members if start.allowed.low in r.allowed]
        allowed = inside[0][1].allowed
        for _, repair in inside[1:]:
            allowed = allowed.intersect(repair.allowed) or allowed
        together = list(dict.fromkeys(f for f, _ in inside))
        if best is None or len(together) > best[0]:
            best = len(together), allowed, together
    assert best is not None
    return best[1], best[2]


def _join_findings(lead: Finding, others: list[Finding], place: Place, allowed: Interval) -> Finding:
    evidence = dict.fromkeys((*lead.evidence, *(p for f in others for p in (f.place, *f.evidence))))
    evidence.pop(lead.place, None)
    cell = " / ".join(place.cell) or f"line {place.line}"
    span = f"between {_format_number(allowed.low)} and {_format_number(allowed.high)}"
    hint = f"Changing one figure would correct all {len(others) + 1} findings: {cell} {span}."
    return replace(
        lead,
        severity=max(f.severity for f in (lead, *others)),
        weight=max(f.weight for f in (lead, *others)),
        evidence=tuple(evidence),
        also=tuple(others),
        hint=hint,
    )


def _format_number(value: object) -> str:
    number = float(value)  # type: ignore[arg-type]
    return f"{number:,.4f}".rstrip("0").rstrip(".")
