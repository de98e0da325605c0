"""Days and deadlines in the language of whoever reads the page. What is told is kept without words (core.wording)."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from moothall.core import wording
from moothall.core.clocks import Deadline

READER: wording.Words = translation
"""The language of the request, or of the job."""


def say(day: dt.date) -> str:
    """A day as the product prints it: Friday 14 November 2014."""
    return wording.say(day, READER)


def say_date(day: dt.date) -> str:
    """A day without its weekday: 14 November 2014."""
    return wording.say_date(day, READER)


def explained(deadline: Deadline) -> str:
    """How a deadline was found: the days counted and those passed over, the day, the basis."""
    return deadline.explained(READER)
