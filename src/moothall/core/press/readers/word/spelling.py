"""Numbers in English words, as Word writes them in lists: One, Twenty-one, First, Twenty-first."""

from __future__ import annotations

# fmt: off
_SMALL = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)
# fmt: on
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_ODD = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
        "twelve": "twelfth"}  # fmt: skip


def cardinal(count: int) -> str:
    """``count`` (0 to 99) in words; a larger number in digits."""
    if not 0 <= count < 100:
        return str(count)
    if count < 20:
        return _SMALL[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens]}-{_SMALL[ones].lower()}" if ones else _TENS[tens]


def ordinal(count: int) -> str:
    """``count`` as 1st, 2nd, 3rd, 11th."""
    if abs(count) % 100 in (11, 12, 13):
        return f"{count}th"
    return f"{count}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(abs(count) % 10, 'th') }"


def ordinal_words(count: int) -> str:
    """``count`` (1 to 99) as First, Twenty-first; a larger number as 101st."""
    if not 0 < count < 100:
        return ordinal(count)
    stem, dash, last = cardinal(count).rpartition("-")
    lower = last.lower()
    ended = _ODD.get(lower) or (f"{lower[:-1]}ieth" if lower.endswith("y") else f"{lower}th")
    return f"{stem}{dash}{ended}" if dash else ended.capitalize()
