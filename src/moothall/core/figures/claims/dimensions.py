"""Of what a figure is: its group, subject, level, stage, measure and place, read from any text by the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from moothall.core.figures.claims.phrases import Hit, Phrases, plain
from moothall.core.figures.vocabulary import entries, fields, words

Facet = tuple[str, str]
"""A dimension and its value, such as ("subject", "reading")."""
Facets = Mapping[str, str]

ALL: Final = "all"
OWN: Final = "own"
NAMED: Final = (("subjects", "subject"), ("stages", "stage"), ("measures", "measure"), ("places", "place"))
_NOT_IN_PROSE: Final = frozenset(["other", "all", "overall", "entered", "achieved", "exceeding", "low", "london", "pp"])
SHORTEST: Final = 1
"""Labels of so few letters are looked for only in tables."""


@cache
def prose() -> Phrases[Facet]:
    """The phrases of sentences."""
    found: Phrases[Facet] = Phrases()
    for label, facet in _labels():
        if len(label) > SHORTEST and label not in _NOT_IN_PROSE:
            found.add(label, facet)
    return found


@cache
def whole() -> Mapping[str, Facet]:
    """What a whole header or row label means, by its plain text."""
    found: dict[str, Facet] = {}
    for label, facet in _labels():
        found.setdefault(plain(label), facet)
    for table, dimension in NAMED:
        for entry in entries(table):
            for label in entry.get("short", []):
                found.setdefault(plain(label), (dimension, entry["name"]))
    for label in words("tables", "all"):
        found[plain(label)] = ("group", ALL)
    return found


def _labels() -> Iterable[tuple[str, Facet]]:
    for entry in entries("groups"):
        yield from ((label.lower(), ("group", entry["name"])) for label in entry["labels"])
        yield from ((label.lower(), ("group", entry["twin"])) for label in entry["twin_labels"])
    for entry in entries("thresholds"):
        for level in entry["order"]:
            # "level 3 +" would be read as "level 3", which is another thing
            yield from ((label.lower(), ("level", level[0])) for label in level if not label.endswith(" +"))
    for table, dimension in NAMED:
        for entry in entries(table):
            yield from ((label.lower(), (dimension, entry["name"])) for label in entry["labels"])


@cache
def twins() -> Mapping[str, str]:
    """The twin of every group, both ways."""
    pairs = [(entry["name"], entry["twin"]) for entry in entries("groups")]
    return dict(pairs) | {twin: name for name, twin in pairs}


@cache
def pair_of(group: str) -> str:
    """The name of the pair that a group belongs to: boys and girls are "girls"."""
    names = {entry["name"] for entry in entries("groups")}
    return group if group in names else twins().get(group, group)


@cache
def core_subjects() -> tuple[str, ...]:
    """The subjects that "all core subjects" means."""
    return tuple(name for field in fields() for name in field.get("core_subjects", {}).get("names", []))


def hits(text: str) -> list[Hit[Facet]]:
    """The facets named in a lower-case text, in order."""
    return list(prose().find(text))


def of_label(text: str) -> Facets:
    """The facets of a header, row label, caption or heading; a dimension named twice with two values is left out."""
    exact = whole().get(plain(text))
    if exact:
        return dict([exact])
    return settled(hit.meaning for hit in hits(text.lower()))


def settled(facets: Iterable[Facet]) -> dict[str, str]:
    """The facets with one value each; where two values were named, none holds."""
    found: dict[str, str] = {}
    torn: set[str] = set()
    for dimension, value in facets:
        if found.setdefault(dimension, value) != value:
            torn.add(dimension)
    return {dimension: value for dimension, value in found.items() if dimension not in torn}
