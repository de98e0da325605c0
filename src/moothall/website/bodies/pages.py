"""Bodies: the list, one body, and where the council sends people."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.bodies import public as bodies
from moothall.forward_plan import public as plans
from moothall.meetings import public as meetings
from moothall.people import public as people
from moothall.website.decorators import as_calendar, as_json, council_of, one_body, or_404, page, site
from moothall.website.people.pages import YEAR

AHEAD = dt.timedelta(days=365)
SHOWN = 6


@page
def index(request: HttpRequest) -> HttpResponse:
    """The bodies at work, by kind."""
    council = council_of(request)
    return render(request, "website/bodies/bodies.html", {"bodies": _by_kind(bodies.bodies(council, council.today))})


@page
def index_json(request: HttpRequest) -> HttpResponse:
    """The bodies at work as data."""
    council = council_of(request)
    return as_json(bodies.bodies(council, council.today))


@page(shows=one_body)
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: what it is for, who is on it, when it meets."""
    council = council_of(request)
    today = council.today
    found: bodies.PublicBody = or_404(bodies.body(council, slug, today))
    near = meetings.meetings_near(council, slug, today, reach=AHEAD, most=SHOWN)
    attended = people.attendance(council, today - YEAR, today)
    plan = plans.outline(council, slug, most=SHOWN)
    context = {
        "body": found,
        "plan": plan,
        "entries": plan.entries if plan else (),
        "members": [(each, attended.get(each.slug)) for each in found.members],
        "attended": bool(attended),
        "coming": [each for each in near if each.day >= today and not each.undated],
        "past": [each for each in reversed(near) if each.day < today and not each.undated],
        "undated": [each for each in near if each.undated],
        "today": today,
        "site": site(request),
    }
    return render(request, "website/bodies/body.html", context)


@page(shows=one_body)
def body_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One body as data."""
    council = council_of(request)
    return as_json(or_404(bodies.body(council, slug, council.today)))


@page(shows=one_body)
def body_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of one body, to subscribe to."""
    return as_calendar(meetings.calendar_of_body(council_of(request), slug, base=site(request)), slug)


@page
def outside(request: HttpRequest) -> HttpResponse:
    """Bodies that are not the council's, and whom it sends there."""
    council = council_of(request)
    return render(
        request, "website/bodies/outside_bodies.html", {"bodies": bodies.outside_bodies(council, council.today)}
    )


def _by_kind(lines: tuple[bodies.BodyLine, ...]) -> list[tuple[str, list[bodies.BodyLine]]]:
    found: dict[str, list[bodies.BodyLine]] = {}
    for each in lines:
        found.setdefault(each.kind_name, []).append(each)
    return list(found.items())
