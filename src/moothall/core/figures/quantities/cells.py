"""The figure in a table cell, and the unit that a header gives."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from moothall.core.figures.model import Place, Quantity, Unit
from moothall.core.figures.quantities.words import SUFFIXES

_CELL: Final = re.compile(
    r"""^[~c≈]?\s*
    (?P<open>\()?\s*(?P<sign>[-+−–]|\u2212)?\s*(?P<pound>£)?\s*(?P<sign2>[-−–])?\s*
    (?P<number>\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{0,9})?|\.\d{1,9})\s*
    (?P<suffix>bn|mn|m|k|million|billion|thousand)?\s*(?P<percent>%|pp|ppts?)?\s*
    (?P<close>\))?\s*
    (?P<mark>[*†‡§¹²³]{1,3}|\[[\w ]{1,12}\]|\((?!\s*[-−£\d])[^()]{1,40}\))?\s*
    (?P<second>[(\[]\s*[-−]?\d{1,3}(?:\.\d{1,3})?\s*%?\s*[)\]])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_MONEY: Final = re.compile(
    r"£\s*['‘’]?\s*(?P<scale>0{3}s?|000,?000|k|m|mn|bn|million|thousand|billion)?(?![\d,.])", re.IGNORECASE
)
_SCALES: Final = {"000": 1000, "000s": 1000, "000000": 10**6, "000,000": 10**6}
_HINTS: Final = (
    (re.compile(r"%|\bper ?cent(?:age)?s?\b|\bproportions?\b", re.IGNORECASE), Unit.PERCENT),
    (re.compile(r"\bpoints?\b|\bscores?\b|\baps\b", re.IGNORECASE), Unit.POINTS),
    (re.compile(r"\brates?\b|\bper \d", re.IGNORECASE), Unit.RATE),
    (re.compile(r"\bnumbers?\b|\bno\.? of\b|\bcounts?\b|\bheadcount\b", re.IGNORECASE), Unit.COUNT),
)


def find_unit(text: str) -> tuple[Unit, int] | None:
    """Return the unit and scale that a header or caption gives, or None. ``£000`` is (money, 1000)."""
    if len(text) > 400:
        text = text[:400]
    money = _MONEY.search(text)
    if money:
        scale = (money["scale"] or "").lower()
        return Unit.MONEY, _SCALES.get(scale) or SUFFIXES.get(scale, 1)
    return next(((unit, 1) for hint, unit in _HINTS if hint.search(text)), None)


def read_cell(text: str, place: Place, *, header: tuple[Unit, int] | None = None) -> Quantity | None:
    """Return the figure of a cell, or None if it has something else.

    Brackets mean minus, as in accounts. ``header`` is the result of ``find_unit`` for the column, row or table. A
    second figure in brackets ("12 (34%)") is in ``parts``.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > 80:
        return None
    match = _CELL.match(stripped)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    if match["number"] == "000":  # "£000" names a unit
        return None
    digits = match["number"].replace(",", "").replace(" ", "").replace(" ", "")
    unit, scale = _choose_unit(match, header)
    value = Fraction(digits if not digits.endswith(".") else digits[:-1]) * scale
    negative = bool(match["open"]) or (match["sign"] or match["sign2"] or "+") != "+"
    return Quantity(
        value=-value if negative else value,
        unit=unit,
        text=stripped,
        place=place,
        step=_find_step(digits, unit, scale),
        scale=scale,
        signed=bool(match["sign"] or match["sign2"] or match["open"]),
        parts=_read_second_figure(match["second"], place),
    )


def _choose_unit(match: re.Match[str], header: tuple[Unit, int] | None) -> tuple[Unit, int]:
    suffix = SUFFIXES.get((match["suffix"] or "").lower(), 1)
    if match["pound"]:
        return Unit.MONEY, suffix if suffix > 1 else (header[1] if header and header[0] is Unit.MONEY else 1)
    if match["percent"]:
        return (Unit.PERCENT if match["percent"] == "%" else Unit.PERCENTAGE_POINTS), 1
    unit, scale = header or (Unit.NUMBER, 1)
    return unit, suffix if suffix > 1 else scale


def _find_step(digits: str, unit: Unit, scale: int) -> Fraction:
    places = len(digits.partition(".")[2])
    if unit is Unit.COUNT and not places and scale == 1:
        return Fraction(0)
    return Fraction(scale, 10**places)


def _read_second_figure(text: str | None, place: Place) -> tuple[Quantity, ...]:
    if not text:
        return ()
    inner = text.strip("()[] ")
    second = read_cell(inner, place)
    return (second,) if second else ()
