"""A council's colour on the page: as a stylesheet of its own, since no page carries any style inside."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

BLACK, WHITE = (
    "#000000",
    "#ffffff",
)  # pure black: with a softer one some colours would have less than 4.5 on either side


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb", from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; text needs 4.5 (WCAG 2.2, 1.4.3)."""
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def text_on(colour: str) -> str:
    """White or black, whichever is read better on ``colour``; one of the two always has enough contrast."""
    return max((WHITE, BLACK), key=lambda each: contrast(each, colour))


@login_not_required
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def stylesheet(_: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of a colour. The address names the colour, so what it answers never changes."""
    colour = f"#{colour.lower()}"
    lines = f":root{{--moot-brand:{colour};--moot-on-brand:{text_on(colour)}}}\n"
    return HttpResponse(lines, content_type="text/css; charset=utf-8")
