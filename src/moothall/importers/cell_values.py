"""Days, hours, choices and yes or no as people write them in lists and spreadsheets. No database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext as _

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
YES, NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}
DAY = re.compile(r"(?:([a-z]+),?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+([a-z]+\.?|\d{1,2})[\s/.,-]+(\d{4})")
HOUR = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(?:[:.]\d{2})?\s*(a\.?m\.?|p\.?m\.?)?")


class Unreadable(ValueError):
    """Something written in a way that cannot be read; the message says how to write it, ``code`` what it is."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def day(text: str) -> dt.date:
    """A day: 2014-11-24, 24/11/2014 (day first), 24 November 2014, Monday 24 Nov 2014. Raises Unreadable.

    A weekday that is named must be the day's, so that a slip of the pen does not become a meeting.
    """
    found = _parts(text.strip().lower())
    if found is None:
        message = _("“{text}” is not a day. Write it like 24 November 2014, 24/11/2014 or 2014-11-24.")
        raise Unreadable(message.format(text=text), code="not-a-date")
    weekday, (year, month, number) = found
    try:
        made = dt.date(year, month, number)
    except ValueError:
        code = "month-before-day" if month > 12 >= number else "no-such-date"
        raise Unreadable(_no_day(text, month, number), code=code) from None
    if weekday and not WEEKDAYS[made.weekday()].startswith(weekday[:3]):
        named = WEEKDAY_NAMES[made.weekday()]
        raise Unreadable(_("“{text}”: that day is a {weekday}.").format(text=text, weekday=named), code="other-weekday")
    return made


def hour(text: str) -> dt.time:
    """An hour: 16:30, 4.30pm, 4 pm, 1630. Raises Unreadable."""
    found = HOUR.fullmatch(text.strip().lower())
    if found is None:
        raise Unreadable(
            _("“{text}” is not an hour. Write it like 16:30 or 4.30pm.").format(text=text), code="not-a-time"
        )
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hours <= 12:
        raise Unreadable(_("“{text}”: there is no such hour.").format(text=text), code="no-such-time")
    try:
        return dt.time(hours % 12 + (12 if half == "p" else 0) if half else hours, minutes)
    except ValueError:
        raise Unreadable(_("“{text}”: there is no such hour.").format(text=text), code="no-such-time") from None


def yes(text: str) -> bool:
    """Yes or no; nothing is no. Raises Unreadable."""
    said = text.strip().lower()
    if said not in YES | NO:
        raise Unreadable(_("“{text}” is neither yes nor no.").format(text=text), code="not-yes-or-no")
    return said in YES


def number(text: str) -> int:
    """A whole number. Raises Unreadable."""
    if not re.fullmatch(r"\d{1,6}", text.strip()):
        raise Unreadable(_("“{text}” is not a whole number.").format(text=text), code="not-a-number")
    return int(text)


def choice(text: str, choices: Iterable[tuple[str, object]]) -> str:
    """One of the choices, by its value or by its name, whatever the case. Raises Unreadable, naming all of them."""
    said = text.strip().lower()
    known = [(value, str(name)) for value, name in choices]
    for value, name in known:
        if said in {value.lower(), name.lower()}:
            return value
    names = ", ".join(name for _value, name in known)
    raise Unreadable(_("“{text}” is none of: {names}.").format(text=text, names=names), code="not-a-choice")


def _no_day(text: str, month: int, number: int) -> str:
    if month > 12 >= number:
        return _("“{text}”: there is no such day. The day comes first, then the month.").format(text=text)
    return _("“{text}”: there is no such day.").format(text=text)


def _parts(text: str) -> tuple[str, tuple[int, int, int]] | None:
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[t ]00:00(?::00)?)?", text):
        return "", (int(iso[1]), int(iso[2]), int(iso[3]))
    found = DAY.fullmatch(text)
    if found is None:
        return None
    weekday, written = found[1] or "", found[3].rstrip(".")
    if weekday and not any(name.startswith(weekday[:3]) for name in WEEKDAYS):
        return None
    month = int(written) if written.isdecimal() else MONTHS.get(written)
    return None if month is None else (weekday, (int(found[4]), month, int(found[2])))
