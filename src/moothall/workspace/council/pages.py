"""The council itself: its options, and the days that do not count."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moothall.foundation.actors import Request
from moothall.foundation.councils.actions import set_option
from moothall.foundation.councils.models import Domain, OptionValue, OwnDay
from moothall.foundation.councils.options import Options
from moothall.foundation.councils.options import options as options_of
from moothall.foundation.councils.queries import READS_LOG
from moothall.foundation.errors import NotThere, Refused
from moothall.foundation.permissions import require, visible
from moothall.meetings.queries import out_of_date
from moothall.sign_in.reauthentication import ask_again
from moothall.workspace.council.forms import Choice
from moothall.workspace.decorators import given, page, page_of

MOVES_DEADLINES = frozenset(
    {
        "clear_days_basis",
        "clear_days",
        "notice_28_days_basis",
        "speaking_notice_days",
        "speaking_notice_time",
        "publication_cut_off",
        "publication_days",
        "call_in_days",
    }
)
A_YEAR = dt.timedelta(days=366)
SENSITIVE = {"second_factor"}
"""Options that open doors: one shows again who one is."""


@page
def options(request: Request) -> HttpResponse:
    """The options of today, and what was chosen for other days."""
    now = options_of(request.council, request.actor.today)
    told = {
        "now": [(key, getattr(now, key)) for key in Options.__struct_fields__],
        "unreachable": not (now.contact_email or now.contact_phone),
        "unreviewed": now.statement_reviewed is None or now.statement_reviewed < request.actor.today - A_YEAR,
        "chosen": visible(request.actor, OptionValue),
        "reads_log": request.actor.holds(*READS_LOG),
        "domains": Domain.objects.filter(council=request.council).order_by("-primary", "host"),
    }
    return render(request, "workspace/council/options.html", told)


@page
def option(request: Request, key: str) -> HttpResponse:
    """Choose one option anew, from a day on."""
    require(request.actor, "councils.set_option")
    if key not in Options.__struct_fields__:
        raise NotThere
    if key in SENSITIVE and (asked := ask_again(request)):
        return cast("HttpResponse", asked)
    now = options_of(request.council, request.actor.today)
    form = Choice(given(request), actor=request.actor, key=key, now=now)
    if request.method == "POST" and form.is_valid() and _chosen(request, form):
        return redirect("workspace:options")
    return render(request, "workspace/council/option.html", {"form": form, "key": key})


def _chosen(request: Request, form: Choice) -> bool:
    try:
        set_option(**form.values(), by=request.actor)
    except Refused as error:
        form.refused(error)
        return False
    moving = _("The choice is entered. Under “Days that do not count” you see which deadlines it moves.")
    messages.success(request, moving if form.key in MOVES_DEADLINES else _("The choice is entered."))
    return True


@page
def own_days(request: Request) -> HttpResponse:
    """Days that do not count, and the open deadlines that the calendar of now would move (CLK-03)."""
    moved = [change for _meeting, _deadline, change in out_of_date(request.council, on=request.actor.today) if change]
    rows = visible(request.actor, OwnDay).order_by("-day")
    return render(request, "workspace/meetings/own_days.html", {"page": page_of(request, rows), "moved": moved})
