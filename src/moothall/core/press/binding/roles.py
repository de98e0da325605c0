"""Role maps: what each part calls its tags, and one map in which every name keeps its meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pikepdf import Dictionary, Name, Object

from moothall.core.press.binding.objects import dictionary, items, names

# ISO 32000-1, 14.8.4: the standard structure types. They mean themselves; PDF/UA-1, 7.1 forbids mapping them anew.
STANDARD = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
        *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry"),
        *("Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)

# Types that only PDF 2.0 knows (ISO 32000-2, 14.8.4), as the nearest of PDF 1.7, for readers of this version.
LATER = {
    "Title": "P",
    "FENote": "Note",
    "Em": "Span",
    "Strong": "Span",
    "Sub": "Span",
    "Aside": "Div",
    "DocumentFragment": "Sect",
    "Artifact": "NonStruct",
}

MEANINGLESS = "NonStruct"

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


def resolve(name: str, direct: Mapping[str, str]) -> str:
    """The standard type that ``name`` comes to. A standard type that is mapped follows its map, as readers do."""
    seen: set[str] = set()
    while name in direct and name not in seen:
        seen.add(name)
        if direct[name] == name:
            break
        name = direct[name]
    if name in STANDARD and (name not in direct or direct[name] == name):
        return name
    return LATER.get(name, MEANINGLESS) if name not in direct else MEANINGLESS


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


def renames(own: Roles, settled: Roles) -> tuple[Roles, Roles]:
    """For a part: its names that must change, and what they are called instead; and the additions to the map.

    A name that means something else in the settled map becomes ``Name-Meaning`` ("Chart-Figure"). A standard type
    that the part maps anew is simply called what it means.
    """
    changed: Roles = {}
    added: Roles = {}
    for name, meaning in own.items():
        if name in STANDARD:
            if name != meaning:
                changed[name] = meaning
        elif settled.get(name) != meaning:
            changed[name] = f"{name}-{meaning}"
            added[changed[name]] = meaning
    return changed, added
