"""Bodies, political balance, outside bodies."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from moothall.bodies.models import Body, FormerOutsideName, Nomination, OutsideBody
from moothall.foundation.actors import Request
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import see, visible
from moothall.workspace import csv_lists
from moothall.workspace.decorators import page, page_of
from moothall.workspace.filter_forms import FindBodies
from moothall.workspace.page_context import about_body, balancing, members_of


@page
def index(request: Request) -> HttpResponse:
    """The bodies, by name, or those that are looked for."""
    form = FindBodies(request.GET, actor=request.actor)
    rows = form.narrowed(visible(request.actor, Body).select_related("parent"))
    return render(request, "workspace/bodies/bodies.html", {"page": page_of(request, rows), "form": form})


@page
def body(request: Request, slug: str) -> HttpResponse:
    """One body."""
    found = see(request.actor, Body, slug=slug)
    return render(request, "workspace/bodies/body.html", about_body(found, request.actor))


@page
def members_csv(request: Request, slug: str) -> HttpResponse:
    """Who sits on a body, as a spreadsheet."""
    found = see(request.actor, Body, slug=slug)
    lines = csv_lists.members(found, members_of(found, request.actor), request.actor)
    return csv_lists.as_csv(f"{found.slug}-members", csv_lists.MEMBERS, lines)


@page
def balance(request: Request) -> HttpResponse:
    """Political balance: seats due and given, every step, each principle (MTG-23)."""
    return render(request, "workspace/bodies/balance.html", {"found": balancing(request.actor)})


@page
def outside(request: Request) -> HttpResponse:
    """Outside bodies, and whom the council sends there."""
    of_today = visible(request.actor, Nomination).filter(holding(request.actor.today))
    of_today = of_today.select_related("person", "outside_body")
    former = Prefetch("former_names", visible(request.actor, FormerOutsideName), "had_names")
    rows = visible(request.actor, OutsideBody).prefetch_related(Prefetch("nominations", of_today, "of_today"), former)
    return render(request, "workspace/bodies/outside_bodies.html", {"page": page_of(request, rows)})
