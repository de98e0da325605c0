"""Giving a part's elements the names that no other part uses for something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.press.binding.objects import items


@dataclass(frozen=True, slots=True)
class Changes:
    """What a part calls differently from now on: roles, classes of attributes, identifiers of elements."""

    roles: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[bytes, bytes] = field(default_factory=dict)


def rename(elements: Iterable[Object], changes: Changes) -> frozenset[str]:
    """Change ``elements`` where they need it; returns the new role names that are really used."""
    if not (changes.roles or changes.classes or changes.ids):
        return frozenset()
    used: set[str] = set()
    for element in elements:
        if changes.roles:
            role = changes.roles.get(str(element["/S"])[1:])
            if role is not None:
                used.add(role)
                element["/S"] = Name(f"/{role}")
        if changes.classes and "/C" in element:
            _classes(element, changes.classes)
        if changes.ids:
            _ids(element, changes.ids)
    return frozenset(used)


def _classes(element: Object, classes: Mapping[str, str]) -> None:
    """``/C`` is a name, or an array of names and revision numbers."""

    def changed(value: object) -> object:
        return Name(f"/{classes.get(str(value)[1:], str(value)[1:])}") if isinstance(value, Name) else value

    named = element["/C"]
    element["/C"] = Array([changed(value) for value in named]) if isinstance(named, Array) else changed(named)


def _ids(element: Object, ids: Mapping[bytes, bytes]) -> None:
    def changed(value: Object) -> Object:
        return String(ids.get(bytes(value), bytes(value))) if isinstance(value, String) else value

    if "/ID" in element:
        element["/ID"] = changed(element["/ID"])
    attributes = element.get("/A")
    for attribute in items(attributes) if isinstance(attributes, Array) else (attributes,):
        if isinstance(attribute, Dictionary) and "/Headers" in attribute:
            attribute["/Headers"] = Array([changed(value) for value in items(attribute["/Headers"])])
