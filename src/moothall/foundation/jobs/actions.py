"""What an administrator does with jobs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from moothall.foundation.actions import change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.public_versions import no_public_effect
from moothall.foundation.errors import RuleBroken
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.states import MOVES, JobState


@verb(public_effect=no_public_effect)
def wake_job(job: Job, *, expected: int | None = None, by: Actor) -> Job:
    """Let a job that is dead or was dropped be tried again, from the first attempt. Raises RuleBroken."""
    MOVES.check(JobState(job.state), JobState.WAITING)
    if job.key and Job.objects.of(by.council).filter(key=job.key, state=JobState.WAITING).exists():
        raise RuleBroken("", _("The same work is in line already."), code="already-queued", field="state")
    DBTaskResult.objects.filter(pk=job.result_id).update(status=TaskResultStatus.READY, finished_at=None)
    return change(job, by, expected=expected, state=JobState.WAITING.value, due=by.at, attempts=0, ended=None)


@verb(public_effect=no_public_effect)
def drop_job(job: Job, *, expected: int | None = None, by: Actor) -> Job:
    """Give a job up: it is not tried (again). One that a worker has begun is brought to its end. Raises RuleBroken."""
    job = Job.objects.of(by.council).select_for_update().get(pk=job.pk)  # workers pass over a row that is locked
    MOVES.check(JobState(job.state), JobState.DROPPED)
    DBTaskResult.objects.filter(pk=job.result_id).update(status=TaskResultStatus.FAILED, finished_at=by.at)
    return change(job, by, expected=expected, state=JobState.DROPPED.value, ended=by.at)
