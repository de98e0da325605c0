"""What is done by itself, in words: jobs, chores, and how they stand."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.states import JobState

JOBS: dict[str, str | Promise] = {
    "moothall.foundation.councils.jobs.verify_log": _("Check the audit log"),
    "moothall.meetings.jobs.reevaluate": _("Compute the deadlines of meetings anew"),
    "moothall.meetings.jobs.look_at_deadlines": _("Look whether deadlines of meetings have moved"),
    "moothall.forward_plan.jobs.reevaluate": _("Compute the notice clocks of the forward plan anew"),
    "moothall.forward_plan.jobs.look_at_notices": _("Look whether notice clocks of the forward plan have moved"),
    "moothall.sign_in.jobs.send_letter": _("Send a letter about signing in"),
    "moothall.sign_in.jobs.send_invitation": _("Send an invitation to sign in"),
}
CHORES: dict[str, str | Promise] = {
    "backup": _("Backup (made by the command, not by a worker)"),
    "sessions": _("Clear away sessions that are over"),
    "papers": _("Clear away papers of plans that nobody asks for"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    JobState.WAITING: (_("waiting"), "blue"),
    JobState.RUNNING: (_("running"), "teal"),
    JobState.DONE: (_("done"), "green"),
    JobState.DEAD: (_("failed"), "red"),
    JobState.DROPPED: (_("given up"), "grey"),
}
FAILED_BEFORE = (_("failed, will be tried again"), "orange")


def job_called(name: str) -> str:
    """What a job does, from the name of its task: the words for it, else the first line that its author wrote."""
    if name in JOBS:
        return str(JOBS[name])
    try:
        told = (import_string(name).func.__doc__ or "").strip()
    except ImportError:
        told = ""  # of an older version: the task is gone
    return told.splitlines()[0].rstrip(".") if told else name.rpartition(".")[2].replace("_", " ").capitalize()


def chore_called(name: str) -> str:
    """What a chore of the installation is called."""
    return str(CHORES.get(name, name.replace("_", " ").capitalize()))


def state_told(job: Job) -> tuple[str, str]:
    """How a job stands, in words, and the colour of it."""
    words, colour = FAILED_BEFORE if job.state == JobState.WAITING and job.attempts else STATES[job.state]
    return str(words), colour
