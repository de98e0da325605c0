"""Meetings: the list, one with its deadlines, a year of them in one go; rooms, recesses and elections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.bodies.models import Body
from moothall.foundation.actors import Request
from moothall.foundation.errors import Refused
from moothall.foundation.permissions import require, see, visible
from moothall.meetings.actions import plan_year
from moothall.meetings.links import is_link
from moothall.meetings.models import Act, Meeting, Period, Room
from moothall.meetings.queries import concerns_about, timeline
from moothall.meetings.states import MeetingState
from moothall.workspace import csv_lists
from moothall.workspace.decorators import given, page, page_of
from moothall.workspace.filter_forms import FindMeetings
from moothall.workspace.meetings.forms import Year
from moothall.workspace.meetings.year_plan import sheet
from moothall.workspace.meetings.year_suggestions import Suggestion, usual


@page
def index(request: Request) -> HttpResponse:
    """Meetings to come, past, or of a year; of one body, if one is named."""
    form = FindMeetings(request.GET, actor=request.actor)
    rows = form.narrowed(visible(request.actor, Meeting).select_related("body", "room"))
    body = visible(request.actor, Body).filter(slug=form.sought("body")).first() if form.sought("body") else None
    return render(
        request, "workspace/meetings/meetings.html", {"page": page_of(request, rows), "form": form, "body": body}
    )


@page
def meetings_csv(request: Request) -> HttpResponse:
    """The same meetings as a spreadsheet, all of them."""
    form = FindMeetings(request.GET, actor=request.actor)
    rows = form.narrowed(visible(request.actor, Meeting).select_related("body", "room"))
    return csv_lists.as_csv("meetings", csv_lists.MEETINGS, csv_lists.meetings(rows))


@page
def meeting(request: Request, pk: int) -> HttpResponse:
    """One meeting, with its deadlines as a timeline in which each explains itself."""
    found = see(request.actor, Meeting, pk=pk)
    prefetch_related_objects([found], "acts")
    acts = list(found.acts.all())
    agenda = Act.agenda_place(acts)
    told = {
        "meeting": found,
        "entries": timeline(found, at=request.actor.at),
        "held": MeetingState.HELD,
        "agenda_published": any(each.what == Act.What.AGENDA for each in acts),
        "agenda": agenda,
        "agenda_is_link": is_link(agenda),
    }
    return render(request, "workspace/meetings/meeting.html", told)


@page
def year(request: Request) -> HttpResponse:
    """A year of meetings of a body: entered as a list, looked at with what speaks against it, then confirmed."""
    require(request.actor, "meetings.plan_year")
    if request.method != "POST":
        return _suggest(request)
    form = Year(given(request), actor=request.actor)
    if not form.is_valid() or "again" in request.POST:
        return render(request, "workspace/meetings/year.html", {"form": form})
    return _enter(request, form) if "enter" in request.POST else _check(request, form)


def _suggest(request: Request) -> HttpResponse:
    """The empty list; or what a pattern, or the year before, makes of it."""
    asked = "how" in request.GET
    suggestion = Suggestion(request.GET if asked else None, actor=request.actor)
    initial: dict[str, Any] = {}
    told = ""
    if asked and suggestion.is_valid():
        initial, told = suggestion.filled(), suggestion.told()
    elif body := visible(request.actor, Body).filter(slug=request.GET.get("body", "")).first():
        initial, suggestion.initial["body"] = usual(body, request.actor), body
    form = Year(actor=request.actor, initial=initial)
    return render(request, "workspace/meetings/year.html", {"form": form, "suggestion": suggestion, "told": told})


def _check(request: Request, form: Year, *, missed: bool = False) -> HttpResponse:
    try:
        concerns = concerns_about(request.council, form.proposals(), at=request.actor.at)
    except Refused as error:
        form.refused(error)
        return render(request, "workspace/meetings/year.html", {"form": form})
    rows, read = sheet(form.proposals(), concerns), request.POST.getlist("confirmed")
    told = {"form": form, "rows": rows, "concerns": concerns, "missed": missed, "read": read}
    return render(request, "workspace/meetings/year_check.html", told)


def _enter(request: Request, form: Year) -> HttpResponse:
    try:
        made = plan_year(**form.values(), by=request.actor)
    except Refused as error:
        form.refused(error)
        if "confirmed" in form.errors:
            return _check(request, form, missed=True)
        return render(request, "workspace/meetings/year.html", {"form": form})
    told = ngettext("%(n)d meeting is entered.", "%(n)d meetings are entered.", len(made)) % {"n": len(made)}
    messages.success(request, _("{told} Their deadlines are on each of them.").format(told=told))
    return redirect(f"{reverse('workspace:meetings')}?body={form.cleaned_data['body'].slug}")


@page
def rooms(request: Request) -> HttpResponse:
    """The rooms in which bodies meet."""
    return render(request, "workspace/meetings/rooms.html", {"page": page_of(request, visible(request.actor, Room))})


@page
def periods(request: Request) -> HttpResponse:
    """Recesses and elections."""
    rows = visible(request.actor, Period).order_by("-first_day")
    return render(request, "workspace/meetings/periods.html", {"page": page_of(request, rows)})
