"""Division of a paragraph into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 2000  # characters: longer sentences are divided, so that no rule reads one without end
_END: Final = re.compile(r"[.!?][)\"'”’\]]{0,2}\s+(?=[\"'“‘(\[]?[A-Z0-9£•])|;\s+(?=[A-Z])")
_SHORT: Final = {
    word
    for line in (
        "e.g i.e etc approx no nos cllr cllrs st mr mrs ms dr prof rev vs cf para paras fig figs ref p pp vol ed",
        "incl excl jan feb mar apr jun jul aug sept sep oct nov dec rt hon",
    )
    for word in line.split()
}


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence. Together they include every character that is not a space."""
    start = 0
    for match in _END.finditer(text):
        if not _is_abbreviation(text, match.start()):
            yield from _cut_sentence(text, start, match.end())
            start = match.end()
    yield from _cut_sentence(text, start, len(text))


def _is_abbreviation(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return False
    word = re.search(r"[\w.]{1,12}$", text[max(0, stop - 12) : stop])
    if word is None:
        return False
    last = word.group().lower().lstrip("(")
    return last in _SHORT or (len(last) == 1 and last.isalpha() and last != "i")


def _cut_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end - start > LONGEST:
        yield start, start + LONGEST
        start += LONGEST
    if end > start:
        yield start, end
