"""Pictures and drawings in Word: taken out with their descriptions, cut as the page shows them.

Charts in Word, set as the table of their figures: everybody can read that, and nothing of the chart is guessed.

Word keeps beside each chart the figures that it last drew (the cache), so that the workbook behind it is not needed.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.images import admit, kind_of
from moothall.core.documents.inlines import clean_text, plain
from moothall.core.documents.readers.pictures import printable
from moothall.core.documents.readers.word.context import Context
from moothall.core.documents.readers.word.package import Element, child, q
from moothall.core.documents.tree import Cell, Figure, Paragraph, Row, Scope, Table, Text

MOST_SERIES = 60
MOST_POINTS = 2000
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - the day 0 of workbooks, which know no zones
_FIGURE = re.compile(r"\.(0+)")


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    labels: dict[int, str]
    values: dict[int, str]


def read_chart(context: Context, drawing: Element, alt: str) -> Table | None:
    """The table of the chart in ``drawing``; None where its figures are not there, too many, or of no common scale."""
    link = next((chart.get(q("r:id"), "") for chart in drawing.iter(q("c:chart"))), "")
    relation = context.package.relations(context.part).get(link)
    if relation is None or relation.external or relation.target not in context.package.names:
        return None
    try:
        root = context.package.xml(relation.target)
    except CannotRead:
        return None
    return _table(root, alt)


def _table(root: Element, alt: str) -> Table | None:
    series = [_series(each, number) for number, each in enumerate(root.iter(q("c:ser")), 1)]
    labels = {index: label for each in reversed(series) for index, label in each.labels.items()}
    places = sorted({index for each in series for index in each.values} | labels.keys())
    if not series or not places or len(series) > MOST_SERIES or len(places) > MOST_POINTS:
        return None
    if any(each.labels and each.labels != labels for each in series):
        return None
    head = _row("", *(each.name for each in series), scopes=[Scope.COLUMN] * (len(series) + 1))
    rows = (
        _row(labels.get(index, str(index + 1)), *(each.values.get(index, "") for each in series), scopes=[Scope.ROW])
        for index in places
    )
    caption = _title(root) or alt
    return Table(tuple(rows), head=(head,), caption=(Text(caption),) if caption else ())


def _title(root: Element) -> str:
    title = next((each for chart in root.iter(q("c:chart")) for each in chart.iterchildren(q("c:title"))), None)
    return _words(title.iter(q("a:t"), q("c:v"))) if title is not None else ""


def _words(parts: Iterable[Element]) -> str:
    return clean_text("".join(part.text or "" for part in parts)).strip()


def _series(element: Element, number: int) -> _Series:
    names = [part for name in element.iterchildren(q("c:tx")) for part in name.iter(q("c:v"))]
    return _Series(
        _words(names) or f"Series {number}",
        _points(element, "c:cat", "c:xVal"),
        _points(element, "c:val", "c:yVal"),
    )


def _points(element: Element, *names: str) -> dict[int, str]:
    """The points of a cache by their places, as the chart shows them; of labels on several levels, the innermost."""
    holder = next(element.iterchildren(*map(q, names)), None)
    if holder is None:
        return {}
    inner = next(holder.iter(q("c:lvl")), holder)
    code = next((each.text or "" for each in holder.iter(q("c:formatCode"))), "General")
    numeric = next(holder.iter(q("c:numCache"), q("c:numLit")), None) is not None
    found = {}
    for point in inner.iter(q("c:pt")):
        place, text = point.get("idx", ""), _words(point.iter(q("c:v")))
        if re.fullmatch(r"[0-9]{1,6}", place) and text:
            found[int(place)] = shown(text, code) if numeric else text
    return found


def shown(text: str, code: str) -> str:
    """A figure as its number format ``code`` shows it: its decimals, thousands, per cent, pounds, or as a date."""
    try:
        figure = float(text)
    except ValueError:
        return text
    code = code.partition(";")[0]
    plain = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", code).lower()
    if re.search(r"y|d|mmm", plain) and abs(figure) < 200_000:
        return _day(figure, plain)
    decimals = _FIGURE.search(plain)
    places = len(decimals[1]) if decimals else 0
    percent = "%" in plain
    if not re.search("[0#]", plain):
        return f"{figure:.10g}"
    amount = f"{figure * (100 if percent else 1):{',' if ',' in plain else ''}.{places}f}"
    sign, amount = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    return f"{sign}{'£' if '£' in code else ''}{amount}{'%' if percent else ''}"


def _day(figure: float, plain: str) -> str:
    day = _FIRST_DAY + dt.timedelta(days=figure)
    if "d" in plain:
        return f"{day:%-d %B %Y}"
    return f"{day:%B %Y}" if "m" in plain else f"{day:%Y}"


def _row(*texts: str, scopes: Sequence[Scope]) -> Row:
    """A row whose leading cells have ``scopes``; figures stand to the right."""
    padded = [*scopes, *[Scope.NONE] * (len(texts) - len(scopes))]
    return Row(
        tuple(
            Cell((Paragraph((Text(text),)),) if text else (), scope=scope, align="right" if place else "")
            for place, (text, scope) in enumerate(zip(texts, padded, strict=True))
        )
    )


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
