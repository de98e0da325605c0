"""Readers of single figures in tokens: number words, fractions, times, signs, suffixes and units."""

from __future__ import annotations

from fractions import Fraction

from moothall.core.figures.model import Unit
from moothall.core.figures.quantities.tokens import Token
from moothall.core.figures.quantities.words import (
    DURATIONS,
    GLUED_UNITS,
    NO_NOUN,
    NOUN_LEADS,
    ONES,
    PARTS,
    SCALES,
    SUFFIXES,
    TENS,
)

Tokens = list[Token]


def get_lower(tokens: Tokens, i: int) -> str:
    """Return the token at ``i`` in lower case, or "" outside the text."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def get_glued_word(tokens: Tokens, i: int) -> str:
    """Return the word that follows without a space, or ""."""
    return tokens[i].low if i < len(tokens) and tokens[i].glued and tokens[i].kind == "word" else ""


def is_code(tokens: Tokens, i: int) -> bool:
    """Return whether a number is part of a name: KS2, 2b+, 5A*, 01225 395108, 1:1, 4.1.2, A4."""
    token = tokens[i]
    if len(token.text) > 1 and token.text[0] == "0" and token.text[1] != ".":
        return True
    if i and (_is_part_of_name(tokens[i - 1]) if token.glued else _is_dialling_code(tokens[i - 1])):
        return True
    word = get_glued_word(tokens, i + 1)
    if word and word not in SUFFIXES and word not in GLUED_UNITS:
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following and following.glued and following.text in "+:*":
        return not (following.text == ":" and not (i + 2 < len(tokens) and tokens[i + 2].glued))
    if following and following.text == "." and following.glued and i + 2 < len(tokens) and tokens[i + 2].glued:
        return tokens[i + 2].kind == "number"
    return _is_before_grade(tokens, i + 1) or (
        i > 0
        and get_lower(tokens, i - 1) == ":"
        and token.glued
        and i > 1
        and tokens[i - 1].glued
        and tokens[i - 2].kind == "number"
    )


def _is_part_of_name(before: Token) -> bool:
    return before.kind == "word" or (before.text in "#_@\\" and before.kind == "sign")


def _is_dialling_code(before: Token) -> bool:
    """Return whether the number before is a dialling code, as in 01225 395108."""
    return before.kind == "number" and before.text[0] == "0" and len(before.text) >= 3 and before.text.isdecimal()


def _is_before_grade(tokens: Tokens, i: int) -> bool:
    """Return whether a grade follows, so that the number names a measure: ``5 A*-C``, ``5+ A*``."""
    word = tokens[i] if i < len(tokens) else None
    if word is None or word.text not in ("A", "A-C", "GCSEs"):
        return False
    return word.text == "A" and get_lower(tokens, i + 1) in ("*", "+", "-")


def read_number_words(tokens: Tokens, i: int) -> tuple[Fraction, int] | None:
    """Return the value of number words and the token after them: "two hundred and fifty", "three million"."""
    total = group = 0
    end, any_word = i, False
    while end < len(tokens):
        word = tokens[end].low
        if word in TENS:
            group += TENS[word]
        elif word in ONES:
            if any_word and (group % 10 or (group % 100 >= 10 and group % 100 < 20)):
                break
            group += ONES[word]
        elif word in SCALES and any_word:
            total, group = (total, group * 100) if word == "hundred" else (total + group * SCALES[word], 0)
        elif any_word and word in ("-", "and") and _continues_number(tokens, end, word):
            end += 1
            continue
        else:
            break
        any_word = True
        end += 1
    return (Fraction(total + group), end) if any_word else None


def _continues_number(tokens: Tokens, end: int, word: str) -> bool:
    after, before = get_lower(tokens, end + 1), get_lower(tokens, end - 1)
    if word == "and":
        return before in SCALES and (after in ONES or after in TENS)
    return before in TENS and after in ONES and tokens[end].glued


def is_counting_one(tokens: Tokens, i: int) -> bool:
    """Return whether "one" is a number here and not a pronoun."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind != "word":
        return False
    before = get_lower(tokens, i - 1)
    return after.low not in NO_NOUN and before not in ("no", "any", "each", "every", "this", "that", "which", "the")


def read_fraction(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """Return numerator, denominator and the token after: "two thirds", "a third of", "half of"."""
    word = tokens[i].low
    if word == "half":
        return (
            (1, 2, i + 1)
            if get_lower(tokens, i + 1) in ("of", "the") and get_lower(tokens, i - 1) not in ("first", "second")
            else None
        )
    top = ONES.get(word, 1 if word == "a" else 0)
    if not top:
        return None
    nxt = i + 1
    nxt += get_lower(tokens, nxt) == "-"
    bottom = PARTS.get(get_lower(tokens, nxt), 0)
    plural = get_lower(tokens, nxt).endswith("s")
    if not bottom or (top > 1) != plural or top >= bottom:
        return None
    return (top, bottom, nxt + 1) if plural or get_lower(tokens, nxt + 1) == "of" else None


def read_time(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the minutes after midnight and the token after: "4.30 pm", "10am", "14:30", "10.00 a.m."."""
    hours, _, minutes = tokens[i].text.partition(".")
    end = i + 1
    if (
        get_lower(tokens, end) == ":"
        and end + 1 < len(tokens)
        and tokens[end + 1].glued
        and len(tokens[end + 1].text) == 2
    ):
        minutes, end = tokens[end + 1].text, end + 2
        if not get_lower(tokens, end).startswith(("am", "pm", "a", "p")):
            ok = hours.isdecimal() and minutes.isdecimal() and len(hours) == 2
            return (int(hours) * 60 + int(minutes), end) if ok and int(hours) < 24 and int(minutes) < 60 else None
    half, stop = _read_half_day(tokens, end)
    if not half or not hours.isdecimal() or (minutes and not minutes.isdecimal()):
        return None
    hour, minute = int(hours), int(minutes or 0)
    if not (1 <= hour <= 12 and minute < 60):
        return None
    return (hour % 12 + (12 if half == "pm" else 0)) * 60 + minute, stop


def _read_half_day(tokens: Tokens, i: int) -> tuple[str, int]:
    word = get_lower(tokens, i)
    if word in ("am", "pm"):
        return word, i + 1
    if word in ("a", "p") and get_lower(tokens, i + 1) == "." and get_lower(tokens, i + 2) == "m":
        return word + "m", i + 3 + (get_lower(tokens, i + 3) == ".")
    return "", i


def is_school_year(tokens: Tokens, i: int) -> bool:
    """Return whether "Year 11" is a school year: a small whole number after a capital Y, or "year 6 pupils"."""
    text = tokens[i].text
    return text.isdecimal() and 1 <= int(text[:3]) <= 14 and tokens[i - 1].text[0] == "Y"


def find_next_number(tokens: Tokens, i: int) -> int | None:
    """Return the number after "of", "out of" or "of the", or None if another word comes first."""
    while get_lower(tokens, i) in ("out", "of", "the", "all"):
        i += 1
    return i if i < len(tokens) and tokens[i].kind == "number" else None


def read_whole(tokens: Tokens, i: int) -> tuple[Fraction, int, int] | None:
    """Return the total after "out of", "of the" or "in every": value, first token and the token after."""
    if get_lower(tokens, i) == "out":
        i += 1
    if get_lower(tokens, i) not in ("of", "in"):
        return None
    joint = get_lower(tokens, i)
    i += 1
    while get_lower(tokens, i) in ("the", "our", "every", "all", "a", "total"):
        i += 1
    if i >= len(tokens):
        return None
    if tokens[i].kind == "number":
        text = tokens[i].text.replace(",", "")
        whole = (
            text.isdecimal()
            and not is_code(tokens, i)
            and not _looks_like_year(text)
            and get_lower(tokens, i + 1) != "%"
        )
        return (Fraction(text), i, i + 1) if whole and (joint == "of" or len(text) <= 3) else None
    spelled = read_number_words(tokens, i)
    return (spelled[0], i, spelled[1]) if spelled and tokens[i].low != "one" else None


def _looks_like_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20")


def is_plain_pair(tokens: Tokens, i: int) -> bool:
    """Return whether ``69/52`` is a pair of figures: whole numbers, with nothing joined to them."""
    if i + 2 >= len(tokens) or tokens[i + 2].kind != "number" or not tokens[i + 2].glued or not tokens[i + 1].glued:
        return False
    if get_lower(tokens, i + 3) in ("/", "%") or (i and tokens[i - 1].text == "/"):
        return False
    texts = tokens[i].text, tokens[i + 2].text
    return all(t.replace(".", "").isdecimal() for t in texts) and not _looks_like_year(texts[0])


def read_sign(tokens: Tokens, i: int) -> tuple[str, int]:
    """Return the plus or minus joined to a figure, and its first token.

    A dash after a figure or word is not a sign.
    """
    before = tokens[i - 1] if i else None
    if before is None or before.text not in ("-", "−", "–", "+") or not tokens[i].glued:
        return "", i
    if before.text == "+":
        return "+", i - 1
    earlier = tokens[i - 2] if i > 1 else None
    joined = earlier is not None and (before.glued or earlier.kind == "number")
    return ("", i) if joined and earlier is not None and earlier.text not in "(£[:" else ("-", i - 1)


def read_suffix(tokens: Tokens, i: int, *, money: bool) -> tuple[int, int]:
    """Return the scale after a figure and the token after it.

    k, m and bn must be joined to the figure or follow a sum of money.
    """
    word = get_lower(tokens, i)
    scale = SUFFIXES.get(word)
    if scale is None or (len(word) < 3 and not (tokens[i].glued or money)):
        return 1, i
    return scale, i + 1


_SINGLE = {
    "%": Unit.PERCENT, "percent": Unit.PERCENT, "pc": Unit.PERCENT, "pp": Unit.PERCENTAGE_POINTS,
    "ppt": Unit.PERCENTAGE_POINTS, "ppts": Unit.PERCENTAGE_POINTS, "points": Unit.POINTS, "point": Unit.POINTS,
    "pounds": Unit.MONEY, "pts": Unit.POINTS,
}  # fmt: skip


def read_unit(tokens: Tokens, i: int, *, pounds: bool, before: Token | None) -> tuple[Unit, int, int]:
    """Return the unit after a figure, the token after it, and for a rate the number it is per."""
    if pounds:
        return Unit.MONEY, i, 0
    word, second = get_lower(tokens, i), get_lower(tokens, i + 1)
    double = _read_two_word_unit(word, second)
    if double:
        return double, i + 2, 0
    if word == "per" and i + 1 < len(tokens) and tokens[i + 1].kind == "number":
        per = tokens[i + 1].text.replace(",", "")
        return (Unit.RATE, i + 2, int(per)) if per.isdecimal() and len(per) < 10 else (Unit.NUMBER, i, 0)
    if word in _SINGLE:
        return _SINGLE[word], i + 1, 0
    span = _count_duration_tokens(word, second, get_lower(tokens, i + 2), before.low if before else "")
    return (Unit.DURATION, i + span, 0) if span else (Unit.NUMBER, i, 0)


def _count_duration_tokens(word: str, second: str, third: str, before: str) -> int:
    """Return how many tokens make a duration ("3 years", "three-year"), or 0."""
    if word == "-" and second in DURATIONS:
        return 0 if third in ("old", "olds", "-") else 2
    return int(word in DURATIONS and not (before in NOUN_LEADS and word == "terms"))


def _read_two_word_unit(word: str, second: str) -> Unit | None:
    if word == "per" and second == "cent":
        return Unit.PERCENT
    points = word in ("percentage", "%", "percent") and second in ("points", "point")
    swapped = word in ("points", "point") and second in ("percentage", "percent")
    return Unit.PERCENTAGE_POINTS if points or swapped else None
