"""Groups and their twins: two lines that cover a cohort between them (FSM and NON-FSM, girls and boys)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.tables.views import Line, View, plain
from moothall.core.figures.vocabulary import entries

_NON: Final = re.compile(r"^(?:non|not|no|without)[\s-]+(?:eligible for )?(.+)$")
_BRACKET: Final = re.compile(r"\s*\([^)]*\)")


@cache
def _listed() -> dict[str, tuple[str, int]]:
    """Label -> name of the group and side (0 the group, 1 its twin)."""
    found: dict[str, tuple[str, int]] = {}
    for entry in entries("groups"):
        for side, key in enumerate(("labels", "twin_labels")):
            for label in entry.get(key, []):
                found.setdefault(plain(label), (entry["name"], side))
    return found


@lru_cache(maxsize=20_000)
def side_of(label: str) -> tuple[str, int] | None:
    """The group that a label names and its side, by the vocabulary or by a leading "non"; None when it names none."""
    bare = plain(label)
    for text in (bare, plain(_BRACKET.sub("", bare))):
        if text in _listed():
            return _listed()[text]
        match = _NON.match(text)
        if match:
            base = plain(match[1])
            known = _listed().get(base)
            return (known[0] if known else base), 1
    return None


def are_twins(one: str, two: str) -> bool:
    """Whether two labels are a group and its twin, in either order."""
    a, b = side_of(one), side_of(two)
    if a and b:
        return a[0] == b[0] and a[1] != b[1]
    known, other = (a, two) if a else (b, one)
    return bool(known and known[1] == 1 and plain(_BRACKET.sub("", other)) == known[0].lower())


def pairs(view: View) -> Iterator[tuple[Line, Line]]:
    """The pairs of twin lines of a view that stand near each other: the group first."""
    for n, first in enumerate(view.lines):
        for second in view.lines[n + 1 : n + 4]:
            if first.path[:-1] == second.path[:-1] and are_twins(first.label, second.label):
                one = side_of(first.label)
                yield (second, first) if one and one[1] else (first, second)
                break
