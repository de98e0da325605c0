"""When something that recurs is due: an hour of every day, where the councils are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Daily:
    """Once on every day, at an hour by the clock on the wall."""

    at: dt.time

    def after(self, moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """The first occurrence after a moment (UTC).

        When the clocks go forward, an hour that there is not counts as the one that follows; when they go back, the
        first of the two counts and the second does not. So there is one on every day, and never two.
        """
        day = moment.astimezone(zone).date()
        due = (self._on(day + dt.timedelta(days=n), zone) for n in count())
        return next(each for each in due if each > moment)

    def _on(self, day: dt.date, zone: dt.tzinfo) -> dt.datetime:
        return dt.datetime.combine(day, self.at, zone).astimezone(dt.UTC)
