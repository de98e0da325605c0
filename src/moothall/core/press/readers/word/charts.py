"""Charts in Word, set as the table of their figures: everybody can read that, and nothing of the chart is guessed.

Word keeps beside each chart the figures that it last drew (the cache), so that the workbook behind it is not needed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moothall.core.press.errors import CannotRead
from moothall.core.press.readers.word.context import Context
from moothall.core.press.readers.word.names import Element, q
from moothall.core.press.tree.inlines import clean_text
from moothall.core.press.tree.nodes import Cell, Paragraph, Row, Scope, Table, Text

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
