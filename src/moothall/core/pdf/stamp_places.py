"""Where a page number may be stamped: five boxes near the page's edge, in points as displayed."""

from __future__ import annotations

MM = 72 / 25.4

WIDTH = 30 * MM
HEIGHT = 7 * MM
BASELINE = 8 * MM
# Figures hang a little below their baseline in some typefaces; the box leaves 2 mm for that.
DESCENT = 2 * MM
SIDE = 15 * MM

PLACES = ("bottom-centre", "bottom-right", "bottom-left", "top-right", "top-left")

Box = tuple[float, float, float, float]


def box(place: str, width: float, height: float) -> Box:
    """(left, bottom, right, top) of a stamp place on a page of ``width`` by ``height`` points as displayed.

    The origin is the bottom left corner of what is displayed. The baseline of the number is ``BASELINE`` above the
    bottom edge, or below the top edge, of the page.
    """
    edge, side = place.split("-")
    bottom = BASELINE - DESCENT if edge == "bottom" else height - BASELINE - HEIGHT + DESCENT
    left = {"centre": (width - WIDTH) / 2, "right": width - SIDE - WIDTH, "left": SIDE}[side]
    return left, bottom, left + WIDTH, bottom + HEIGHT


def fits(width: float, height: float) -> bool:
    """True when the page is large enough to hold a stamp at all."""
    return width >= WIDTH + 2 * MM and height >= 2 * (BASELINE + HEIGHT)
