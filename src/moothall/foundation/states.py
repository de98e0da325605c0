"""States and the moves between them, said once: the rule that the verbs ask and the drawing in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from moothall.foundation.errors import RuleBroken

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
            raise RuleBroken("", self._refusal(now, then, allowed), code="wrong-state", field="state")

    def _refusal(self, now: State, then: State, allowed: list[State]) -> str:
        ways = _(" or ").join(_(each) for each in allowed)
        told = {"thing": _(self.of), "now": _(now), "then": _(then), "ways": ways}
        if not allowed:
            return _("A {thing} that is {now} cannot become {then}. That is its last state.").format(**told)
        return _("A {thing} that is {now} cannot become {then}. It can become {ways}.").format(**told)

    def drawing(self) -> str:
        """The moves as a Mermaid state diagram."""
        lines = [f"    {now} --> {then}" for now, after in self.moves.items() for then in sorted(after)]
        return "\n".join(["stateDiagram-v2", *lines])
