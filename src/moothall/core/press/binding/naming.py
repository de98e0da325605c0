"""What the parts of a volume agree on, so that no name means two things: what each calls its roles, classes and ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moothall.core.press.binding.quires import Facts
from moothall.core.press.binding.roles import Roles, conflicts, settle


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
