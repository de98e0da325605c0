"""The first page of a council, and the accessibility statement."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.bodies import public as bodies
from moothall.forward_plan import public as plans
from moothall.foundation.councils.options import options
from moothall.meetings import public as meetings
from moothall.people import public as people
from moothall.website.decorators import council_of, page, settings_only

AHEAD = dt.timedelta(days=60)
SHOWN = 6


@page
def home(request: HttpRequest) -> HttpResponse:
    """What is next, and the ways to everything else."""
    council = council_of(request)
    today = council.today
    coming = [each for each in meetings.meetings(council, today, today + AHEAD) if not each.undated]
    context = {
        "meetings": coming[:SHOWN],
        "more": len(coming) > SHOWN,
        "bodies": bodies.bodies(council, today),
        "plans": plans.plans(council),
        "today": today,
        "groups": people.groups(council, today),
    }
    return render(request, "website/home/home.html", context)


@page(shows=settings_only)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the website is, and whom to tell when it is not."""
    council = council_of(request)
    return render(request, "website/accessibility.html", {"chosen": options(council, council.today)})
