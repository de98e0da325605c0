"""Of what a figure is: its group, subject, level, stage, measure and place, read from any text by the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from moothall.core.figures.claims.phrases import PhraseIndex, PhraseMatch, normalise_text
from moothall.core.figures.vocabulary import list_entries, list_words, load_fields

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
def index_prose() -> PhraseIndex[Facet]:
    """The phrases of sentences."""
    found: PhraseIndex[Facet] = PhraseIndex()
    for label, facet in _list_labels():
        if len(label) > SHORTEST and label not in _NOT_IN_PROSE:
            found.add(label, facet)
    return found


@cache
def index_labels() -> Mapping[str, Facet]:
    """What a whole header or row label means, by its plain text."""
    found: dict[str, Facet] = {}
    for label, facet in _list_labels():
        found.setdefault(normalise_text(label), facet)
    for table, dimension in NAMED:
        for entry in list_entries(table):
            for label in entry.get("short", []):
                found.setdefault(normalise_text(label), (dimension, entry["name"]))
    for label in list_words("tables", "all"):
        found[normalise_text(label)] = ("group", ALL)
    return found


def _list_labels() -> Iterable[tuple[str, Facet]]:
    for entry in list_entries("groups"):
        yield from ((label.lower(), ("group", entry["name"])) for label in entry["labels"])
        yield from ((label.lower(), ("group", entry["twin"])) for label in entry["twin_labels"])
    for entry in list_entries("thresholds"):
        for level in entry["order"]:
            # "level 3 +" would be read as "level 3", which is another thing
            yield from ((label.lower(), ("level", level[0])) for label in level if not label.endswith(" +"))
    for table, dimension in NAMED:
        for entry in list_entries(table):
            yield from ((label.lower(), (dimension, entry["name"])) for label in entry["labels"])


@cache
def map_complements() -> Mapping[str, str]:
    """The twin of every group, both ways."""
    pairs = [(entry["name"], entry["twin"]) for entry in list_entries("groups")]
    return dict(pairs) | {twin: name for name, twin in pairs}


@cache
def find_pair(group: str) -> str:
    """The name of the pair that a group belongs to: boys and girls are "girls"."""
    names = {entry["name"] for entry in list_entries("groups")}
    return group if group in names else map_complements().get(group, group)


@cache
def list_core_subjects() -> tuple[str, ...]:
    """The subjects that "all core subjects" means."""
    return tuple(name for field in load_fields() for name in field.get("core_subjects", {}).get("names", []))


def find_matches(text: str) -> list[PhraseMatch[Facet]]:
    """The facets named in a lower-case text, in order."""
    return list(index_prose().find(text))


def read_label(text: str) -> Facets:
    """The facets of a header, row label, caption or heading; a dimension named twice with two values is left out."""
    exact = index_labels().get(normalise_text(text))
    if exact:
        return dict([exact])
    return resolve_facets(match.meaning for match in find_matches(text.lower()))


def resolve_facets(facets: Iterable[Facet]) -> dict[str, str]:
    """The facets with one value each; where two values were named, none holds."""
    found: dict[str, str] = {}
    conflicting: set[str] = set()
    for dimension, value in facets:
        if found.setdefault(dimension, value) != value:
            conflicting.add(dimension)
    return {dimension: value for dimension, value in found.items() if dimension not in conflicting}
