"""From which day a person, a group or a body can have another name."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from moothall.foundation.councils.scoping import Dated
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say


def check_day_of_name(first_day: dt.date, renamed_on: dt.date | None, today: dt.date) -> None:
    """Raise RuleBroken for a day from which nothing can have a new name."""
    if first_day > today:
        raise RuleBroken(
            "", _("That day is still to come: enter the new name when it holds."), code="in-future", field="first_day"
        )
    if renamed_on is not None and first_day <= renamed_on:
        message = _("The present name holds from {day}: the new one begins later.").format(day=say(renamed_on))
        raise RuleBroken("", message, code="before-present-name", field="first_day")


def check_not_over(thing: Dated, first_day: dt.date) -> None:
    """Raise RuleBroken for a name that would begin when the thing is no more."""
    if thing.last_day is not None and first_day > thing.last_day:
        message = _("{thing} ended on {day}: it can have no other name after that.")
        raise RuleBroken("", message.format(thing=thing, day=say(thing.last_day)), code="after-end", field="first_day")
