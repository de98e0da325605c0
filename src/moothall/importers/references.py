"""Which row is meant by a name in a list; every kind of row is read once, however long the list is."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeVar

from django.utils.translation import gettext as _

from moothall.bodies.models import Body
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.permissions import visible
from moothall.importers.cell_values import Unreadable
from moothall.people.models import Person
from moothall.people.names import as_typed

S = TypeVar("S", bound=Scoped)


class Names:
    """The names of what an actor may see, as it is when it is first asked for; what a list makes is added."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._known: dict[type[Scoped], dict[str, list[Scoped]]] = {}

    def find(self, kind: type[S], text: str, column: str) -> S:
        """The one row of a kind that is named so, by its name or by the name in its address. Raises Unreadable."""
        found = self._of(kind).get(as_typed(text), [])
        exact = [row for row in found if row.slug == as_typed(text)]  # type: ignore[attr-defined]
        if len(exact or found) != 1:
            several = _("“{column}”, “{text}”: there are several of that name: use the name in the address.")
            none = _("“{column}”, “{text}”: there is none of that name.")
            code = "several-of-that-name" if found else "none-of-that-name"
            raise Unreadable((several if found else none).format(column=column, text=text), code=code)
        return (exact or found)[0]  # type: ignore[return-value]

    def add(self, row: Scoped) -> None:
        """Know a row that was made just now."""
        known = self._of(type(row))
        for name in _names(row):
            if row not in known[name]:
                known[name].append(row)

    def _of(self, kind: type[Scoped]) -> dict[str, list[Scoped]]:
        if kind not in self._known:
            known: dict[str, list[Scoped]] = defaultdict(list)
            for row in visible(self.by, kind):
                for name in _names(row):
                    known[name].append(row)
            self._known[kind] = known
        return self._known[kind]


def _names(row: Scoped) -> set[str]:
    names = {row.slug, str(row)}  # type: ignore[attr-defined]
    if isinstance(row, Person):
        names |= {f"{row.first_names} {row.last_name}", f"{row.last_name}, {row.first_names}"}
    elif isinstance(row, Body):
        names.add(row.short_name)
    return {as_typed(name) for name in names} - {""}
