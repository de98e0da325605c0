"""Putting a job in line: ``enqueue(reevaluate, council.slug, council=council, key="deadlines")``.

Call it inside the transaction of the act that the job belongs to: then the job exists exactly when the act does.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

from moothall.foundation.councils.council import Council
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.states import JobState


def enqueue(
    task: Task[..., Any], *args: Any, council: Council, key: str = "", after: dt.datetime | None = None, **kwargs: Any
) -> Job:
    """Put a task in line, to be done at least once, not before ``after``; gives the job.

    Jobs of a council with the same ``key`` are one job while they wait, and never run side by side. A job that has
    begun does not count: it may have looked before the change that this one is for. Arguments must be plain JSON
    values, since a job outlives the process.
    """
    ready, told = task.using(run_after=after), (args, kwargs)
    with transaction.atomic():
        if key and (waiting := _waiting(council, key)):
            return waiting
        try:
            with transaction.atomic():
                return _put(ready, told, council, key)
        except IntegrityError:
            if not key:
                raise
        # somebody else has put the same job in line just now; if it was taken up since, it may have looked too early
        return _waiting(council, key) or _put(ready, told, council, key)


def _put(task: Task[..., Any], told: tuple[Any, Any], council: Council, key: str) -> Job:
    backend: Any = task.get_backend()
    result = backend._task_to_db_task(task, *told)  # noqa: SLF001 - enqueue's own half
    row = Job(council=council, result=result, name=task.module_path, key=key, due=task.run_after or timezone.now())
    row.save(force_insert=True)
    return row


def _waiting(council: Council, key: str) -> Job | None:
    rows = Job.objects.of(council).filter(key=key, state=JobState.WAITING)
    return rows.select_for_update().first()
