"""The rules of the clocks: dated data (``rules.toml``), each with its source."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from moothall.core.clocks.calendar import Basis


class Convention(StrEnum):
    """How a rule counts; ``rules.toml`` says what each means."""

    CLEAR_BEFORE = "clear-before"
    BEFORE = "before"
    CLEAR_AFTER = "clear-after"
    AFTER = "after"
    BEGINNING_WITH = "beginning-with"
    FROM = "from"


class Unit(StrEnum):
    """What a rule counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Sense(StrEnum):
    """What the date found is: the last day to act, the first day to act, or the last day of a period."""

    BY = "by"
    FROM = "from"
    UNTIL = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of law or of a council's own scheme (``local``).

    ``event`` is what it counts from; ``act`` is what has to be done; ``time`` is the hour by which, local time.
    ``on_working_days``: the act is a publication, which on another day counts as the next working day (CLK-07).
    ``outlasts``: the act still serves when the event is put off to a day that it did not tell of (MTG-14).
    """

    id: str
    title: str
    event: str
    act: str
    count: int
    unit: Unit
    convention: Convention
    basis: Basis
    sense: Sense
    source: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    time: dt.time | None = None
    local: bool = False
    on_working_days: bool = False
    outlasts: bool = False
    handbook: tuple[str, ...] = ()

    def in_force(self, day: dt.date) -> bool:
        """Whether the rule applies to an event on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def locally(
        self,
        *,
        count: int | None = None,
        basis: Basis | None = None,
        time: dt.time | None = None,
        on_working_days: bool | None = None,
        outlasts: bool | None = None,
    ) -> Rule:
        """The rule as a council's own scheme or practice sets it."""
        return replace(
            self,
            count=self.count if count is None else count,
            basis=basis or self.basis,
            time=time or self.time,
            on_working_days=self.on_working_days if on_working_days is None else on_working_days,
            outlasts=self.outlasts if outlasts is None else outlasts,
        )


class NoRule(LookupError):
    """No rule of that name was in force on that day."""


def rule(name: str, on: dt.date) -> Rule:
    """The rule ``name`` as in force for an event on the day ``on``. Raises NoRule."""
    for each in all_rules():
        if each.id == name and each.in_force(on):
            return each
    raise NoRule(f"no rule {name} was in force on {on:%-d %B %Y}.")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, past ones too, in the order of ``rules.toml``."""
    text = resources.files("moothall.core.clocks").joinpath("rules.toml").read_text("utf-8")
    return tuple(_rule(entry) for entry in tomllib.loads(text)["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        **{
            **entry,
            "unit": Unit(entry["unit"]),
            "convention": Convention(entry["convention"]),
            "basis": Basis(entry["basis"]),
            "sense": Sense(entry["sense"]),
            "handbook": tuple(entry["handbook"]),
        }
    )
