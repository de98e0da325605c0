"""The calendar: what is next, a month, a year; of the council or of one body."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from moothall.bodies import public as bodies
from moothall.core.clocks import add_months, first_of_month
from moothall.design_system.forms import Form
from moothall.foundation.councils.models import Council
from moothall.meetings import public as meetings
from moothall.meetings.public import PublicMeeting
from moothall.website.calendar import months
from moothall.website.decorators import as_calendar, as_json, council_of, page, site

NEXT_MONTHS = 3


class Filter(Form):
    """Which body's meetings are shown."""

    use_required_attribute = False
    body = forms.ChoiceField(label=_("Body"))

    def __init__(self, slug: str, lines: tuple[bodies.BodyLine, ...]) -> None:
        super().__init__(initial={"body": slug}, auto_id="filter_%s")
        self.fields["body"].choices = [("", _("All bodies")), *((each.slug, each.name) for each in lines)]  # type: ignore[attr-defined]


@page(reads=("body",))
def coming(request: HttpRequest) -> HttpResponse:
    """This month and the next ones, by month, from today on."""
    council = council_of(request)
    until = months.last_day(add_months(first_of_month(council.today), NEXT_MONTHS - 1))
    found, context = _found(request, council, council.today, until)
    return render(request, "website/calendar/calendar.html", context | {"months": months.months(found), "until": until})


@page(reads=("body",))
def month(request: HttpRequest, first: dt.date) -> HttpResponse:
    """One month, past or to come."""
    found, context = _found(request, council_of(request), first, months.last_day(first))
    context |= {"month": first, "before": add_months(first, -1), "after": add_months(first, 1)}
    return render(request, "website/calendar/month.html", context | {"meetings": found})


@page(reads=("body",))
def year(request: HttpRequest, number: int) -> HttpResponse:
    """Twelve months at a glance, and as a list."""
    council = council_of(request)
    found, context = _found(request, council, dt.date(number, 1, 1), dt.date(number, 12, 31))
    context |= {"year": number, "before": number - 1, "after": number + 1, "today": council.today}
    table = months.year(number, [each for each in found if each.takes_place])
    context |= {"table": table, "months": months.months(found), "weekdays": WEEKDAYS.values()}
    return render(request, "website/calendar/year.html", context)


@page
def ics(request: HttpRequest) -> HttpResponse:
    """All meetings of the council, to subscribe to."""
    council = council_of(request)
    return as_calendar(meetings.calendar_of_council(council, base=site(request)), "calendar")


@page(reads=("body",))
def json(request: HttpRequest) -> HttpResponse:
    """The meetings of the calendar page as data."""
    council = council_of(request)
    until = months.last_day(add_months(first_of_month(council.today), NEXT_MONTHS - 1))
    return as_json(_found(request, council, council.today, until)[0])


def _found(
    request: HttpRequest, council: Council, first: dt.date, last: dt.date
) -> tuple[list[PublicMeeting], dict[str, Any]]:
    """The meetings of some days, of the body asked for or of all, and what every calendar page shows besides."""
    lines = bodies.bodies(council, council.today)
    slug = request.GET.get("body", "")
    body = next((each for each in lines if each.slug == slug), None) or _former(council, slug)
    found = [each for each in meetings.meetings(council, first, last, body=slug) if not each.undated]
    context = {
        "filter": Filter(slug, lines),
        "body": body,
        "query": f"?body={slug}" if slug else "",
        "today": council.today,
        "periods": meetings.periods(council, first, last),
        "site": site(request),
    }
    return found, context


def _former(council: Council, slug: str) -> bodies.PublicBody | None:
    """A dissolved body, whose past meetings are still asked for. Raises Http404."""
    if not slug:
        return None
    found = bodies.body(council, slug, council.today)
    if found is None:
        raise Http404
    return found
