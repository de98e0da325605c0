"""Sentences in the reader's language, from a core that knows no framework.

A value keeps what was found; words are put to it when it is shown, by whoever shows it. What makes a sentence takes
``words``: an object with ``gettext`` and ``ngettext``. ``django.utils.translation`` is one; ``ENGLISH``, which gives
every sentence back as it is written, another. Sentences stand where they are used, as ``words.gettext("…")``, so that
``makemessages`` finds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from gettext import NullTranslations
from typing import Protocol


class Words(Protocol):
    """A language: what ``gettext`` and ``ngettext`` of the standard library do."""

    def gettext(self, message: str, /) -> str:
        """The sentence in this language."""
        ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The sentence for a number of things in this language."""
        ...


ENGLISH: Words = NullTranslations()


def gettext_noop(message: str) -> str:
    """Marks a text for translation that is put into words elsewhere."""
    return message


WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
SHORT_WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)
MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def say(day: dt.date, words: Words = ENGLISH) -> str:
    """A day as the product prints it: Friday 14 November 2014."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    said = words.gettext("{weekday} {day} {month} {year}")
    return said.format(weekday=words.gettext(weekday), day=day.day, month=words.gettext(month), year=day.year)


def say_date(day: dt.date, words: Words = ENGLISH) -> str:
    """A day without its weekday: 14 November 2014."""
    month = words.gettext(MONTHS[day.month - 1])
    return words.gettext("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def say_month(day: dt.date, words: Words = ENGLISH) -> str:
    """The month of a day: November 2014."""
    return words.gettext("{month} {year}").format(month=words.gettext(MONTHS[day.month - 1]), year=day.year)


def listed(items: Sequence[str], words: Words = ENGLISH) -> str:
    """Things in a row: "one, two and three"."""
    if len(items) < 2:
        return "".join(items)
    return words.gettext("{several} and {last}").format(several=", ".join(items[:-1]), last=items[-1])
