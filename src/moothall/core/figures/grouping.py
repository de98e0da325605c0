"""One defect, one finding: what a single changed cell would mend together is told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from moothall.core.figures.findings import Finding, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Place

Spot = tuple[str, int, int, tuple[str, ...]]


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that one changed cell would all mend; the gravest leads, and the change is told as a hint."""
    left = list(findings)
    made: list[Finding] = []
    while True:
        best = _best(left)
        if best is None:
            return made + left
        spot, allowed, together = best
        lead, *others = sorted(together, key=lambda f: (f.place.cell != spot[3], -f.severity, -f.weight, f.place.line))
        place = next(r.place for f in together for r in f.repairs if _spot(r.place) == spot)
        made.append(_joined(lead, others, place, allowed))
        left = [finding for finding in left if finding not in together]


def _spot(place: Place) -> Spot:
    return place.source, place.line, place.start, place.cell


def _best(findings: list[Finding]) -> tuple[Spot, Interval, list[Finding]] | None:
    """The cell whose change mends most findings, two at least."""
    at: defaultdict[Spot, list[tuple[Finding, Repair]]] = defaultdict(list)
    for finding in findings:
        if finding.severity > Severity.ROUNDING:
            for repair in finding.repairs:
                at[_spot(repair.place)].append((finding, repair))
    choices = []
    for spot, members in at.items():
        if len(members) > 1:
            allowed, together = _common(members)
            if len(together) > 1:
                choices.append((len(together), -spot[1], -spot[2], spot, allowed, together))
    if not choices:
        return None
    *_, spot, allowed, together = max(choices, key=lambda choice: choice[:3])
    return spot, allowed, together


def _common(members: list[tuple[Finding, Repair]]) -> tuple[Interval, list[Finding]]:
    """The largest run of repairs of one cell that some value satisfies: the depth at one of their lower ends."""
    best: tuple[int, Interval, list[Finding]] | None = None
    for _, start in members:
        inside = [(f, r) for f, r in members if start.allowed.low in r.allowed]
        allowed = inside[0][1].allowed
        for _, repair in inside[1:]:
            allowed = allowed.within(repair.allowed) or allowed
        together = list(dict.fromkeys(f for f, _ in inside))
        if best is None or len(together) > best[0]:
            best = len(together), allowed, together
    assert best is not None
    return best[1], best[2]


def _joined(lead: Finding, others: list[Finding], place: Place, allowed: Interval) -> Finding:
    evidence = dict.fromkeys((*lead.evidence, *(p for f in others for p in (f.place, *f.evidence))))
    evidence.pop(lead.place, None)
    cell = " / ".join(place.cell) or f"line {place.line}"
    span = f"between {_say(allowed.low)} and {_say(allowed.high)}"
    hint = f"One changed figure would mend all {len(others) + 1}: {cell} {span}."
    return replace(
        lead,
        severity=max(f.severity for f in (lead, *others)),
        weight=max(f.weight for f in (lead, *others)),
        evidence=tuple(evidence),
        also=tuple(others),
        hint=hint,
    )


def _say(value: object) -> str:
    number = float(value)  # type: ignore[arg-type]
    return f"{number:,.4f}".rstrip("0").rstrip(".")
