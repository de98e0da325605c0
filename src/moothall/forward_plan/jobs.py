"""Work on plans that is done by itself."""

from __future__ import annotations

from django_tasks import task

from moothall.core.pdf.cache_cleanup import Bounds, tidy
from moothall.forward_plan.actions import reevaluate_notices
from moothall.forward_plan.pdf import papers
from moothall.forward_plan.queries import out_of_date
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council

KEPT = Bounds(days=30, size=1 << 30)
"""A paper of a plan is made again in a second; an old one is asked for by nobody."""


@task()
def reevaluate(council: str) -> list[str]:
    """Compute the notice clocks of a council (its slug) anew, and tell what changed (CLK-03).

    It follows from every change of the calendar and every move of a meeting; a second time does no harm.
    """
    return reevaluate_notices(by=Actor.operator(Council.objects.get(slug=council)))


@task()
def look_at_notices(council: str) -> list[str]:
    """Look whether a notice clock of a council (its slug) would be another by the calendar of today (CLK-03)."""
    found = Council.objects.get(slug=council)
    by = Actor.operator(found)
    if not out_of_date(found, on=by.today):
        return []  # nothing to tell, and no entry in the log for it
    return reevaluate_notices(by=by)


def clear_papers() -> None:
    """Clear away papers of plans that nobody has asked for in a month, and what an interrupted process left."""
    tidy(papers(), KEPT)
