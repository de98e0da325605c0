"""Which figures can be compared, how far rounding reaches, and how to write a figure."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Hedge, Quantity, Unit

_SHARES: Final = (Unit.PERCENT, Unit.PERCENTAGE_POINTS)
_PLAIN: Final = (Unit.COUNT, Unit.NUMBER, Unit.POINTS, Unit.RATE)
EXACT: Final = (Hedge.NONE,)


def is_comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures are of one kind: shares, money or plain numbers."""
    if one.unit in _SHARES or other.unit in _SHARES:
        return one.unit in _SHARES and other.unit in _SHARES
    if Unit.MONEY in (one.unit, other.unit):
        return one.unit is other.unit
    return one.unit in _PLAIN and other.unit in _PLAIN


def is_share(quantity: Quantity) -> bool:
    """Return whether a figure is a percentage or a number of percentage points."""
    return quantity.unit in _SHARES


def has_no_hedge(*quantities: Quantity) -> bool:
    """Return whether no figure has a hedge such as "about" or "over"."""
    return all(quantity.hedge in EXACT for quantity in quantities)


def find_possible_range(quantity: Quantity) -> Interval:
    """Return the values that a figure may stand for, given its rounding and its hedge."""
    interval = quantity.loose_interval if _is_round_number(quantity) else quantity.interval
    slack = abs(quantity.value) / 10
    match quantity.hedge:
        case Hedge.NONE:
            return interval
        case Hedge.ABOUT:
            return interval.widen(slack)
        case Hedge.JUST_UNDER:
            return Interval(interval.low - slack, interval.high)
        case Hedge.JUST_OVER:
            return Interval(interval.low, interval.high + slack)
        case Hedge.UNDER | Hedge.AT_MOST:
            return Interval(min(Fraction(0), interval.low), interval.high)
        case _:
            return Interval(interval.low, interval.high + abs(quantity.value) * 10)


def _is_round_number(quantity: Quantity) -> bool:
    return quantity.unit is Unit.MONEY and quantity.step == 1 and abs(quantity.value) >= 1000


def is_difference(gap: Quantity, one: Quantity, other: Quantity) -> bool:
    """Return whether a gap can be the difference of two figures, before or after rounding (DAT-02)."""
    true = abs(find_possible_range(one) - find_possible_range(other))
    return true.overlaps(abs(find_possible_range(gap)))


def is_relative_change(gap: Quantity, old: Quantity, new: Quantity) -> bool:
    """Return whether a percentage is the relative change between two figures, within rounding."""
    base = find_possible_range(old)
    if base.low <= 0 <= base.high:
        return True
    change = abs((find_possible_range(new) - base) / abs(base)) * Interval.exact(100)
    return change.overlaps(abs(find_possible_range(gap)))


def format_number(value: Fraction, places: int = 2) -> str:
    """Return a figure with thousands separators and at most ``places`` decimals: 12.5, 1,855, 62.67."""
    rounded = Fraction(round(value * 10**places), 10**places)
    whole, part = divmod(abs(rounded.numerator), rounded.denominator)
    digits = f"{part * 10**places // rounded.denominator:0{places}d}".rstrip("0") if places else ""
    return ("-" if rounded < 0 else "") + f"{whole:,}" + (f".{digits}" if digits else "")


def format_like(value: Fraction, quantity: Quantity) -> str:
    """Return a computed figure in the style of a printed one: £1.5m beside £4.3 million, 12.5 beside 7%."""
    if quantity.unit is Unit.MONEY:
        for scale, word in ((10**9, "bn"), (10**6, "m")):
            if abs(quantity.value) >= scale:
                return f"£{format_number(value / scale, 3)}{word}"
        return f"£{format_number(value)}"
    return format_number(value)


def format_quantity(quantity: Quantity) -> str:
    """Return a figure as printed, without extra spaces."""
    return " ".join(quantity.text.split())
