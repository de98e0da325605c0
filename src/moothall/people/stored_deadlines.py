"""Deadlines as they are kept: whole, so that a later change of the calendar rewrites no history (CLK-40)."""

from __future__ import annotations

from typing import Any

import msgspec

from moothall.core.clocks import Deadline


def as_kept(deadline: Deadline) -> dict[str, Any]:
    """A deadline as plain JSON values: rule, event, day, every day counted or passed over, calendar, explanation."""
    kept: dict[str, Any] = msgspec.to_builtins(deadline)
    return {**kept, "explanation": deadline.explanation}


def as_found(kept: dict[str, Any]) -> Deadline:
    """The deadline that was kept."""
    return msgspec.convert({key: value for key, value in kept.items() if key != "explanation"}, Deadline)
