"""Findings of the checker, and counts of what it checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Place


class Severity(IntEnum):
    """How certain a contradiction is, lowest first, so that ``>=`` means "this and more serious"."""

    ROUNDING = 0
    """Rounding explains it. Reports show it only on request."""
    SUSPICIOUS = 1
    """It depends on an assumption, for example that two figures are about the same cohort."""
    IMPROBABLE = 2
    """It is possible only at the very edge of rounding."""
    ERROR = 3
    """It is impossible under every reading and any rounding."""

    @property
    def word(self) -> str:
        """Return the name in reports and JSON: ``error``, ``improbable``, ``suspicious``, ``rounding``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Observation:
    """A claim that a rule met, and whether the rule could check it."""

    kind: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell that would correct the finding if its value were in ``allowed``. This is only a hint."""

    place: Place
    allowed: Interval


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement or figure that cannot be true, or is unlikely to be.

    ``message`` is one or two plain sentences. ``quote`` is the text of ``place`` as printed. ``evidence`` are the
    other places that it contradicts. ``computed`` is the arithmetic ("89 - 79 = 10, printed 14"). ``readings`` names
    the ways in which it was read. ``weight`` sorts findings of one severity, highest first: 3 for a reversed
    direction or a figure for a decision, 2 for a wrong figure, 1 for a wrong reference or form. ``repairs`` are
    single cells that would correct it. ``check_paper`` fills in ``id``, which stays the same when lines are inserted
    elsewhere. ``also`` are findings with the same cause. ``hint`` names the repair.
    """

    rule: str
    severity: Severity
    message: str
    quote: str
    place: Place
    evidence: tuple[Place, ...] = ()
    computed: str = ""
    readings: tuple[str, ...] = ()
    weight: int = 2
    repairs: tuple[Repair, ...] = ()
    id: str = ""
    also: tuple[Finding, ...] = ()
    hint: str = ""


@dataclass(slots=True)
class Coverage:
    """Counts of what was found and checked, by kind (free words such as ``percent`` or ``gap``)."""

    quantities: Counter[str] = field(default_factory=Counter)
    recognised: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)

    def add_observation(self, seen: Observation) -> None:
        """Count one claim or relation, and whether it could be checked."""
        self.recognised[seen.kind] += 1
        if seen.checked:
            self.checked[seen.kind] += 1


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one paper, the most serious first, and the coverage."""

    findings: tuple[Finding, ...]
    coverage: Coverage
