"""What recurs: scheduled jobs of each council, and chores of the installation, as ``moothall.composition`` lists them:

    SCHEDULED_JOBS = (Recurring(verify_log, Daily(dt.time(3, 30))),)  # a job in each council; the task takes its slug
    CHORES = (Chore("sessions", Daily(dt.time(3)), clear),)           # once for the whole installation

An occurrence is put in line in the transaction that sets the next one, if it still was the next: of several workers
one does it, and one that is killed meanwhile has done neither. What was missed is made up for once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from moothall.foundation.councils.council import Council
from moothall.foundation.councils.scoping import ScopedQuerySet
from moothall.foundation.jobs.models import Job, Recurrence
from moothall.foundation.jobs.queue import enqueue
from moothall.foundation.jobs.schedules import Daily


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job that every council has once on each occurrence; its task takes the council's slug."""

    task: Task[..., Any]
    when: Daily


@dataclass(frozen=True, slots=True)
class Chore:
    """Something short that is done once for the whole installation on each occurrence; twice does no harm."""

    name: str
    when: Daily
    do: Callable[[], object]


@dataclass(slots=True)
class _Schedule:
    """The scheduled jobs by the name of their task, and the chores by their name."""

    jobs: dict[str, Recurring]
    chores: dict[str, Chore]


_INSTALLED = _Schedule({}, {})


def install_schedule(jobs: Iterable[Recurring], chores: Iterable[Chore]) -> None:
    """Set the scheduled jobs and chores. ``moothall.composition`` calls this once, at start."""
    _INSTALLED.jobs = {each.task.module_path: each for each in jobs}
    _INSTALLED.chores = {each.name: each for each in chores}


def recurring() -> dict[str, Recurring]:
    """Return every scheduled job, by the name of its task."""
    return _INSTALLED.jobs


def chores() -> dict[str, Chore]:
    """Return every chore, by its name."""
    return _INSTALLED.chores


def put_in_line(now: dt.datetime | None = None) -> list[Job]:
    """Put in line what is due at ``now`` in any council; gives the jobs that this call put there."""
    now = now or timezone.now()
    _enter(now)
    due = _everywhere().filter(due__lte=now, name__in=recurring()).select_related("council").order_by("due", "pk")
    return [job for row in due if (job := _occur(row, now))]


def _occur(row: Recurrence, now: dt.datetime) -> Job | None:
    plan = recurring()[row.name]
    then = plan.when.after(now, timezone.get_default_timezone())
    with transaction.atomic():
        if not _everywhere().filter(pk=row.pk, due=row.due).update(due=then, last=row.due):
            return None  # another worker was quicker
        return enqueue(plan.task, row.council.slug, council=row.council, key=f"every day: {row.name}")


def _enter(now: dt.datetime) -> None:
    """Give new councils, and jobs that newly recur, their first occurrence; forget those that recur no more."""
    known = set(_everywhere().values_list("council", "name"))
    councils = Council.objects.values_list("pk", flat=True)
    zone = timezone.get_default_timezone()
    new = [
        Recurrence(council_id=council, name=name, due=plan.when.after(now, zone))
        for council in councils
        for name, plan in recurring().items()
        if (council, name) not in known
    ]
    if new:
        _everywhere().bulk_create(new, ignore_conflicts=True)
    if {name for _, name in known} - set(recurring()):
        _everywhere().exclude(name__in=recurring()).delete()


def _everywhere() -> ScopedQuerySet[Recurrence]:
    """The recurrences of every council: workers serve them all."""
    return ScopedQuerySet(Recurrence)
