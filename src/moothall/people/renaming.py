"""From which day a person or a body can have another name."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.core.clocks import say
from moothall.errors import RuleBroken


def check_day_of_name(first_day: dt.date, renamed_on: dt.date | None, today: dt.date) -> None:
    """Raise RuleBroken for a day from which nothing can have a new name."""
    if first_day > today:
        raise RuleBroken("", _("That day is still to come: enter the new name when it holds."), field="first_day")
    if renamed_on is not None and first_day <= renamed_on:
        message = _("The present name holds from {day}: the new one begins later.").format(day=say(renamed_on))
        raise RuleBroken("", message, field="first_day")
