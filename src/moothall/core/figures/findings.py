"""What the checker hands back: findings, each of which explains itself, and what was covered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Place


class Severity(IntEnum):
    """How sure a contradiction is, weakest first, so that ``>=`` asks for "this and worse"."""

    ROUNDING = 0
    """Explained by rounding: hidden unless asked for."""
    SUSPICIOUS = 1
    """Needs an assumption, such as that two figures are of the same cohort."""
    IMPROBABLE = 2
    """Possible only at the far end of rounding."""
    ERROR = 3
    """Impossible under every reading and every rounding."""

    @property
    def word(self) -> str:
        """The name in reports and JSON: ``error``, ``improbable``, ``suspicious``, ``rounding``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Observation:
    """A rule may yield this beside its findings: a claim or relation of a kind, and whether it could be checked."""

    kind: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell whose change alone would mend the finding: it would have to lie in ``allowed``. A hint, no correction."""

    place: Place
    allowed: Interval


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that cannot be, or hardly, be true.

    ``message`` is one or two plain sentences for a reader; ``quote`` is the text of ``place`` as printed;
    ``evidence`` are the other places that it contradicts; ``computed`` is the arithmetic ("89 - 79 = 10, printed
    14"); ``readings`` name each way in which it was read (and failed); ``weight`` orders findings of one severity
    (higher first: 3 a reversed direction or decision figure, 2 a wrong figure, 1 a slip of reference or form);
    ``repairs`` are the single cells that would mend it. ``id`` is filled in by ``check`` and survives the
    insertion of lines elsewhere; ``also`` are the findings that the same defect caused; ``hint`` names the repair.
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
    """Counts by kind of what was seen and what was checked (kinds are free words: ``percent``, ``gap`` ...)."""

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
    """The findings of one paper, the gravest first, and the coverage."""

    findings: tuple[Finding, ...]
    coverage: Coverage
