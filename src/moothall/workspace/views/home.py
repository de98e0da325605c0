"""The first page after signing in, by what somebody is; and a member's own register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from moothall.actor import Request, Role
from moothall.councils.queries import READS_LOG
from moothall.errors import NotThere
from moothall.people.queries import person_of
from moothall.workspace.answering import page
from moothall.workspace.reading import about_person, coming, desk, mine


@page
def home(request: Request) -> HttpResponse:
    """What is late, what is next, what is mine, and the way to everything else."""
    actor = request.actor
    told = {
        "desk": desk(actor),
        "mine": mine(request.user, actor),  # type: ignore[arg-type]
        "coming": coming(actor)[:10],
        "reads_log": actor.holds(*READS_LOG),
        "administrator": actor.holds(Role.ADMINISTRATOR),
    }
    return render(request, "workspace/home.html", told)


@page
def register(request: Request) -> HttpResponse:
    """What the register of interests says of whoever is signed in."""
    person = person_of(request.user, request.council)  # type: ignore[arg-type]
    if person is None:
        raise NotThere
    return render(request, "workspace/register.html", about_person(person, request.actor))
