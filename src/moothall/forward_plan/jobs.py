"""Work on plans that is done by itself."""

from __future__ import annotations

from django_tasks import task

from moothall.actor import Actor
from moothall.councils.council import Council
from moothall.forward_plan.actions import reevaluate_notices
from moothall.jobs.following import Event


@task()
def reevaluate(council: str) -> list[str]:
    """Compute the notice clocks of a council (its slug) anew, and tell what changed (CLK-03).

    It follows from every change of the calendar and every move of a meeting; a second time does no harm.
    """
    return reevaluate_notices(by=Actor.operator(Council.objects.get(slug=council)))


FOLLOWS = {Event.CALENDAR: (reevaluate,), Event.MEETING: (reevaluate,)}
