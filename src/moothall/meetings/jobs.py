"""Work on meetings that is done by itself."""

from __future__ import annotations

from django_tasks import task

from moothall.actor import Actor
from moothall.councils.council import Council
from moothall.jobs.following import Event
from moothall.meetings.actions import reevaluate_deadlines


@task()
def reevaluate(council: str) -> list[str]:
    """Compute the open deadlines of a council (its slug) anew, and tell what changed (CLK-03).

    It follows from every change of the calendar; a second time does no harm.
    """
    found = Council.objects.get(slug=council)
    return [str(each) for each in reevaluate_deadlines(by=Actor.operator(found))]


FOLLOWS = {Event.CALENDAR: (reevaluate,)}
