"""A year of meetings as it is shown before it is entered: each line with what speaks against it. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.meetings.date_problems import Concern
from moothall.meetings.proposals import Proposal


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One meeting of the list, and what speaks against it; concerns are numbered through the whole list, from 0."""

    proposal: Proposal
    concerns: tuple[tuple[int, Concern], ...]


def sheet(proposals: Sequence[Proposal], concerns: Sequence[Concern]) -> list[SheetRow]:
    """The list with its concerns beside each line."""
    return [
        SheetRow(proposal, tuple((number, each) for number, each in enumerate(concerns) if each.row == row))
        for row, proposal in enumerate(proposals)
    ]
