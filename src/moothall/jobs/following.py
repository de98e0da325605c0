"""Work that follows from an act. Who does the work says so: ``FOLLOWS`` in the folder's ``jobs.py`` names its tasks.

So a lower folder sets going what a higher one does, and knows nothing of it:

    FOLLOWS = {Event.CALENDAR: (reevaluate,)}    # a task that takes the slug of the council
"""

from __future__ import annotations

from enum import StrEnum

from moothall import folders
from moothall.councils.council import Council
from moothall.jobs.queue import enqueue


class Event(StrEnum):
    """What work may follow from."""

    CALENDAR = "calendar"
    """The days that count have changed, or how they are counted (CLK-03)."""
    MEETING = "meeting"
    """A meeting has another day, or none."""


def follow(event: Event, council: Council) -> None:
    """Put in line what follows from an event in a council; inside the transaction of the act that it is."""
    for module in folders.modules("jobs"):
        for task in getattr(module, "FOLLOWS", {}).get(event, ()):
            enqueue(task, council.slug, council=council, key=task.module_path)
