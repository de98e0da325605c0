"""Groups and their twins: two lines that cover a cohort between them (FSM and NON-FSM, girls and boys)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.tables.views import TableLine, TableView, has_kind, normalise_label
from moothall.core.figures.vocabulary import list_entries

NEAR: Final = 12  # group lines after one among which its twin is looked for
_NON: Final = re.compile(r"^(?:non|not|no|without)[\s-]+(?:eligible for )?(.+)$")
_BRACKET: Final = re.compile(r"\s*\([^)]*\)")


@cache
def _index_labels() -> dict[str, tuple[str, int]]:
    """Label -> name of the group and side (0 the group, 1 its twin)."""
    found: dict[str, tuple[str, int]] = {}
    for entry in list_entries("groups"):
        for side, key in enumerate(("labels", "twin_labels")):
            for label in entry.get(key, []):
                found.setdefault(normalise_label(label), (entry["name"], side))
    return found


@lru_cache(maxsize=20_000)
def find_side(label: str) -> tuple[str, int] | None:
    """The group that a label names and its side, by the vocabulary or by a leading "non"; None when it names none."""
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
    """Whether two labels are a group and its twin, in either order."""
    a, b = find_side(one), find_side(two)
    if a and b:
        return a[0] == b[0] and a[1] != b[1]
    known, other = (a, two) if a else (b, one)
    return bool(known and known[1] == 1 and normalise_label(_BRACKET.sub("", other)) == known[0].lower())


@dataclass(frozen=True, slots=True)
class Member:
    """A line that stands for a group, or for everyone: the label that says so and the rest of its path."""

    line: TableLine
    label: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group, its twin, and the lines for everyone that have the same rest of path."""

    group: Member
    complement: Member
    everyone: tuple[Member, ...]


def find_cohorts(view: TableView) -> Iterator[Cohort]:
    """The pairs of twins of a view, each with the lines for everyone beside them."""
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
    """The line as a group by the innermost label that is known for one."""
    for n in range(len(line.path) - 1, -1, -1):
        if known(line.path[n]):
            return Member(line, line.path[n], (*line.path[:n], *line.path[n + 1 :]))
    return None


def _is_everyone(label: str) -> bool:
    return has_kind(label, "all") or has_kind(label, "total")
