"""Every page with its own, sane size, turn and resources, inherited from nothing."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, ObjectSet, Pdf

from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, drop, entry, integer, number, pages

Rectangle = tuple[float, float, float, float]

A4: Rectangle = (0.0, 0.0, 595.276, 841.89)
# The longest side that every reader shows: 200 inches (ISO 32000-1, annex C).
LONGEST = 14_400.0
# A sliver of less than a millimetre is no page.
SHORTEST = 3.0
_DEEPEST = 64


def settle_geometry(pdf: Pdf, findings: Findings) -> None:
    """Give each page its own MediaBox, CropBox, Rotate, UserUnit and Resources, mended where they are unusable."""
    for number_, page in pages(pdf):
        media = rectangle(inherited(page, "/MediaBox"))
        if media is None:
            findings.add("page-size-mended", number_)
            media = A4
        crop = _overlap(rectangle(inherited(page, "/CropBox")), media)
        page["/MediaBox"] = Array(media)
        page["/CropBox"] = Array(crop or media)
        page["/Rotate"] = _turn(inherited(page, "/Rotate"))
        _settle_unit(page)
        page["/Resources"] = dictionary(inherited(page, "/Resources")) or Dictionary()


def user_units(pdf: Pdf) -> list[float]:
    """Each page's points to a unit of its own coordinates, after :func:`settle_geometry`."""
    return [number(entry(page, "/UserUnit")) or 1.0 for _, page in pages(pdf)]


def inherited(page: Dictionary, key: str) -> Any:
    """A page's attribute, or the nearest one above it; loops and endless trees end the search."""
    seen = ObjectSet()
    node: Any = page
    for _ in range(_DEEPEST):
        if dictionary(node) is None or not seen.add(node):
            return None
        value = entry(node, key)
        if value is not None:
            return value
        node = entry(node, "/Parent")
    return None


def rectangle(value: Any, *, shortest: float = SHORTEST) -> Rectangle | None:
    """(left, bottom, right, top), cut to ``LONGEST``; None if unusable or a side is under ``shortest``."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    sides = [number(side) for side in value]
    if any(side is None or abs(side) > 1e6 for side in sides):
        return None
    x0, y0, x1, y1 = (float(side) for side in sides if side is not None)
    left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if right - left < shortest or top - bottom < shortest:
        return None
    return left, bottom, min(right, left + LONGEST), min(top, bottom + LONGEST)


def _overlap(crop: Rectangle | None, media: Rectangle) -> Rectangle | None:
    if crop is None:
        return None
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    return (left, bottom, right, top) if right - left >= SHORTEST and top - bottom >= SHORTEST else None


def _turn(value: Any) -> int:
    turn = integer(value)
    return turn % 360 if turn is not None and turn % 90 == 0 else 0


def _settle_unit(page: Dictionary) -> None:
    unit = number(entry(page, "/UserUnit"))
    if unit is None or not 0.01 <= unit <= 100 or unit == 1:
        drop(page, "/UserUnit")
