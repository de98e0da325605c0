"""The moment it is for the rules: the machine's own, or in a demonstration the same hour of its day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone


def moment() -> dt.datetime:
    """The moment at which somebody begins to act (aware). A demonstration (MOOTHALL_DEMO) lives one day for ever."""
    moment = timezone.now()
    day: dt.date | None = settings.DEMO_DAY
    if day is None:
        return moment
    local = timezone.localtime(moment)
    return dt.datetime.combine(day, local.time(), local.tzinfo)


def day() -> dt.date:
    """The day it is, where the installation's councils are."""
    return timezone.localdate(moment())
