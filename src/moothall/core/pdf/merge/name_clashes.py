"""What the parts of a volume agree on, so that no name means two things: what each calls its roles, classes and ids.

Role maps: what each part calls its tags, and one map in which every name keeps its meaning.

Leaving open what a part's elements are called: another part may use the same name for something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.pdf.merge.objects import dictionary, items, names
from moothall.core.pdf.merge.parts import Facts
from moothall.core.pdf.merge.serialise import Slots
from moothall.core.pdf.standard_roles import STANDARD, resolve

Roles = dict[str, str]


def read_roles(root: Object) -> Roles:
    """The part's own names and the standard type that each comes to; a loop or a dead end means nothing.

    Read from ``/RoleMap``, and for PDF 2.0 from each namespace's ``/RoleMapNS``.
    """
    direct: Roles = {}
    for namespace in items(root.get("/Namespaces")):
        direct |= _named(dictionary(namespace, "/RoleMapNS"))
    direct |= _named(dictionary(root, "/RoleMap"))
    return {name: resolve(name, direct) for name in sorted(direct)}


def _named(roles: Dictionary | None) -> Roles:
    found: Roles = {}
    for key in names(roles):
        target = roles.get(key) if roles is not None else None
        first = next(iter(items(target)), target)
        if isinstance(first, Name):
            found[key[1:]] = str(first)[1:]
    return found


def settle(parts: Iterable[tuple[Roles, int]]) -> Roles:
    """One role map for all parts: for each name the meaning that most pages give it (then the alphabet decides).

    ``parts`` gives each part's roles with its number of pages.
    """
    votes: dict[str, Counter[str]] = {}
    for roles, pages in parts:
        for name, meaning in roles.items():
            if name not in STANDARD:
                votes.setdefault(name, Counter())[meaning] += pages
    return {name: min(found, key=lambda meaning: (-found[meaning], meaning)) for name, found in sorted(votes.items())}


def conflicts(own: Roles, settled: Roles) -> Roles:
    """The names of a part that mean something else in the settled map: each becomes ``Name-Meaning`` (Chart-Figure)."""
    return {
        name: f"{name}-{meaning}"
        for name, meaning in own.items()
        if name not in STANDARD and settled.get(name) != meaning
    }


@dataclass(frozen=True, slots=True)
class Naming:
    """What a part calls differently in the volume: roles and classes by name, identifiers by an ``ending``."""

    roles: Mapping[str, str]
    classes: Mapping[str, str]
    ending: bytes


@dataclass(slots=True)
class Agreement:
    """Finds the names of one part after the other. ``roles`` is the role map of the volume."""

    roles: Roles
    _classes: dict[str, str] = field(default_factory=dict)
    _ids: set[bytes] = field(default_factory=set)

    def names(self, facts: Facts) -> Naming:
        """The names of the next part."""
        return Naming(conflicts(facts.roles, self.roles), dict(self._class_names(facts)), self._ending(facts))

    def _class_names(self, facts: Facts) -> Iterator[tuple[str, str]]:
        """A class that means something else already is called after its attributes."""
        for own, (_, digest) in facts.classes.items():
            name = own
            if self._classes.get(own, digest) != digest:
                name = f"{own}-{digest[:8]}"
                yield own, name
            self._classes[name] = digest

    def _ending(self, facts: Facts) -> bytes:
        """What tells the part's identifiers from those of the parts before it."""
        own, ending, count = [bytes.fromhex(each) for each in facts.ids], b"", 1
        while not self._ids.isdisjoint(each + ending for each in own):
            count += 1
            ending = b"-%d" % count
        self._ids.update(each + ending for each in own)
        return ending


def agreed(facts: Sequence[Facts]) -> tuple[Roles, list[Naming]]:
    """The role map of the volume, and the names of each part."""
    agreement = Agreement(settle((each.roles, len(each.pages)) for each in facts))
    return agreement.roles, [agreement.names(each) for each in facts]


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
