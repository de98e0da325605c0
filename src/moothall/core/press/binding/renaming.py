"""Leaving open what a part's elements are called: another part may use the same name for something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.press.binding.freezing import Slots
from moothall.core.press.binding.objects import items
from moothall.core.press.standard_roles import STANDARD

# Slots: a role, a class of attributes, an identifier (as hexadecimal digits).
ROLE, CLASS, ID = "role", "class", "id"


class Renamer:
    """Renames the elements of one part: what of its names may change in a volume becomes a slot.

    ``roles`` are the part's own, and what they mean; a standard type that it maps anew is simply called what it means.
    """

    def __init__(self, slots: Slots, roles: Mapping[str, str], classes: Set[str], ids: Set[bytes]) -> None:
        self.slots = slots
        self.anew = {name: Name(f"/{roles[name]}") for name in roles if name in STANDARD and roles[name] != name}
        self.roles = roles.keys() - STANDARD
        self.classes = classes
        self.ids = ids
        self.used: set[str] = set()

    def rename(self, elements: Iterable[Object]) -> None:
        """Change ``elements`` where they need it; ``used`` are the roles that some of them have."""
        if not (self.roles or self.anew or self.classes or self.ids):
            return
        for element in elements:
            self._open_role(element, str(element["/S"])[1:])
            if self.classes and "/C" in element:
                self._open_classes(element)
            if self.ids:
                self._open_ids(element)

    def _open_role(self, element: Object, role: str) -> None:
        if role in self.roles:
            self.used.add(role)
            element["/S"] = self.slots.get(f"{ROLE} {role}")
        elif role in self.anew:
            element["/S"] = self.anew[role]

    def _open_classes(self, element: Object) -> None:
        """``/C`` is a name, or an array of names and revision numbers."""
        named = element["/C"]
        element["/C"] = Array([self._class(each) for each in named]) if isinstance(named, Array) else self._class(named)

    def _class(self, value: object) -> object:
        name = str(value)[1:] if isinstance(value, Name) else ""
        return self.slots.get(f"{CLASS} {name}") if name in self.classes else value

    def _open_ids(self, element: Object) -> None:
        if "/ID" in element:
            element["/ID"] = self._id(element["/ID"])
        attributes = element.get("/A")
        for attribute in items(attributes) if isinstance(attributes, Array) else (attributes,):
            if isinstance(attribute, Dictionary) and "/Headers" in attribute:
                attribute["/Headers"] = Array([self._id(value) for value in items(attribute["/Headers"])])

    def _id(self, value: Object) -> Object:
        own = bytes(value) if isinstance(value, String) else b""
        return self.slots.get(f"{ID} {own.hex()}") if own in self.ids else value
