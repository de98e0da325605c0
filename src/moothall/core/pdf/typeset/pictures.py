"""Pictures: known by their first bytes, sized by their pixels."""

from __future__ import annotations

import io
import re
import warnings

from moothall.core.documents.errors import CannotSet

_SCREEN_DPI = 96.0
_USUAL_DRAWING = (600.0, 400.0)
_VIEW_BOX = re.compile(
    rb"viewBox\s*=\s*[\"'][-\d.]+[\s,]+[-\d.]+[\s,]+(?P<across>\d+(?:\.\d+)?)[\s,]+(?P<down>\d+(?:\.\d+)?)[\"']"
)
_KINDS = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"RIFF": "webp",
}


def picture_kind(name: str, image: bytes) -> str:
    """The file suffix that tells Typst how to read ``image``; CannotSet for anything else."""
    for start, kind in _KINDS.items():
        if image.startswith(start):
            return kind
    if b"<svg" in image[:4096].lower():
        return "svg"
    raise CannotSet(f'The picture "{name}" is not a PNG, JPEG, GIF, WebP or SVG; save it as one of these.')


def picture_size(name: str, image: bytes, *, room: float, height: float) -> tuple[float, float]:
    """The width and height in points at which a picture is set: its own, within ``room`` and ``height`` points."""
    across, down = _svg_size(image) if picture_kind(name, image) == "svg" else _pixels(name, image)
    wide = min(across, room, height * across / max(down, 1.0))
    return round(wide, 2), round(wide * down / max(across, 1.0), 2)


def _pixels(name: str, image: bytes) -> tuple[float, float]:
    """The natural width and height of a picture of pixels, in points."""
    # Pillow takes long to load, and most papers have no picture.
    from PIL import Image  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(image)) as picture:
                across, down = picture.size
                dpi = float(picture.info.get("dpi", (_SCREEN_DPI, _SCREEN_DPI))[0])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CannotSet(f'The picture "{name}" cannot be read; open it and save it again.') from error
    if not 60 <= dpi <= 1200:
        dpi = _SCREEN_DPI
    return across * 72 / dpi, down * 72 / dpi


def _svg_size(image: bytes) -> tuple[float, float]:
    """The natural width and height of a drawing, in points: as its view box says, or a landscape shape."""
    found = _VIEW_BOX.search(image[:4096])
    across, down = (float(found["across"]), float(found["down"])) if found else _USUAL_DRAWING
    return across * 72 / _SCREEN_DPI, down * 72 / _SCREEN_DPI
