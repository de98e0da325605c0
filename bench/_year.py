"""Enters meetings of every body of a council around today, in its installation: ``python -m bench._year HOST``.

The demo council lives in 2014: without these its pages of today would tell of no meeting, and be quicker than real.
"""

from __future__ import annotations

import datetime as dt
import sys

import django

STEP = dt.timedelta(weeks=4)
AROUND = 12


def main(host: str) -> None:
    """Enter a meeting every four weeks, for eleven months before today and after; prints how many there are."""
    django.setup()

    from moothall.bodies.queries import at_work  # noqa: PLC0415
    from moothall.foundation.actors import Actor  # noqa: PLC0415 - needs Django started
    from moothall.foundation.councils.models import Council  # noqa: PLC0415
    from moothall.meetings.actions import plan_year  # noqa: PLC0415
    from moothall.meetings.proposals import Proposal  # noqa: PLC0415
    from moothall.meetings.queries import concerns_about  # noqa: PLC0415

    council = Council.objects.get(domains__host=host)
    by = Actor.operator(council)
    monday = council.today - dt.timedelta(days=council.today.weekday())
    days = [monday + STEP * number for number in range(-AROUND, AROUND + 1)]
    proposals = [
        Proposal(body=body, day=day + dt.timedelta(days=number % 5), time=dt.time(14 + number // 5 % 8))
        for number, body in enumerate(at_work(council, council.today))
        for day in days
    ]
    told = [each.key for each in concerns_about(council, proposals, at=by.at)]
    sys.stdout.write(str(len(plan_year(proposals=proposals, confirmed=told, by=by))))


if __name__ == "__main__":
    main(sys.argv[1])
