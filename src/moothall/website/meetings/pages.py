"""A meeting, at the address that it keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from moothall.forward_plan import public as plans
from moothall.meetings import public as meetings
from moothall.website.decorators import as_calendar, as_json, council_of, one_meeting, or_404, page, site


@page(shows=one_meeting)
def meeting(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """One meeting; whoever comes by an address that it had is sent on."""
    council = council_of(request)
    found: meetings.PublicMeeting | meetings.Moved = or_404(meetings.meeting_at(council, body, slug))
    if isinstance(found, meetings.Moved):
        return redirect(found.address)
    context = {
        "meeting": found,
        "entries": plans.entries_of_meeting(council, body, slug, on=council.today),
        "today": council.today,
        "site": site(request),
    }
    return render(request, "website/meetings/meeting.html", context)


@page(shows=one_meeting)
def meeting_json(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """One meeting as data."""
    found: meetings.PublicMeeting | meetings.Moved = or_404(meetings.meeting_at(council_of(request), body, slug))
    if isinstance(found, meetings.Moved):
        return redirect(f"{found.address.rstrip('/')}.json")
    return as_json(found)


@page(shows=one_meeting)
def meeting_ics(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """One meeting for a calendar."""
    found = meetings.calendar_of_meeting(council_of(request), body, slug, base=site(request))
    return as_calendar(found, f"{body}-{slug}")
