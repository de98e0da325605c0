"""What is planned: the plans, one plan in its forms, one entry."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from moothall.forward_plan import public as plans
from moothall.forward_plan.pdf import papers, set_plan
from moothall.forward_plan.spreadsheet import as_csv
from moothall.website.decorators import as_json, council_of, one_body, or_404, page, site


@page
def index(request: HttpRequest) -> HttpResponse:
    """Every plan of the council."""
    return render(request, "website/forward_plan/plans.html", {"plans": plans.plans(council_of(request))})


@page(shows=one_body)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of a body."""
    return render(request, "website/forward_plan/plan.html", {"plan": _plan(request, slug)})


@page(shows=one_body)
def plan_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of a body as data."""
    return as_json(_plan(request, slug))


@page(shows=one_body)
def plan_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of a body for a spreadsheet."""
    return _file(
        as_csv(_plan(request, slug), base=site(request)), "text/csv; charset=utf-8", f"{slug}-forward-plan.csv"
    )


@page(shows=one_body)
def plan_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of a body as a paper; made once for every state of the plan."""
    found, today = _plan(request, slug), council_of(request).today
    created = found.changed_at or timezone.make_aware(dt.datetime.combine(today, dt.time()))
    made = set_plan(found, on=today, store=papers(), created=created)
    return _file(made.pdf.read_bytes(), "application/pdf", f"{slug}-forward-plan.pdf")


@page(shows=one_body)
def plan_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed last in the plan of a body, to follow."""
    found, base = _plan(request, slug), site(request)
    feed = Atom1Feed(
        title=found.title,
        link=base + found.address,
        description=found.title,
        feed_url=base + request.path,
        language="en",
    )
    for each in plans.feed(council_of(request), slug, base=base, on=council_of(request).today):
        feed.add_item(
            title=each.title, link=each.link, description=each.summary, unique_id=each.id, updateddate=each.updated
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@page(shows=one_body)
def entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One entry. A withdrawn one answers that it is gone, and says why."""
    found = _entry(request, slug, number)
    status = _status(found)
    plan_title = next((each.title for each in plans.plans(council_of(request)) if each.body == slug), "")
    return render(
        request, "website/forward_plan/plan_entry.html", {"entry": found, "plan_title": plan_title}, status=status
    )


@page(shows=one_body)
def entry_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One entry as data."""
    found = _entry(request, slug, number)
    answer = as_json(found)
    answer.status_code = _status(found)
    return answer


def _plan(request: HttpRequest, slug: str) -> plans.PublicPlan:
    council = council_of(request)
    found: plans.PublicPlan = or_404(plans.plan(council, slug, on=council.today))
    return found


def _entry(request: HttpRequest, slug: str, number: int) -> plans.PublicEntry:
    council = council_of(request)
    found: plans.PublicEntry = or_404(plans.entry(council, slug, number, on=council.today))
    return found


def _status(found: plans.PublicEntry) -> int:
    return 410 if found.state == "withdrawn" else 200


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
