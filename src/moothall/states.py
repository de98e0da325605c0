"""States and the moves between them, said once: the rule that the verbs ask and the drawing in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from moothall.errors import RuleBroken

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Moves(Generic[State]):
    """Which state may follow which. A state that may follow none is final."""

    of: str
    moves: Mapping[State, Iterable[State]]

    def check(self, now: State, then: State) -> None:
        """Raise RuleBroken unless ``then`` may follow ``now``."""
        allowed = sorted(self.moves.get(now, ()))
        if then not in allowed:
            ways = f"It can become {' or '.join(allowed)}." if allowed else "That is its last state."
            raise RuleBroken("", f"A {self.of} that is {now} cannot become {then}. {ways}", field="state")

    def drawing(self) -> str:
        """The moves as a Mermaid state diagram."""
        lines = [f"    {now} --> {then}" for now, after in self.moves.items() for then in sorted(after)]
        return "\n".join(["stateDiagram-v2", *lines])
