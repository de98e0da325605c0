"""Work on meetings that is done by itself."""

from __future__ import annotations

from django_tasks import task

from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.meetings.actions import reevaluate_deadlines
from moothall.meetings.queries import out_of_date


@task()
def reevaluate(council: str) -> list[str]:
    """Compute the open deadlines of a council (its slug) anew, and tell what changed (CLK-03).

    It follows from every change of the calendar; a second time does no harm.
    """
    found = Council.objects.get(slug=council)
    return [str(each) for each in reevaluate_deadlines(by=Actor.operator(found))]


@task()
def look_at_deadlines(council: str) -> list[str]:
    """Look whether a deadline of a council (its slug) would be another by the calendar of today (CLK-03).

    So one is found, too, that moved without an act: by a newer version of Moothall that knows another bank holiday.
    """
    found = Council.objects.get(slug=council)
    by = Actor.operator(found)
    if not out_of_date(found, on=by.today):
        return []  # nothing to tell, and no entry in the log for it
    return [str(each) for each in reevaluate_deadlines(by=by)]
