"""Bodies, political balance, outside bodies."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from moothall.access import see, visible
from moothall.actor import Request
from moothall.bodies.models import Body, FormerOutsideName, Nomination, OutsideBody
from moothall.councils.scoped import holding
from moothall.workspace.answering import page, page_of
from moothall.workspace.reading import about_body, balancing


@page
def index(request: Request) -> HttpResponse:
    """Every body, by name."""
    rows = visible(request.actor, Body).select_related("parent")
    return render(request, "workspace/bodies.html", {"page": page_of(request, rows)})


@page
def body(request: Request, slug: str) -> HttpResponse:
    """One body."""
    found = see(request.actor, Body, slug=slug)
    return render(request, "workspace/body.html", about_body(found, request.actor))


@page
def balance(request: Request) -> HttpResponse:
    """Political balance: seats due and given, every step, each principle (MTG-23)."""
    return render(request, "workspace/balance.html", {"found": balancing(request.actor)})


@page
def outside(request: Request) -> HttpResponse:
    """Outside bodies, and whom the council sends there."""
    of_today = visible(request.actor, Nomination).filter(holding(request.actor.today))
    of_today = of_today.select_related("person", "outside_body")
    former = Prefetch("former_names", visible(request.actor, FormerOutsideName), "had_names")
    rows = visible(request.actor, OutsideBody).prefetch_related(Prefetch("nominations", of_today, "of_today"), former)
    return render(request, "workspace/outside_bodies.html", {"page": page_of(request, rows)})
