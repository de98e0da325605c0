"""What people type, paste and bring in from spreadsheets, without what nobody sees. No database.

Control characters stop feeds and calendars (XML and iCalendar have no way to write them); a text that turns its
direction round, or holds letters without width, is not what it looks like.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

ANOTHER_LINE = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What Word and others write for a new line, beside the usual ways."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but for tab and line ends
    "\u00ad\u200b\u2060\ufeff"  # hyphens that may be, letters without width
    "\u202a-\u202e\u2066-\u2069"  # directions that are forced
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"  # no letters at all
)
BREAKS = re.compile(r"[\t\r\n]+")


def legible(text: str) -> str:
    """A text with the letters that can be seen, on the lines that it has."""
    return INVISIBLE.sub("", ANOTHER_LINE.sub("\n", text))


def on_one_line(text: str) -> str:
    """A text that stands on one line, such as a name."""
    return " ".join(filter(None, (part.strip() for part in BREAKS.split(legible(text)))))


def legible_within(value: Any) -> Any:
    """The same for every text within a value: lists, dictionaries and dataclasses; anything else as it is."""
    kind = type(value)
    if kind is str:
        return legible(value)
    if kind in {list, tuple, set, frozenset}:
        return kind(legible_within(each) for each in value)
    if kind is dict:
        return {key: legible_within(each) for key, each in value.items()}
    if dataclasses.is_dataclass(kind):
        given = {each.name: getattr(value, each.name) for each in dataclasses.fields(value) if each.init}
        return dataclasses.replace(value, **{name: legible_within(each) for name, each in given.items()})
    return value
