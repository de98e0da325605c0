"""Letters as they arrive: what waits in line is sent first, as a worker would."""

from django.core import mail

from moothall.foundation.jobs.leases import everywhere
from moothall.foundation.jobs.states import JobState

LETTERS = ("moothall.sign_in.jobs.send_letter", "moothall.sign_in.jobs.send_invitation")


def waiting():
    """The letters in line."""
    return everywhere().filter(state=JobState.WAITING, name__in=LETTERS).order_by("pk")


def delivered():
    """Every letter so far, the waiting ones too; the list may be cleared."""
    for job in waiting():
        told = job.result.args_kwargs
        job.result.task.call(*told["args"], **told["kwargs"])
        everywhere().filter(pk=job.pk).update(state=JobState.DONE)
    return mail.outbox
