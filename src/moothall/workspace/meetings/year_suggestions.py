"""The days of a year of meetings, suggested by a pattern or by the year before, for the clerk to change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moothall.bodies.models import Body
from moothall.bodies.states import BodyState
from moothall.core.clocks import day_after, day_before
from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR
from moothall.design_system.forms import DateField, Radios
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council_clock import calendar
from moothall.foundation.councils.scoping import overlapping
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting, Period
from moothall.meetings.states import MeetingState
from moothall.workspace.action_forms import Asking, RowField
from moothall.workspace.meetings.recurrence import LAST, YEAR_OF_WEEKS, every, monthly, year_after
from moothall.workspace.meetings.typed_days import Line, written

BEFORE, WEEKS, MONTHLY = "before", "weeks", "monthly"
LONGEST = dt.timedelta(days=800)
NARROW = {"class": "govuk-input--width-3"}


class Suggestion(Asking):
    """By what the days are found. Asked with GET: it writes nothing, and can be asked again."""

    begins_today = ()
    version = None  # type: ignore[assignment] # it is about no thing
    body = RowField(
        Body,
        label=_("Body whose days are looked for"),
        only=lambda form, rows: rows.exclude(state=BodyState.DISSOLVED),  # noqa: ARG005
    )
    how = forms.ChoiceField(
        label=_("How the days are found"),
        choices=[
            (MONTHLY, _("Each month on the same weekday")),
            (WEEKS, _("Every so many weeks")),
            (BEFORE, _("As in the year before, 52 weeks later")),
        ],
        initial=MONTHLY,
        widget=Radios,
    )
    which = forms.TypedChoiceField(
        label=_("Which in the month"),
        coerce=int,
        choices=[(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (LAST, _("last"))],
        initial=2,
        help_text=_("For each month"),
    )
    weeks = forms.IntegerField(
        label=_("Every how many weeks"),
        min_value=1,
        max_value=26,
        initial=2,
        widget=forms.NumberInput(attrs=NARROW),
        help_text=_("For every so many weeks; 2 is every second week"),
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=list(WEEKDAYS.items()), initial=1)
    first_day = DateField(label=_("From"), help_text=_("For example, 12 5 2015"))
    last_day = DateField(label=_("Until"))
    whole = forms.BooleanField(
        label=_("Keep days on which nobody should meet"),
        required=False,
        help_text=_("Else bank holidays, the council's own days, recesses and elections are left out"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, auto_id="suggest_%s", **kwargs)
        first = day_after(actor.today)
        last = day_before(first + YEAR_OF_WEEKS)
        self.initial = {**self.initial, "first_day": first, "last_day": last}

    def clean(self) -> dict[str, Any]:
        """The two days in order, and not more than two years apart."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and not dt.timedelta(0) <= last - first <= LONGEST:
            self.add_error("last_day", ValidationError(_("Choose a last day after the first, at most two years later")))
        elif last and not FIRST_YEAR <= last.year <= LAST_YEAR:
            self.add_error("last_day", ValidationError(_("Bank holidays are not known for that year yet")))
        return found

    def lines(self) -> list[Line]:
        """The days that were found, with the hours and titles of the year before where they come from it."""
        given = self.cleaned_data
        if given["how"] == BEFORE:
            found = list(_as_before(given["body"], given["first_day"], given["last_day"], self.actor))
        else:
            found = [Line(day) for day in _by_pattern(given)]
        return found if given["whole"] else [each for each in found if each.day not in self._unfit(found)]

    def filled(self) -> dict[str, Any]:
        """What the form of the year begins with: the days, and the usual hour, length and place of the body."""
        return {**usual(self.cleaned_data["body"], self.actor), "days": written(self.lines())}

    def told(self) -> str:
        """How many days were found."""
        n = len(self.lines())
        if not n:
            return _now("No day was found that way.")
        return ngettext("%(n)d day is filled in below.", "%(n)d days are filled in below.", n) % {"n": n}

    def _unfit(self, lines: list[Line]) -> set[dt.date]:
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        periods = list(visible(self.actor, Period).filter(overlapping(first, last)))
        days = calendar(self.actor.council)
        return {
            each.day
            for each in lines
            if any(period.holds(each.day) for period in periods)
            or days.why_not(each.day) not in {None, "", f"{each.day:%A}"}
        }


def usual(body: Body, actor: Actor) -> dict[str, Any]:
    """When, how long and where a body usually meets, by its last meetings."""
    rows = visible(actor, Meeting).filter(body=body).select_related("room").order_by("-start")[:12]
    found = Counter((each.when.time(), each.minutes, each.room_id, each.place) for each in rows)
    if not found:
        return {"body": body}
    time, minutes, room, place = found.most_common(1)[0][0]
    return {"body": body, "time": time, "minutes": minutes, "room": room, "place": place}


def _by_pattern(given: dict[str, Any]) -> Iterator[dt.date]:
    between = (given["weekday"], given["first_day"], given["last_day"])
    return every(given["weeks"], *between) if given["how"] == WEEKS else monthly(given["which"], *between)


def _as_before(body: Body, first: dt.date, last: dt.date, actor: Actor) -> Iterator[Line]:
    rows = visible(actor, Meeting).filter(body=body, kind=Meeting.Kind.ORDINARY, undated=False).order_by("start")
    rows = rows.filter(day__range=(first - YEAR_OF_WEEKS, last - YEAR_OF_WEEKS)).exclude(state=MeetingState.CANCELLED)
    kept, time = list(rows), usual(body, actor).get("time")
    for row, day in zip(kept, year_after(each.day for each in kept), strict=True):
        yield Line(day, None if row.when.time() == time else row.when.time(), row.title)
