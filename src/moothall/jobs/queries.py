"""Reads of jobs, for the administrator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from moothall.access import visible
from moothall.actor import Actor
from moothall.councils.scoped import ScopedQuerySet
from moothall.jobs.models import Job
from moothall.jobs.states import JobState


@dataclass(frozen=True, slots=True)
class Line:
    """How long the line is. ``oldest`` is since when the first one that is due waits (None: none waits)."""

    waiting: int
    running: int
    done: int
    dead: int
    oldest: dt.datetime | None


def jobs_of(actor: Actor) -> ScopedQuerySet[Job]:
    """The jobs of the actor's council that the actor may see, the newest first."""
    return visible(actor, Job).select_related("result").order_by("-pk")  # type: ignore[return-value]


def line_of(actor: Actor) -> Line:
    """The line of jobs of the actor's council, at ``actor.at``."""
    rows = visible(actor, Job)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    oldest = rows.filter(state=JobState.WAITING, due__lte=actor.at).aggregate(Min("due"))["due__min"]
    waiting, running, done, dead = (counts.get(state, 0) for state in JobState)
    return Line(waiting, running, done, dead, oldest)
