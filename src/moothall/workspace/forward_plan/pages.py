"""Forward plans: the list, one plan, one entry with its notices, clocks and slippage."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from moothall.forward_plan.models import Entry, Notice, Plan, Representation, Request
from moothall.forward_plan.queries import became, notice_clocks, out_of_date, way_of, what_is_wrong, whole
from moothall.forward_plan.states import EntryState
from moothall.foundation.actors import Request as Asks
from moothall.foundation.permissions import see, visible
from moothall.workspace.decorators import page, page_of


@page
def plans(request: Asks) -> HttpResponse:
    """Every plan, and the notice clocks that have moved."""
    rows = visible(request.actor, Plan).select_related("body")
    moved = out_of_date(request.council, on=request.actor.today)
    return render(request, "workspace/forward_plan/plans.html", {"page": page_of(request, rows), "moved": moved})


@page
def plan(request: Asks, pk: int) -> HttpResponse:
    """One plan: what is to come, what was dealt with, what minutes asked for."""
    found = see(request.actor, Plan, pk=pk)
    past = "past" in request.GET
    live = (EntryState.DRAFT, EntryState.PUBLISHED)
    rows = visible(request.actor, Entry).filter(plan=found)
    rows = rows.exclude(state__in=live) if past else rows.filter(state__in=live)
    shown = page_of(request, whole(rows))
    asked = visible(request.actor, Request).filter(plan=found).select_related("meeting__body", "plan")
    requests = [(row, *became(row, row.entries.all())) for row in asked.prefetch_related("entries__meeting")]
    lines = [(entry, way_of(entry)) for entry in shown]
    told = {"plan": found, "page": shown, "lines": lines, "past": past, "requests": requests}
    return render(request, "workspace/forward_plan/plan.html", told)


@page
def entry(request: Asks, pk: int) -> HttpResponse:
    """One entry."""
    found = see(request.actor, Entry, pk=pk)
    told = {
        "entry": found,
        "way": way_of(found),
        "wrong": what_is_wrong(found),
        "clocks": notice_clocks(found),
        "notices": visible(request.actor, Notice).filter(entry=found).select_related("agreed_by"),
        "representations": visible(request.actor, Representation).filter(entry=found),
    }
    return render(request, "workspace/forward_plan/entry.html", told)
