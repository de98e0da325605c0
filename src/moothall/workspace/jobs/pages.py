"""What is done by itself: the jobs in line, what recurs, and one job."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from moothall.foundation.actors import Request
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queries import (
    chores_of_installation,
    jobs_of,
    line_of,
    recurring_of,
    require_reader,
    trouble_of,
)
from moothall.foundation.permissions import see
from moothall.workspace.decorators import page, page_of
from moothall.workspace.jobs.forms import SoughtJobs


@page
def index(request: Request) -> HttpResponse:
    """The jobs of the council, the newest first; what recurs in it, and in the installation."""
    require_reader(request.actor)
    rows = jobs_of(request.actor)
    form = SoughtJobs(request.GET or None, names=rows.order_by("name").values_list("name", flat=True).distinct())
    told = {
        "page": page_of(request, form.narrowed(rows) if form.is_valid() else rows),
        "form": form,
        "line": line_of(request.actor),
        "recurring": recurring_of(request.actor),
        "chores": chores_of_installation(request.actor),
        "trouble": trouble_of(request.actor),
    }
    return render(request, "workspace/jobs/jobs.html", told)


@page
def job(request: Request, pk: int) -> HttpResponse:
    """One job: what it does, how it stands, why it failed, when it is tried next."""
    return render(request, "workspace/jobs/job.html", {"job": see(request.actor, Job, pk=pk)})
