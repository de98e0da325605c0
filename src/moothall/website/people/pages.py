"""People in public life: the list, one person."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.bodies import public as bodies
from moothall.meetings import public as meetings
from moothall.people import public as people
from moothall.website.decorators import as_calendar, as_json, council_of, or_404, page, site

YEAR = dt.timedelta(days=365)


@page
def index(request: HttpRequest) -> HttpResponse:
    """Councillors, then everybody else in public life."""
    council = council_of(request)
    found = people.persons(council, council.today)
    context = {
        "councillors": [each for each in found if each.councillor],
        "others": [each for each in found if not each.councillor],
        "groups": people.groups(council, council.today),
    }
    return render(request, "website/people/people.html", context)


@page
def index_json(request: HttpRequest) -> HttpResponse:
    """Everybody in public life as data."""
    council = council_of(request)
    return as_json(people.persons(council, council.today))


@page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: office, places, interests, attendance."""
    council = council_of(request)
    today = council.today
    context = {
        "person": or_404(people.person(council, slug, today)),
        "places": bodies.memberships_of(council, slug, today),
        "former": bodies.former_memberships_of(council, slug, today),
        "interests": people.register(council, slug, today),
        "attendance": people.attendance(council, today - YEAR, today).get(slug),
        "since": today - YEAR,
        "today": today,
        "site": site(request),
    }
    return render(request, "website/people/person.html", context)


@page
def person_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One person as data."""
    council = council_of(request)
    return as_json(or_404(people.person(council, slug, council.today)))


@page
def person_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings at which somebody is expected, to subscribe to."""
    return as_calendar(meetings.calendar_of_person(council_of(request), slug, base=site(request)), slug)
