"""The scanner for figures in a sentence: one pass over its tokens."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from moothall.core.figures.model import Place, Quantity, Unit
from moothall.core.figures.quantities import numbers
from moothall.core.figures.quantities.context import apply_context
from moothall.core.figures.quantities.dates import read_date, read_year
from moothall.core.figures.quantities.tokens import has_figures, is_listing, split_tokens
from moothall.core.figures.quantities.words import AGE_WORDS, NUMBER_WORDS, ORDINALS, RANK_WORDS, REFERENCE_WORDS

ScannedQuantity = tuple[Quantity, int, int]
"""A quantity, its first token and the token after it."""


def find_quantities(text: str, at: Callable[[int, int], Place] | None = None) -> list[Quantity]:
    """Return the figures of ``text`` in order.

    ``at`` gives the place of a part of it (default: line 1 of ""). Labels (page 9, level 2, 5A*, KS2) are
    ``Unit.REFERENCE`` after a word such as "page", otherwise they are left out. The time is linear in the length.
    """
    if not has_figures(text) or is_listing(text):
        return []
    return _Scanner(text, at or (lambda start, end: Place("", 1, start, end))).scan_tokens()


class _Scanner:
    def __init__(self, text: str, at: Callable[[int, int], Place]) -> None:
        self.text = text
        self.at = at
        self.tokens = split_tokens(text)
        self.found: list[ScannedQuantity] = []

    def scan_tokens(self) -> list[Quantity]:
        i = 0
        while i < len(self.tokens):
            found = self.read_at(i)
            if found is None:
                i += 1
                continue
            self.found.append(found)
            i = max(found[2], i + 1)
        return [apply_context(q, self.tokens, first, end, self.found) for q, first, end in self.found]

    def read_at(self, i: int) -> ScannedQuantity | None:
        token = self.tokens[i]
        if token.kind == "word":
            return self.read_words(i) if token.low in NUMBER_WORDS else None
        if token.kind != "number":
            return None
        if numbers.is_code(self.tokens, i):
            return None
        return (
            self.read_time(i)
            or self.read_date(i)
            or self.read_reference(i)
            or self.read_rank(i)
            or self.read_year(i, split=True)
            or self.read_pair(i)
            or self.read_year(i)
            or (self.read_amount(i))
        )

    def make_quantity(self, unit: Unit, value: Fraction | int, first: int, end: int, **more: object) -> ScannedQuantity:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        exact = value if isinstance(value, Fraction) else Fraction(value)
        return Quantity(exact, unit, self.text[start:stop], self.at(start, stop), **more), first, end  # type: ignore[arg-type]

    def get_lower(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def read_words(self, i: int) -> ScannedQuantity | None:
        part = numbers.read_fraction(self.tokens, i)
        if part:
            top, bottom, end = part
            parts = (
                self.make_quantity(Unit.NUMBER, top, i, i + 1)[0],
                self.make_quantity(Unit.NUMBER, bottom, end - 1, end)[0],
            )
            return self.make_quantity(Unit.RATIO, Fraction(top, bottom), i, end, parts=parts)
        low = self.get_lower(i)
        if low in ORDINALS and not (low == "second" and self.get_lower(i - 1) in ("a", "per")):
            return self.make_quantity(Unit.ORDINAL, ORDINALS[low], i, i + 1)
        spelled = numbers.read_number_words(self.tokens, i)
        if spelled is None:
            return None
        value, end = spelled
        if low == "one" and end == i + 1 and not numbers.is_counting_one(self.tokens, i):
            return None
        return self.add_whole(self.complete_amount(value, Fraction(0), i, i, end))

    def read_time(self, i: int) -> ScannedQuantity | None:
        clock = numbers.read_time(self.tokens, i)
        return self.make_quantity(Unit.TIME, clock[0], i, clock[1]) if clock else None

    def read_date(self, i: int) -> ScannedQuantity | None:
        match = read_date(self.tokens, i)
        if match is None:
            return None
        period, first, end = match
        if self.found and first < self.found[-1][2]:
            first = i
        return self.make_quantity(Unit.PERIOD, period.first.toordinal(), first, end, when=period)

    def read_year(self, i: int, *, split: bool = False) -> ScannedQuantity | None:
        match = read_year(self.tokens, i)
        if match is None or (split and match[2] == i + 1):
            return None
        period, first, end = match
        return self.make_quantity(Unit.PERIOD, period.first.year, first, end, when=period)

    def read_reference(self, i: int) -> ScannedQuantity | None:
        word, first = self.get_lower(i - 1), i
        if word in ("year", "years") and numbers.is_school_year(self.tokens, i):
            return self.make_quantity(Unit.REFERENCE, int(self.tokens[i].text), i, i + 1, noun="year")
        if word not in REFERENCE_WORDS or (len(word) == 1 and self.get_lower(i - 2) not in ("(", "under", "see")):
            return None
        value = Fraction(self.tokens[i].text.replace(",", ""))
        end, parts = i + 1, ()
        if (
            self.get_lower(end) in ("-", "–", "to")
            and end + 1 < len(self.tokens)
            and self.tokens[end + 1].kind == "number"
        ):
            ends = (self.make_quantity(Unit.REFERENCE, value, i, i + 1)[0], self.make_number(end + 1, Unit.REFERENCE))
            end, parts = end + 2, ends  # type: ignore[assignment]
        return self.make_quantity(Unit.REFERENCE, value, first, end, noun=word, parts=parts)

    def make_number(self, i: int, unit: Unit) -> Quantity:
        return self.make_quantity(unit, Fraction(self.tokens[i].text.replace(",", "")), i, i + 1)[0]

    def read_rank(self, i: int) -> ScannedQuantity | None:
        value, end = Fraction(self.tokens[i].text.replace(",", "")), i + 1
        ordinal = numbers.get_glued_word(self.tokens, end) in ("st", "nd", "rd", "th")
        end += ordinal
        announced = any(self.get_lower(i - back) in RANK_WORDS for back in (1, 2))
        if not ordinal and not announced:
            return None
        mine = self.make_quantity(Unit.NUMBER, value, i, i + 1)[0]
        if self.get_lower(end) == "of" or (self.get_lower(end) == "out" and self.get_lower(end + 1) == "of"):
            nth = numbers.find_next_number(self.tokens, end)
            if nth is not None:
                other = self.make_number(nth, Unit.NUMBER)
                return self.make_quantity(Unit.RANK, value, i, nth + 1, parts=(mine, other))
        if ordinal:
            return self.make_quantity(Unit.ORDINAL, value, i, end)
        return self.make_quantity(Unit.RANK, value, i, end, parts=(mine,)) if announced else None

    def read_pair(self, i: int) -> ScannedQuantity | None:
        """Return a pair of figures at ``i``: ``130-140``, ``£20k - £40k``, ``69/52``."""
        if self.get_lower(i + 1) == "/" and numbers.is_plain_pair(self.tokens, i):
            parts = (self.make_number(i, Unit.NUMBER), self.make_number(i + 2, Unit.NUMBER))
            value = parts[0].value / parts[1].value if parts[1].value else Fraction(0)
            return self.make_quantity(Unit.RATIO, value, i, i + 3, parts=parts, readings=(Unit.RATIO, Unit.NUMBER))
        if not any(self.get_lower(i + ahead) in ("-", "–", "—") for ahead in (1, 2, 3)):
            return None
        low = self.read_amount(i, alone=True)
        if self.get_lower(low[2]) not in ("-", "–", "—"):
            return None
        nxt = low[2] + 1
        nxt += self.get_lower(nxt) == "£"
        if nxt >= len(self.tokens) or self.tokens[nxt].kind != "number" or numbers.is_code(self.tokens, nxt):
            return None
        high = self.read_amount(nxt, alone=True)
        if high[0].value <= low[0].value and low[0].unit is high[0].unit:
            return None
        unit = Unit.AGE if self.is_age(i, high[2]) else Unit.RANGE
        return self.make_quantity(unit, low[0].value, low[1], high[2], parts=(low[0], high[0]), step=low[0].step)

    def is_age(self, i: int, end: int) -> bool:
        near = {self.get_lower(i - 1), self.get_lower(i - 2)}
        return bool(near & AGE_WORDS) or (
            self.get_lower(end) in ("year", "years", "-") and self.get_lower(end + 1) in ("old", "olds", "year", "-")
        )

    def read_amount(self, i: int, *, alone: bool = False) -> ScannedQuantity:
        token = self.tokens[i]
        digits = token.text.replace(",", "")
        step = Fraction(1, 10 ** len(digits.partition(".")[2])) if "." in digits else Fraction(0)
        found = self.complete_amount(Fraction(digits), step, i, i, i + 1)
        return found if alone else self.add_whole(found)

    def complete_amount(self, value: Fraction, step: Fraction, i: int, first: int, end: int) -> ScannedQuantity:
        before = self.tokens[i - 1] if i else None
        sign, first = numbers.read_sign(self.tokens, i)
        pounds = self.get_lower(first - 1) == "£"
        if pounds:
            first -= 1
            sign, first = (sign, first) if sign else numbers.read_sign(self.tokens, first)
        scale, end = numbers.read_suffix(self.tokens, end, money=pounds)
        unit, end, per = numbers.read_unit(self.tokens, end, pounds=pounds, before=before)
        if unit is Unit.NUMBER and self.is_age(i, end):
            unit = Unit.AGE
        if scale > 1 or unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MONEY, Unit.RATE, Unit.POINTS):
            step = (step or Fraction(1)) * scale
        negative = -1 if sign == "-" else 1
        return self.make_quantity(unit, value * scale * negative, first, end, step=step, signed=bool(sign), per=per)

    def add_whole(self, found: ScannedQuantity) -> ScannedQuantity:
        """Return "15 out of 21" or "9 in 10" if a total follows the amount, otherwise the amount."""
        mine, first, end = found
        if mine.unit is not Unit.NUMBER or mine.value.denominator != 1:
            return found
        other = numbers.read_whole(self.tokens, end)
        if other is None:
            return found
        value, nth, stop = other
        if value < mine.value or not value:
            return found
        whole = self.make_quantity(Unit.NUMBER, value, nth, stop)[0]
        return self.make_quantity(Unit.RATIO, mine.value / value, first, stop, parts=(mine, whole))
