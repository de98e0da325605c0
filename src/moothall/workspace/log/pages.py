"""The audit log: read, filtered, verified."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from moothall.foundation.actors import Request
from moothall.foundation.audit import chain
from moothall.foundation.councils.queries import log_of
from moothall.workspace.decorators import page, page_of
from moothall.workspace.log.forms import Sought
from moothall.workspace.log.log_text import told


@page
def log(request: Request) -> HttpResponse:
    """Who did what, when and from where; the newest first."""
    rows = log_of(request.actor)
    form = Sought(request.GET or None, verbs=rows.order_by("verb").values_list("verb", flat=True).distinct())
    found = page_of(request, form.narrowed(rows) if form.is_valid() else rows)
    return render(
        request, "workspace/log/log.html", {"page": found, "told": told(list(found), request.actor), "form": form}
    )


@page
def verify(request: Request) -> HttpResponse:
    """Check the chain of the log, entry by entry."""
    log_of(request.actor)
    found = chain.verify(request.council) if request.method == "POST" else None
    return render(request, "workspace/log/verify.html", {"found": found})
