"""Pictures and drawings in Word: taken out with their descriptions, cut as the page shows them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from moothall.core.press.errors import CannotRead
from moothall.core.press.readers.pictures import printable
from moothall.core.press.readers.word.charts import read_chart
from moothall.core.press.readers.word.context import Context
from moothall.core.press.readers.word.names import Element, child, q
from moothall.core.press.tree.images import admit, kind_of
from moothall.core.press.tree.inlines import plain
from moothall.core.press.tree.nodes import Figure, Table

_KEPT_AS_THEY_ARE = (".gif", ".svg")


def read_drawing(context: Context, drawing: Element) -> Iterator[Figure | Table]:
    """The pictures of a ``w:drawing``; a chart as a table; what is neither (a diagram) is a caution."""
    described = next(drawing.iter(q("wp:docPr")), None)
    alt = _description(described)
    decorative = any(mark.get("val") in ("1", "true") for mark in drawing.iter(q("adec:decorative")))
    blips = list(drawing.iter(q("a:blip")))
    for blip in blips:
        link = blip.get(q("r:embed"))
        if link is None:
            context.caution("picture-missing", _missing(alt))
            continue
        crop = child(blip.getparent(), "a:srcRect")
        yield from _figure(context, link, alt, crop, decorative=decorative)
    if not blips and next(drawing.iter(q("w:txbxContent")), None) is None:
        yield from _read_graphic(context, drawing, alt)


def read_old_picture(context: Context, element: Element) -> Iterator[Figure]:
    """The pictures of a ``w:pict`` or of an embedded object (VML)."""
    for data in element.iter(q("v:imagedata")):
        shape = data.getparent()
        alt = (shape.get("alt", "") if shape is not None else "") or data.get(q("o:title"), "")
        yield from _figure(context, data.get(q("r:id"), ""), alt, None, decorative=False)


def _description(described: Element | None) -> str:
    if described is None:
        return ""
    return (described.get("descr") or described.get("title") or "").strip()


def _figure(context: Context, link: str, alt: str, crop: Element | None, *, decorative: bool) -> Iterator[Figure]:
    relation = context.package.relations(context.part).get(link)
    if relation is None or relation.external or relation.target not in context.package.names:
        context.caution("picture-missing", _missing(alt))
        return
    content = _admissible(context.package.read(relation.target), _edges(crop))
    admitted = admit(content) if content is not None else None
    if admitted is None:
        context.caution("picture-unreadable", _unreadable(relation.target, alt))
        return
    context.images[admitted[0]] = admitted[1]
    yield Figure(admitted[0], "" if decorative else alt, decorative=decorative)


def _edges(crop: Element | None) -> tuple[float, float, float, float]:
    """How much is cut off at the left, top, right and bottom, as parts of the whole."""
    if crop is None:
        return (0, 0, 0, 0)
    left, top, right, bottom = (_part(crop.get(side, "0")) for side in "ltrb")
    return (left, top, right, bottom)


def _part(text: str) -> float:
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 100_000)
    except ValueError:
        return 0
    return min(max(value, 0), 1)


def _admissible(content: bytes, edges: tuple[float, float, float, float]) -> bytes | None:
    """The picture as it may go out: without what is cut off on the page, and without the camera's notes."""
    if kind_of(content) in _KEPT_AS_THEY_ARE and not any(edges):
        return content
    try:
        with Image.open(BytesIO(content)) as picture:
            if not any(edges):
                return printable(picture)
            left, top, right, bottom = edges
            box = (
                left * picture.width,
                top * picture.height,
                (1 - right) * picture.width,
                (1 - bottom) * picture.height,
            )
            if box[2] - box[0] < 1 or box[3] - box[1] < 1:
                return None
            cropped = picture.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
            cropped.format = picture.format
            return printable(cropped)
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        TypeError,
        CannotRead,
        Image.DecompressionBombError,
    ):
        return None


def _read_graphic(context: Context, drawing: Element, alt: str) -> Iterator[Table]:
    """A chart as the table of its figures; any other graphic is a caution."""
    table = read_chart(context, drawing, alt)
    if table is None:
        _caution_drawing(context, drawing, alt)
        return
    title = plain(table.caption)
    named = f"The chart “{title}”" if title else "A chart"
    context.caution(
        "chart-as-table",
        f"{named} is shown as the table of its figures: paste it as a picture beside it if its shape matters.",
    )
    yield table


def _caution_drawing(context: Context, drawing: Element, alt: str) -> None:
    what = "A chart" if _holds(drawing, "c:chart") else "A diagram" if _holds(drawing, "dgm:relIds") else ""
    if what:
        named = f"{what} (“{alt}”)" if alt else what
        context.caution(
            "drawing-left-out",
            f"{named} was left out, since only Word can draw it: paste it as a picture, and describe it.",
        )


def _holds(drawing: Element, name: str) -> bool:
    return next(drawing.iter(q(name)), None) is not None


def _missing(alt: str) -> str:
    name = f"The picture “{alt}”" if alt else "A picture"
    return f"{name} is only linked, not in the document, and was left out: insert it into the document."


def _unreadable(target: str, alt: str) -> str:
    name = f"The picture “{alt}”" if alt else "A picture"
    kind = posixpath.splitext(target)[1].lstrip(".").upper() or "unknown"
    return f"{name} is damaged or of a kind that cannot be shown ({kind}) and was left out: paste it as PNG."
