"""Reads of jobs, for the administrator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.scoping import ScopedQuerySet
from moothall.foundation.errors import NotThere
from moothall.foundation.jobs import heartbeats
from moothall.foundation.jobs.maintenance import BACKUP
from moothall.foundation.jobs.models import ChoreOfInstallation, Job, Recurrence
from moothall.foundation.jobs.states import JobState
from moothall.foundation.permissions import visible

READS_JOBS = (Role.ADMINISTRATOR, Role.AUDITOR, Role.OPERATOR)
BACKUP_OLD = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Line:
    """How long the line is. ``oldest`` is since when the first one that is due waits (None: none waits)."""

    waiting: int
    running: int
    done: int
    dead: int
    oldest: dt.datetime | None
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an administrator has to look after: jobs that are dead, workers of whom nothing is seen, an old backup."""

    dead: int
    silent: bool
    seen: dt.datetime | None
    backup: dt.datetime | None
    backup_old: bool

    def __bool__(self) -> bool:
        return bool(self.dead or self.silent or self.backup_old)


def jobs_of(actor: Actor) -> ScopedQuerySet[Job]:
    """The jobs of the actor's council that the actor may see, the newest first."""
    return visible(actor, Job).select_related("result").order_by("-pk")  # type: ignore[return-value]


def line_of(actor: Actor) -> Line:
    """The line of jobs of the actor's council, at ``actor.at``."""
    rows = visible(actor, Job)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    oldest = rows.filter(state=JobState.WAITING, due__lte=actor.at).aggregate(Min("due"))["due__min"]
    waiting, running, done, dead, dropped = (counts.get(state, 0) for state in JobState)
    return Line(waiting, running, done, dead, oldest, dropped)


def recurring_of(actor: Actor) -> QuerySet[Recurrence]:
    """What recurs in the actor's council, by name."""
    return visible(actor, Recurrence).order_by("name")


def chores_of_installation(actor: Actor) -> QuerySet[ChoreOfInstallation]:
    """What recurs for the whole installation, by name; nothing of a council is in it. Raises NotThere."""
    require_reader(actor)
    return ChoreOfInstallation.objects.order_by("name")


def trouble_of(actor: Actor) -> Trouble:
    """What the actor's council or its installation has to be helped with. Raises NotThere."""
    require_reader(actor)
    dead = visible(actor, Job).filter(state=JobState.DEAD).count()
    backup = ChoreOfInstallation.objects.filter(name=BACKUP).values_list("last", flat=True).first()
    old, seen = backup is None or heartbeats.age(backup) > BACKUP_OLD, heartbeats.last()
    return Trouble(dead, heartbeats.silent(seen), seen, backup, old)


def require_reader(actor: Actor) -> None:
    """Let pass who may know of the machine's work. Raises NotThere."""
    if not actor.holds(*READS_JOBS):
        raise NotThere
