"""Pictures: known by their first bytes, sized by their pixels."""

from __future__ import annotations

import io
import warnings

from moothall.core.press.errors import CannotSet

_SCREEN_DPI = 96.0
_TALLEST = 640.0
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


def picture_width(name: str, image: bytes, *, room: float) -> float:
    """The width in points at which a picture is set: its natural size, but no wider than ``room`` nor a page tall.

    0 for an SVG, which is as wide as there is room for.
    """
    if picture_kind(name, image) == "svg":
        return 0.0
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
    return round(min(across * 72 / dpi, room, _TALLEST * across / max(down, 1)), 2)
