"""Tokens of a text: numbers, words and single signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# No alternative can match the same text in two ways, so the time is linear.
_TOKEN: Final = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]\S*)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>\S)"
)
_INTERESTING: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|half|third|quarter|first|second|fourth|fifth|hundred|thousand|million)s?\b",
    re.IGNORECASE,
)
LONGEST_NUMBER: Final = 18  # digits; longer strings are codes, and exact arithmetic on them would be slow


@dataclass(frozen=True, slots=True)
class Token:
    """A token. ``kind`` is number, word or sign. ``glued`` is true if no space precedes it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool
    low: str


def has_figures(text: str) -> bool:
    """Return whether a text can have a figure."""
    return _INTERESTING.search(text) is not None


def is_listing(text: str) -> bool:
    """Return whether a long text has so many digits that it is data and not a sentence."""
    return len(text) > 400 and sum(map(str.isdigit, text)) * 3 > len(text)


def split_tokens(text: str) -> list[Token]:
    """Return the tokens of a text, without web and email addresses."""
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind == "number" and end - start > LONGEST_NUMBER + 8:
            kind = "skip"
        if kind != "skip":
            text_ = match.group()
            found.append(Token(kind, text_, start, end, start == last, text_.lower() if kind == "word" else text_))
        last = end
    return found
