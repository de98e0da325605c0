"""The standard structure types of PDF 1.7, and what a name comes to that a role map leads on."""

from __future__ import annotations

from collections.abc import Mapping

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


# How the announcement of a figure begins of which nobody has said what it shows.
UNDESCRIBED = "Picture without a description"
