"""What the website leaves behind, tidied up."""

from __future__ import annotations

import datetime as dt

from moothall.core.press.tidying import Bounds, tidy
from moothall.jobs.recurring import Chore
from moothall.jobs.times import Daily
from moothall.website.views.forward_plan import papers

KEPT = Bounds(days=30, size=1 << 30)
"""A paper of a plan is made again in a second; an old one is asked for by nobody."""


def clear_papers() -> None:
    """Clear away papers of plans that nobody has asked for in a long time, and what an interrupted process left."""
    tidy(papers(), KEPT)


CHORES = (Chore("papers", Daily(dt.time(3, 10)), clear_papers),)
