"""Finds the figures of a sentence: one pass over its tokens, each figure read by the first reader that knows it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from moothall.core.figures.model import Place, Quantity, Unit
from moothall.core.figures.quantities import numbers
from moothall.core.figures.quantities.context import in_context
from moothall.core.figures.quantities.dates import a_date, a_year
from moothall.core.figures.quantities.tokens import has_figures, is_listing, tokens
from moothall.core.figures.quantities.words import AGE_WORDS, NUMBER_WORDS, ORDINALS, RANK_WORDS, REFERENCE_WORDS

Found = tuple[Quantity, int, int]
"""A quantity, and the first token of it and the first after it."""


def scan(text: str, at: Callable[[int, int], Place] | None = None) -> list[Quantity]:
    """The figures of ``text`` in order; ``at`` gives the place of a stretch of it (by default: line 1 of "").

    Labels (page 9, level 2, 5A*, KS2) come as ``Unit.REFERENCE`` where a word announces them, else not at all.
    Linear in the length of the text.
    """
    if not has_figures(text) or is_listing(text):
        return []
    return _Scanner(text, at or (lambda start, end: Place("", 1, start, end))).run()


class _Scanner:
    def __init__(self, text: str, at: Callable[[int, int], Place]) -> None:
        self.text = text
        self.at = at
        self.tokens = tokens(text)
        self.found: list[Found] = []

    def run(self) -> list[Quantity]:
        i = 0
        while i < len(self.tokens):
            hit = self.reader(i)
            if hit is None:
                i += 1
                continue
            self.found.append(hit)
            i = max(hit[2], i + 1)
        return [in_context(q, self.tokens, first, end, self.found) for q, first, end in self.found]

    def reader(self, i: int) -> Found | None:
        token = self.tokens[i]
        if token.kind == "word":
            return self.worded(i) if token.low in NUMBER_WORDS else None
        if token.kind != "number":
            return None
        if numbers.is_code(self.tokens, i):
            return None
        return (
            self.time(i)
            or self.date(i)
            or self.reference(i)
            or self.rank(i)
            or self.year(i, split=True)
            or self.pair(i)
            or self.year(i)
            or (self.amount(i))
        )

    def make(self, unit: Unit, value: Fraction | int, first: int, end: int, **more: object) -> Found:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        exact = value if isinstance(value, Fraction) else Fraction(value)
        return Quantity(exact, unit, self.text[start:stop], self.at(start, stop), **more), first, end  # type: ignore[arg-type]

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def worded(self, i: int) -> Found | None:
        part = numbers.a_part(self.tokens, i)
        if part:
            top, bottom, end = part
            parts = (self.make(Unit.NUMBER, top, i, i + 1)[0], self.make(Unit.NUMBER, bottom, end - 1, end)[0])
            return self.make(Unit.RATIO, Fraction(top, bottom), i, end, parts=parts)
        low = self.low(i)
        if low in ORDINALS and not (low == "second" and self.low(i - 1) in ("a", "per")):
            return self.make(Unit.ORDINAL, ORDINALS[low], i, i + 1)
        spelled = numbers.in_words(self.tokens, i)
        if spelled is None:
            return None
        value, end = spelled
        if low == "one" and end == i + 1 and not numbers.one_counts(self.tokens, i):
            return None
        return self.out_of(self.amount_of(value, Fraction(0), i, i, end))

    def time(self, i: int) -> Found | None:
        clock = numbers.a_time(self.tokens, i)
        return self.make(Unit.TIME, clock[0], i, clock[1]) if clock else None

    def date(self, i: int) -> Found | None:
        match = a_date(self.tokens, i)
        if match is None:
            return None
        period, first, end = match
        if self.found and first < self.found[-1][2]:
            first = i
        return self.make(Unit.PERIOD, period.first.toordinal(), first, end, when=period)

    def year(self, i: int, *, split: bool = False) -> Found | None:
        match = a_year(self.tokens, i)
        if match is None or (split and match[2] == i + 1):
            return None
        period, first, end = match
        return self.make(Unit.PERIOD, period.first.year, first, end, when=period)

    def reference(self, i: int) -> Found | None:
        word, first = self.low(i - 1), i
        if word in ("year", "years") and numbers.is_school_year(self.tokens, i):
            return self.make(Unit.REFERENCE, int(self.tokens[i].text), i, i + 1, noun="year")
        if word not in REFERENCE_WORDS or (len(word) == 1 and self.low(i - 2) not in ("(", "under", "see")):
            return None
        value = Fraction(self.tokens[i].text.replace(",", ""))
        end, parts = i + 1, ()
        if self.low(end) in ("-", "–", "to") and end + 1 < len(self.tokens) and self.tokens[end + 1].kind == "number":
            ends = (self.make(Unit.REFERENCE, value, i, i + 1)[0], self.amount_at(end + 1, Unit.REFERENCE))
            end, parts = end + 2, ends  # type: ignore[assignment]
        return self.make(Unit.REFERENCE, value, first, end, noun=word, parts=parts)

    def amount_at(self, i: int, unit: Unit) -> Quantity:
        return self.make(unit, Fraction(self.tokens[i].text.replace(",", "")), i, i + 1)[0]

    def rank(self, i: int) -> Found | None:
        value, end = Fraction(self.tokens[i].text.replace(",", "")), i + 1
        ordinal = numbers.glued_word(self.tokens, end) in ("st", "nd", "rd", "th")
        end += ordinal
        announced = any(self.low(i - back) in RANK_WORDS for back in (1, 2))
        if not ordinal and not announced:
            return None
        mine = self.make(Unit.NUMBER, value, i, i + 1)[0]
        if self.low(end) == "of" or (self.low(end) == "out" and self.low(end + 1) == "of"):
            nth = numbers.next_number(self.tokens, end)
            if nth is not None:
                other = self.amount_at(nth, Unit.NUMBER)
                return self.make(Unit.RANK, value, i, nth + 1, parts=(mine, other))
        if ordinal:
            return self.make(Unit.ORDINAL, value, i, end)
        return self.make(Unit.RANK, value, i, end, parts=(mine,)) if announced else None

    def pair(self, i: int) -> Found | None:
        """``130-140``, ``£20k - £40k``, ``69/52``, ``9 in 10`` that begin at ``i``."""
        if self.low(i + 1) == "/" and numbers.is_plain_pair(self.tokens, i):
            parts = (self.amount_at(i, Unit.NUMBER), self.amount_at(i + 2, Unit.NUMBER))
            value = parts[0].value / parts[1].value if parts[1].value else Fraction(0)
            return self.make(Unit.RATIO, value, i, i + 3, parts=parts, readings=(Unit.RATIO, Unit.NUMBER))
        if not any(self.low(i + ahead) in ("-", "–", "—") for ahead in (1, 2, 3)):
            return None
        low = self.amount(i, alone=True)
        if self.low(low[2]) not in ("-", "–", "—"):
            return None
        nxt = low[2] + 1
        nxt += self.low(nxt) == "£"
        if nxt >= len(self.tokens) or self.tokens[nxt].kind != "number" or numbers.is_code(self.tokens, nxt):
            return None
        high = self.amount(nxt, alone=True)
        if high[0].value <= low[0].value and low[0].unit is high[0].unit:
            return None
        unit = Unit.AGE if self.is_age(i, high[2]) else Unit.RANGE
        return self.make(unit, low[0].value, low[1], high[2], parts=(low[0], high[0]), step=low[0].step)

    def is_age(self, i: int, end: int) -> bool:
        near = {self.low(i - 1), self.low(i - 2)}
        return bool(near & AGE_WORDS) or (
            self.low(end) in ("year", "years", "-") and self.low(end + 1) in ("old", "olds", "year", "-")
        )

    def amount(self, i: int, *, alone: bool = False) -> Found:
        token = self.tokens[i]
        digits = token.text.replace(",", "")
        step = Fraction(1, 10 ** len(digits.partition(".")[2])) if "." in digits else Fraction(0)
        found = self.amount_of(Fraction(digits), step, i, i, i + 1)
        return found if alone else self.out_of(found)

    def amount_of(self, value: Fraction, step: Fraction, i: int, first: int, end: int) -> Found:
        before = self.tokens[i - 1] if i else None
        sign, first = numbers.sign_before(self.tokens, i)
        pounds = self.low(first - 1) == "£"
        if pounds:
            first -= 1
            sign, first = (sign, first) if sign else numbers.sign_before(self.tokens, first)
        scale, end = numbers.suffix(self.tokens, end, money=pounds)
        unit, end, per = numbers.unit_after(self.tokens, end, pounds=pounds, before=before)
        if unit is Unit.NUMBER and self.is_age(i, end):
            unit = Unit.AGE
        if scale > 1 or unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MONEY, Unit.RATE, Unit.POINTS):
            step = (step or Fraction(1)) * scale
        negative = -1 if sign == "-" else 1
        return self.make(unit, value * scale * negative, first, end, step=step, signed=bool(sign), per=per)

    def out_of(self, found: Found) -> Found:
        """``15 out of 21``, ``15 of the 21``, ``9 in 10`` after the amount found; else the amount."""
        mine, first, end = found
        if mine.unit is not Unit.NUMBER or mine.value.denominator != 1:
            return found
        other = numbers.out_of(self.tokens, end)
        if other is None:
            return found
        value, nth, stop = other
        if value < mine.value or not value:
            return found
        whole = self.make(Unit.NUMBER, value, nth, stop)[0]
        return self.make(Unit.RATIO, mine.value / value, first, stop, parts=(mine, whole))
