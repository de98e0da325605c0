"""Who does a job, and until when. All that workers write of a job is written here.

A worker takes a job for LEASE seconds and renews that while it lives. A lease that has run out shows that its worker
was killed, or cut off: whichever worker looks next takes the job back. A worker whose lease went to another
cannot finish the job any more (its holder and attempt no longer match), so that a late answer changes nothing.
"""

from __future__ import annotations

import datetime as dt
from traceback import format_exception
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from moothall.core.documents.errors import PressError
from moothall.foundation.councils.scoping import ScopedQuerySet
from moothall.foundation.errors import Refused
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.states import JobState

LEASE = dt.timedelta(seconds=60)
TRIES = 6
FIRST_PAUSE = dt.timedelta(seconds=30)
KEPT = dt.timedelta(days=30)
LOST = "Its worker was killed, or lost its connection."
TOLD = 500


class Lost(Refused):
    """The worker of a job is gone."""


def everywhere() -> ScopedQuerySet[Job]:
    """The jobs of every council: workers serve them all."""
    return ScopedQuerySet(Job)


def pause(attempts: int) -> dt.timedelta:
    """How long to wait after so many failed attempts: 30 s, 2 min, 8 min, 32 min, about 2 hours."""
    factor: int = 4 ** (attempts - 1)
    return FIRST_PAUSE * factor


def take(worker: str, *, lease: dt.timedelta = LEASE) -> Job | None:
    """The next job that is due, held for ``worker``; None when there is none."""
    now = timezone.now()
    if not everywhere().filter(state=JobState.WAITING, due__lte=now).exists():
        return None  # on SQLite, looking inside the transaction below would make every writer wait
    with transaction.atomic():
        job = _next(now)
        if job is None:
            return None
        job.state, job.holder, job.lease_until = JobState.RUNNING.value, worker, now + lease
        job.attempts += 1
        job.save(update_fields=["state", "holder", "lease_until", "attempts"])
        job.result.claim(worker)
    return job


def in_hand() -> bool:
    """Whether any job is held, by whomever."""
    return everywhere().filter(state=JobState.RUNNING).exists()


def renew(job: Job, *, lease: dt.timedelta = LEASE) -> bool:
    """Hold a job for longer; False when it is no longer held."""
    return bool(_held(job).update(lease_until=timezone.now() + lease))


def finish(job: Job, value: Any) -> bool:
    """Note that a job is done, and what it gave; False when it was no longer held, and nothing is noted."""
    now = timezone.now()
    with transaction.atomic():
        if not _held(job).update(state=JobState.DONE, ended=now, lease_until=None, error="", reason=""):
            return False
        job.result.set_successful(value)
    return True


def fail(job: Job, error: BaseException) -> bool:
    """Note that an attempt failed: the job waits for the next, or is dead. False when it was no longer held."""
    return _put_back(job, "".join(format_exception(error)), pause(job.attempts), error)


def reap() -> list[Job]:
    """Take back the jobs whose workers are gone, and forget those done long ago; gives the ones taken back.

    They wait for no pause: nothing says that the job was at fault. One that kills every worker dies like any other.
    """
    lost = list(everywhere().filter(state=JobState.RUNNING, lease_until__lt=timezone.now()))
    _forget(timezone.now() - KEPT)
    return [job for job in lost if _put_back(job, LOST, dt.timedelta(0), Lost(LOST))]


def _next(now: dt.datetime) -> Job | None:
    same = everywhere().filter(state=JobState.RUNNING, council=OuterRef("council"), key=OuterRef("key"))
    rows = everywhere().filter(state=JobState.WAITING, due__lte=now)
    rows = rows.exclude(Exists(same.exclude(key=""))).order_by("-result__priority", "due", "pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()


def _held(job: Job) -> ScopedQuerySet[Job]:
    return everywhere().filter(pk=job.pk, holder=job.holder, attempts=job.attempts, state=JobState.RUNNING)


def _put_back(job: Job, error: str, wait: dt.timedelta, cause: BaseException) -> bool:
    now = timezone.now()
    with transaction.atomic():
        then = _after_failing(job)
        when = {"due": now + wait} if then is JobState.WAITING else {"ended": now}
        told = {"error": error, "reason": reason(cause)}
        if not _held(job).update(holder="", lease_until=None, state=then, **told, **when):
            return False
        if then is JobState.WAITING:
            DBTaskResult.objects.filter(pk=job.result_id).update(status=TaskResultStatus.READY, run_after=now + wait)
        else:
            job.result.set_failed(cause)
    return True


def reason(error: BaseException) -> str:
    """Why something failed, for the administrator.

    The sentence of a refusal was written to be read. Of any other error only the kind is told: its words may hold what
    it was called with, such as the password of a server.
    """
    return str(error)[:TOLD] if isinstance(error, Refused | PressError) else type(error).__name__


def _after_failing(job: Job) -> JobState:
    same = everywhere().filter(council=job.council_id, key=job.key, state=JobState.WAITING)
    if job.key and same.exists():
        return JobState.DONE  # its twin, put in line while it was at work, will do the same
    return JobState.DEAD if job.attempts >= TRIES else JobState.WAITING


def _forget(before: dt.datetime) -> None:
    over = (JobState.DONE, JobState.DROPPED)
    for job in everywhere().filter(state__in=over, ended__lt=before)[:100]:
        with transaction.atomic():
            job.delete()
            job.result.delete()
