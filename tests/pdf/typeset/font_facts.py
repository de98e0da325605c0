"""Reads the shipped fonts and writes ``facts.json``: what they cover, and how wide their characters are.

Run ``python -m tests.pdf.typeset.font_facts`` after changing a font.
"""

import json
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

import moothall.core.pdf.typeset

FONTS = Path(moothall.core.pdf.typeset.__file__).parent / "fonts"
WIDEST_LISTED = 0x2122


def _ranges(points: set[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def _advances(font: TTFont) -> dict[str, int]:
    unit = font["head"].unitsPerEm
    widths = font["hmtx"]
    return {
        chr(point): round(widths[name][0] * 1000 / unit)
        for point, name in font.getBestCmap().items()
        if 32 <= point <= WIDEST_LISTED
    }


def facts() -> dict[str, Any]:
    """The facts that belong to the fonts in the package."""
    regular = TTFont(FONTS / "SourceSans3_400Regular.ttf")
    bold = TTFont(FONTS / "SourceSans3_600SemiBold.ttf")
    faces = [set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("Source*.ttf"))]
    return {
        "text": _ranges(set.intersection(*faces)),
        "fallback": _ranges(set(TTFont(FONTS / "DejaVuSans.ttf").getBestCmap())),
        "regular": _advances(regular),
        "bold": _advances(bold),
    }


def written() -> str:
    """``facts()`` as the file holds it."""
    return json.dumps(facts(), ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    (FONTS / "facts.json").write_text(written(), "utf-8")
