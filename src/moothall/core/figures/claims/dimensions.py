"""What a figure measures: group, subject, level, stage, measure and place, read with the vocabulary."""

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
"""Labels with this number of letters or fewer are searched only in tables."""


@cache
def index_prose() -> PhraseIndex[Facet]:
    """Return the index of phrases that sentences use."""
    found: PhraseIndex[Facet] = PhraseIndex()
    for label, facet in _list_labels():
        if len(label) > SHORTEST and label not in _NOT_IN_PROSE:
            found.add(label, facet)
    return found


@cache
def index_labels() -> Mapping[str, Facet]:
    """Return what each whole header or row label means, by its normalised text."""
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
        yield from ((label.lower(), ("group", entry["complement"])) for label in entry["complement_labels"])
    for entry in list_entries("thresholds"):
        for level in entry["order"]:
            # "level 3 +" would be read as "level 3", which is different
            yield from ((label.lower(), ("level", level[0])) for label in level if not label.endswith(" +"))
    for table, dimension in NAMED:
        for entry in list_entries(table):
            yield from ((label.lower(), (dimension, entry["name"])) for label in entry["labels"])


@cache
def map_complements() -> Mapping[str, str]:
    """Return the complement of every group, in both directions."""
    pairs = [(entry["name"], entry["complement"]) for entry in list_entries("groups")]
    return dict(pairs) | {complement: name for name, complement in pairs}


@cache
def find_pair(group: str) -> str:
    """Return the name of the pair that a group belongs to: boys and girls are "girls"."""
    names = {entry["name"] for entry in list_entries("groups")}
    return group if group in names else map_complements().get(group, group)


@cache
def list_core_subjects() -> tuple[str, ...]:
    """Return the subjects that "all core subjects" means."""
    return tuple(name for field in load_fields() for name in field.get("core_subjects", {}).get("names", []))


def find_matches(text: str) -> list[PhraseMatch[Facet]]:
    """Return the facets named in a lower-case text, in order."""
    return list(index_prose().find(text))


def read_label(text: str) -> Facets:
    """Return the facets of a header, row label, caption or heading. Leave out ambiguous dimensions."""
    exact = index_labels().get(normalise_text(text))
    if exact:
        return dict([exact])
    return resolve_facets(match.meaning for match in find_matches(text.lower()))


def resolve_facets(facets: Iterable[Facet]) -> dict[str, str]:
    """Return the facets by dimension. Leave out a dimension that has two values."""
    found: dict[str, str] = {}
    conflicting: set[str] = set()
    for dimension, value in facets:
        if found.setdefault(dimension, value) != value:
            conflicting.add(dimension)
    return {dimension: value for dimension, value in found.items() if dimension not in conflicting}
