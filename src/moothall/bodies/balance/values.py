"""The values of a computation of political balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from moothall.core.wording import Words, gettext_noop

NO_GROUP = gettext_noop("no group")

Seats = dict[str, int]
Bounds = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the computation, in words; ``tie`` when the council may decide it otherwise.

    ``seats`` are those that the step gives, by body and group; the body "" is all ordinary committees together.
    """

    text: str
    tie: bool = False
    seats: Mapping[str, Seats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Principle:
    """Whether an allocation keeps to one of the four principles, and where not."""

    letter: str
    kept: bool
    text: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Seats by body and group, the totals, every step, and each principle checked."""

    seats: Mapping[str, Seats]
    totals: Seats
    steps: tuple[Step, ...]
    principles: tuple[Principle, ...]

    @property
    def ties(self) -> tuple[Step, ...]:
        """The steps that the council may decide otherwise."""
        return tuple(step for step in self.steps if step.tie)


@dataclass(frozen=True, slots=True)
class Telling:
    """The steps told so far, and the language that they are told in."""

    steps: list[Step]
    words: Words

    def tell(self, text: str, seats: Mapping[str, Seats]) -> None:
        self.steps.append(Step(text, seats=seats))

    def tell_tie(self, text: str) -> None:
        self.steps.append(Step(text, tie=True))
