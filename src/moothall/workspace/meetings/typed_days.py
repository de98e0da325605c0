"""A list of days as a clerk writes it: one a line, with an hour and a title where they differ. No database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from moothall.core.clocks import say
from moothall.importers.cell_values import Unreadable, day, hour

LINE = re.compile(
    r"(?P<day>(?:[A-Za-z]+,?\s+)?\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:[A-Za-z]+\.?|\d{1,2})[\s/.,-]+\d{4}|\d{4}-\d\d-\d\d)"
    r"(?:\s*,?\s*(?:at\s+)?(?P<time>\d{1,2}(?:[:.]?\d{2})?\s*(?:[ap]\.?m\.?)?))?"
    r"(?:\s*[,;–—-]\s*(?P<title>.+))?",
    re.IGNORECASE,
)
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A day of the list; no ``time``: the usual one."""

    day: dt.date
    time: dt.time | None = None
    title: str = ""


def lines(text: str) -> list[Line]:
    """The days of a list, in order. Raises Unreadable, naming the line."""
    written = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(written) > MOST:
        raise Unreadable(
            f"That is a list of {len(written)} days: enter at most {MOST} at a time.", code="too-many-days"
        )
    return sorted(
        (_line(number, line) for number, line in written), key=lambda each: (each.day, each.time or dt.time())
    )


def written(found: Iterable[Line]) -> str:
    """Days as a list that ``lines`` reads again."""
    return "\n".join(
        f"{say(each.day)}" + (f" at {each.time:%H:%M}" if each.time else "") + (f", {each.title}" if each.title else "")
        for each in found
    )


def _line(number: int, text: str) -> Line:
    found = LINE.fullmatch(text)
    try:
        if found is None:
            return Line(day(text))
        return Line(day(found["day"]), hour(found["time"]) if found["time"] else None, found["title"] or "")
    except Unreadable as error:
        raise Unreadable(f"Line {number}: {error}", code=error.code) from None
