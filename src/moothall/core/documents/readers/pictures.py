"""Pictures as papers: a figure a page, upright, without the camera's notes, no larger than print needs."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.images import admit
from moothall.core.documents.normalise import normalise
from moothall.core.documents.tree import Block, Document, Figure, PageBreak
from moothall.core.documents.warnings import Reading

MOST_PIXELS = 200_000_000
MOST_PAGES = 500
LONGEST_SIDE = 5000  # pixels: A3 at 300 dots an inch
_HEIF = (".heic", ".heif", ".avif")


def read_file(path: Path) -> Reading:
    """A document with one figure a page; a multi-page TIFF gives several."""
    images: dict[str, bytes] = {}
    blocks: list[Block] = []
    for content in _pages(path):
        admitted = admit(content)
        if admitted is None:
            raise CannotRead(f"{path.name} is damaged: save the picture again as PNG")
        images[admitted[0]] = admitted[1]
        blocks.extend([PageBreak()] if blocks else [])
        blocks.append(Figure(admitted[0], alt=""))
    return normalise(Document(tuple(blocks), images=images))


def _pages(path: Path) -> Iterator[bytes]:
    try:
        with catch_warnings():
            simplefilter("ignore")
            with Image.open(path) as picture:
                for count, page in enumerate(ImageSequence.Iterator(picture), 1):
                    if count > MOST_PAGES:
                        raise CannotRead(f"{path.name} has more than {MOST_PAGES} pages: split it")
                    yield printable(page)
                    if picture.format not in ("TIFF", "WEBP") or (
                        getattr(picture, "is_animated", False) and picture.format == "WEBP"
                    ):
                        return
    except UnidentifiedImageError as error:
        raise CannotRead(_unknown(path)) from error
    except Image.DecompressionBombError as error:
        raise CannotRead(_too_large(path)) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError) as error:
        raise CannotRead(f"{path.name} is damaged: save the picture again as PNG or JPEG") from error


def printable(picture: Image.Image) -> bytes:
    """``picture`` as PNG or JPEG bytes: upright, in RGB or grey, without metadata, at most ``LONGEST_SIDE`` long.

    Raises ``CannotRead`` above ``MOST_PIXELS``.
    """
    if picture.width * picture.height > MOST_PIXELS:
        raise CannotRead(f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels: make it smaller")
    photograph = picture.format in ("JPEG", "MPO")
    upright = ImageOps.exif_transpose(picture)
    upright = _plain(upright)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    if photograph:
        upright.save(out, "JPEG", quality=90, optimize=True)
    else:
        upright.save(out, "PNG", optimize=False)
    return out.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that every reader of PNG and JPEG knows."""
    if picture.mode in ("1", "L", "RGB"):
        return picture.copy()
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        # on paper there is nothing behind a picture but paper
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    if picture.mode.startswith(("I", "F")):
        return ImageOps.autocontrast(picture.convert("F").point(lambda value: value / 256).convert("L"))
    return picture.convert("RGB")


def _unknown(path: Path) -> str:
    if path.suffix.lower() in _HEIF:
        return f"{path.name} is a HEIC picture, which cannot be read here: save it as JPEG"
    return f"{path.name} is a damaged picture or of an unknown kind: save it again as PNG or JPEG"


def _too_large(path: Path) -> str:
    return f"{path.name} has more pixels than any page can show: make it smaller"
