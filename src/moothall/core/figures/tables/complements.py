"""Groups and their complements: two lines that together cover a cohort (FSM and NON-FSM, girls and boys)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.tables.views import TableLine, TableView, has_kind, normalise_label
from moothall.core.figures.vocabulary import list_entries

NEAR: Final = 12  # group lines after one in which its complement is searched
_NON: Final = re.compile(r"^(?:non|not|no|without)[\s-]+(?:eligible for )?(.+)$")
_BRACKET: Final = re.compile(r"\s*\([^)]*\)")


@cache
def _index_labels() -> dict[str, tuple[str, int]]:
    """Return the name and side of the group for each label. The side is 0 for the group, 1 for its complement."""
    found: dict[str, tuple[str, int]] = {}
    for entry in list_entries("groups"):
        for side, key in enumerate(("labels", "complement_labels")):
            for label in entry.get(key, []):
                found.setdefault(normalise_label(label), (entry["name"], side))
    return found


@lru_cache(maxsize=20_000)
def find_side(label: str) -> tuple[str, int] | None:
    """Return the group that a label names and its side, by the vocabulary or a leading "non", or None."""
    bare = normalise_label(label)
    for text in (bare, normalise_label(_BRACKET.sub("", bare))):
        if text in _index_labels():
            return _index_labels()[text]
        match = _NON.match(text)
        if match:
            base = normalise_label(match[1])
            known = _index_labels().get(base)
            return (known[0] if known else base), 1
    return None


def is_complement(one: str, two: str) -> bool:
    """Return whether two labels are a group and its complement, in either order."""
    a, b = find_side(one), find_side(two)
    if a and b:
        return a[0] == b[0] and a[1] != b[1]
    known, other = (a, two) if a else (b, one)
    return bool(known and known[1] == 1 and normalise_label(_BRACKET.sub("", other)) == known[0].lower())


@dataclass(frozen=True, slots=True)
class Member:
    """A line for a group or for everyone, with the label that says so and the rest of its path."""

    line: TableLine
    label: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group, its complement, and the lines for everyone with the same rest of path."""

    group: Member
    complement: Member
    everyone: tuple[Member, ...]


def find_cohorts(view: TableView) -> Iterator[Cohort]:
    """Yield the groups and complements of a view, each with the lines for everyone."""
    members = [member for line in view.lines if (member := _make_member(line, find_side))]
    whole = [member for line in view.lines if (member := _make_member(line, _is_everyone))]
    taken: set[int] = set()
    for n, first in enumerate(members):
        if n in taken:
            continue
        for m in range(n + 1, min(n + 1 + NEAR, len(members))):
            second = members[m]
            if m not in taken and first.rest == second.rest and is_complement(first.label, second.label):
                taken.add(m)
                side = find_side(first.label)
                ordered = (second, first) if side and side[1] else (first, second)
                yield Cohort(*ordered, tuple(member for member in whole if member.rest == first.rest))
                break


def _make_member(line: TableLine, known: Callable[[str], object]) -> Member | None:
    """Return the line as a group, by the innermost label that names one."""
    for n in range(len(line.path) - 1, -1, -1):
        if known(line.path[n]):
            return Member(line, line.path[n], (*line.path[:n], *line.path[n + 1 :]))
    return None


def _is_everyone(label: str) -> bool:
    return has_kind(label, "all") or has_kind(label, "total")
