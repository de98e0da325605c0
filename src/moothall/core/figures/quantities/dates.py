"""Dates, years, academic and financial years, read from tokens."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from moothall.core.figures.model import Period
from moothall.core.figures.quantities.tokens import Token
from moothall.core.figures.quantities.words import COUNTED, MONTHS, WEEKDAYS, YEAR_WORDS

DateMatch = tuple[Period, int, int]
"""The period, its first token and the token after it."""


def read_date(tokens: list[Token], at: int) -> DateMatch | None:
    """Return the date whose day, month or year is the number at ``at``, or None."""
    return _read_day_month(tokens, at) or _read_numeric_date(tokens, at) or _read_month_year(tokens, at)


def read_year(tokens: list[Token], at: int) -> DateMatch | None:
    """Return the year or split year (2013/14, 2013-14, 2013/2014) whose first number is at ``at``, or None."""
    first = _parse_year(tokens[at])
    if first is None:
        return None
    if at + 2 < len(tokens) and tokens[at + 1].text in ("/", "-", "–", "—") and tokens[at + 2].kind == "number":
        second = _parse_second_year(first, tokens[at + 2].text)
        if second is not None:
            kind = "split year" if second == first + 1 else "years"
            return Period(date(first, 1, 1), date(second, 12, 31), kind), at, at + 3
    if not _is_year_in_context(tokens, at):
        return None
    return Period(date(first, 1, 1), date(first, 12, 31), "year"), at, at + 1


def _parse_year(token: Token) -> int | None:
    year = int(token.text) if len(token.text) == 4 and token.text.isdecimal() else 0
    return year if 1900 <= year <= 2099 else None


def _parse_second_year(first: int, text: str) -> int | None:
    if not text.isdecimal() or len(text) not in (2, 4):
        return None
    second = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if len(text) == 2 and second < first:
        second += 100
    return second if first < second <= first + 30 else None


def _is_year_in_context(tokens: list[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if before and before.low in ("in", "since", "during") and not (after and after.text == "%"):
        return True
    if after and (after.text == "%" or after.low in COUNTED or (after.glued and after.kind == "word")):
        return False
    if before is None or before.kind == "sign":
        return before is None or before.text not in "£-+.:#$€"
    if before.low == "of" and at > 1 and tokens[at - 2].low in ("total", "number", "grant", "sum"):
        return False
    return before.low in YEAR_WORDS or after is None or after.kind == "sign" or before.kind == "word"


def _read_day_month(tokens: list[Token], at: int) -> DateMatch | None:
    day = _parse_day(tokens[at].text)
    nxt = at + 1
    if day is None:
        return None
    if nxt < len(tokens) and tokens[nxt].glued and tokens[nxt].low in ("st", "nd", "rd", "th"):
        nxt += 1
    if nxt < len(tokens) and tokens[nxt].low == "of":
        nxt += 1
    month = MONTHS.get(tokens[nxt].low) if nxt < len(tokens) else None
    if month is None:
        return None
    nxt += 1
    year, end = _find_following_year(tokens, nxt)
    return _make_period((day, month, year), _find_weekday(tokens, at), end) if year else None


def _find_following_year(tokens: list[Token], at: int) -> tuple[int | None, int]:
    if at < len(tokens) and tokens[at].text in (",", "."):
        at += 1
    year = _parse_year(tokens[at]) if at < len(tokens) else None
    return year, at + 1


def _find_weekday(tokens: list[Token], at: int) -> tuple[str, int]:
    before = at - 1
    if before >= 0 and tokens[before].low == "the":
        before -= 1
    if before >= 0 and tokens[before].text == ",":
        before -= 1
    name = WEEKDAYS.get(tokens[before].low, "") if before >= 0 else ""
    return name, before if name else at


def _make_period(printed: tuple[int, int, int], before: tuple[str, int], end: int) -> DateMatch:
    (day, month, year), (weekday, first) = printed, before
    try:
        when = date(year, month, day)
    except ValueError:
        # An impossible day (31 June) is kept as its month, so that a rule can report it. Arithmetic must not use it.
        last = monthrange(year, month)[1]
        return Period(date(year, month, 1), date(year, month, last), "impossible day", weekday), first, end
    return Period(when, when, "day", weekday), first, end


def _parse_day(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _read_numeric_date(tokens: list[Token], at: int) -> DateMatch | None:
    """Return a date such as 24/11/2014 or 2014-11-24. 24.11.2014 is not read, because it may be a decimal."""
    if at + 4 >= len(tokens):
        return None
    parts = tokens[at : at + 5]
    if not (parts[1].text == parts[3].text and parts[1].text in "/-" and all(p.kind == "number" for p in parts[::2])):
        return None
    texts = [part.text for part in parts[::2]]
    if not all(text.isdecimal() and len(text) <= 4 for text in texts):
        return None
    year, month, day = (texts[0], texts[1], texts[2]) if len(texts[0]) == 4 else (texts[2], texts[1], texts[0])
    if len(year) == 2:
        year = "20" + year
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and 1900 <= int(year) <= 2099):
        return None
    return _make_period((int(day), int(month), int(year)), _find_weekday(tokens, at), at + 5)


def _read_month_year(tokens: list[Token], at: int) -> DateMatch | None:
    year = _parse_year(tokens[at])
    before = at - 1
    if before >= 0 and tokens[before].text in (",", "."):
        before -= 1
    month = MONTHS.get(tokens[before].low) if before >= 0 and tokens[before].kind == "word" else None
    if year is None or month is None:
        return None
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), "month"), before, at + 1
