"""Thresholds of scales and combined measures from the vocabulary, found in the path of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.model import Cell, Table
from moothall.core.figures.tables.views import normalise_label
from moothall.core.figures.vocabulary import list_entries

YEARS: Final = re.compile(r"(?:19|20)\d\d(?:\s*[/-]\s*\d\d(?:\d\d)?)?")


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """A threshold: its scale, its rank there (0 is the easiest) and its label as printed."""

    scale: str
    rank: int
    label: str


@cache
def _index_steps() -> dict[str, tuple[str, int]]:
    return {
        normalise_label(label): (entry["scale"], rank)
        for entry in list_entries("thresholds")
        for rank, labels in enumerate(entry["order"])
        for label in labels
    }


@cache
def _compile_labels() -> re.Pattern[str]:
    labels = sorted(_index_steps(), key=len, reverse=True)
    return re.compile(r"(?<![\w%])(?:" + "|".join(map(re.escape, labels)) + r")(?![\w+])")


@lru_cache(maxsize=20_000)
def find_step_in(text: str) -> ScaleStep | None:
    """Return the threshold that a label names, or None if it names none or several ("Level 4+ and L5+")."""
    bare = normalise_label(text)
    if bare in _index_steps():
        return ScaleStep(*_index_steps()[bare], text)
    found = _compile_labels().findall(bare)
    if len(set(found)) != 1:
        return None
    return ScaleStep(*_index_steps()[found[0]], text)


def find_step(table: Table, cell: Cell) -> ScaleStep | None:
    """Return the nearest threshold of a cell, from its column, row, corner or caption, in this order."""
    texts: Iterable[str] = (
        *reversed(table.headers[cell.column]),
        *reversed(table.labels[cell.row]),
        *reversed(table.corner),
        table.caption,
    )
    return next((step for text in texts if (step := find_step_in(text))), None)


@dataclass(frozen=True, slots=True)
class CombinedMeasure:
    """A measure that requires all of its parts at once."""

    labels: frozenset[str]
    parts: tuple[frozenset[str], ...]

    def find_part(self, label: str) -> int | None:
        """Return the index of the part that a label names, or None."""
        return next((n for n, names in enumerate(self.parts) if normalise_label(label) in names), None)


@cache
def list_combined_measures() -> tuple[CombinedMeasure, ...]:
    """Return the combined measures of the vocabulary."""
    return tuple(
        CombinedMeasure(
            frozenset(map(normalise_label, entry["labels"])),
            tuple(frozenset(map(normalise_label, part)) for part in entry["parts"]),
        )
        for entry in list_entries("combined")
    )


@lru_cache(maxsize=20_000)
def find_subject(label: str) -> str | None:
    """Return the subject or combined measure that a label names, in one spelling for all, or None."""
    for each in list_combined_measures():
        if normalise_label(label) in each.labels:
            return "all of " + " ".join(sorted(min(part) for part in each.parts))
        n = each.find_part(label)
        if n is not None:
            return max(each.parts[n], key=len)
    return None
