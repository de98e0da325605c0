"""Role maps: what each part calls its tags, and one map in which every name keeps its meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pikepdf import Dictionary, Name, Object

from moothall.core.press.binding.objects import dictionary, items, names
from moothall.core.press.standard_roles import STANDARD, resolve

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
