"""A year of meetings as it is shown before it is entered: each line with what speaks against it. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.meetings.concerns import Concern
from moothall.meetings.planning import Proposal


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One meeting of the list, numbered from 1, and what speaks against it."""

    number: int
    proposal: Proposal
    concerns: tuple[Concern, ...]


def sheet(proposals: Sequence[Proposal], concerns: Sequence[Concern]) -> list[SheetRow]:
    """The list with its concerns beside each line."""
    return [
        SheetRow(row + 1, proposal, tuple(each for each in concerns if each.row == row))
        for row, proposal in enumerate(proposals)
    ]
