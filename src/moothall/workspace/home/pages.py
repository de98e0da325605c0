"""The first page after signing in, by what somebody is; and a member's own register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from moothall.foundation.actors import Request, Role
from moothall.foundation.councils.queries import READS_LOG
from moothall.foundation.errors import NotThere
from moothall.people.queries import person_of
from moothall.workspace.decorators import page
from moothall.workspace.home import dashboard
from moothall.workspace.home.first_steps import first_steps
from moothall.workspace.page_context import about_person, coming, desk


@page
def home(request: Request) -> HttpResponse:
    """What is late, what is next, what is mine, and the way to everything else."""
    actor = request.actor
    own, focus = dashboard.planned(dashboard.own(request.user, actor), actor)  # type: ignore[arg-type]
    since, signed_in = dashboard.since(actor)
    next_meetings = list(coming(actor)[: dashboard.SHOWN])
    told = {
        "desk": desk(actor),
        "own": own,
        "focus": focus,
        "news": dashboard.news(actor, own, since),
        "since": since if signed_in else None,
        "log": dashboard.log(actor),
        "disclosures": dashboard.disclosures(actor),
        "invitations": dashboard.invitations(actor),
        "coming": next_meetings,
        "first_steps": [] if next_meetings else first_steps(actor),
        "attendance_stopped": dashboard.attendance_stopped(actor),
        "reads_only": actor.holds(Role.AUDITOR),
        "writes": actor.holds(Role.AUTHOR, Role.DIRECTOR),
        "reads_log": actor.holds(*READS_LOG),
        "administrator": actor.holds(Role.ADMINISTRATOR),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "workspace/home/home.html", told)


@page
def register(request: Request) -> HttpResponse:
    """What the register of interests says of whoever is signed in."""
    person = person_of(request.user, request.council)  # type: ignore[arg-type]
    if person is None:
        raise NotThere
    return render(request, "workspace/people/register.html", about_person(person, request.actor))
