"""Meetings: one, a year of them, and what becomes of them; rooms and times when it is better not to meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body
from moothall.bodies.states import BodyState
from moothall.design_system.forms import DateField, Radios, TimeField
from moothall.forward_plan.rescheduling import against_moving
from moothall.importers.cell_values import Unreadable
from moothall.meetings.models import Act, Meeting, Period, Room
from moothall.meetings.proposals import Proposal, moment
from moothall.meetings.rescheduling import concerns_of_moving
from moothall.meetings.states import MeetingState
from moothall.workspace.action_forms import SAY_WHY, Asking, RowField, choices, first_day_field
from moothall.workspace.meetings.typed_days import lines
from moothall.workspace.meetings.year_suggestions import usual
from moothall.workspace.warning_forms import Confirmed, Weighed

ZONE = "Europe/London"
NARROW = {"class": "govuk-input--width-4"}


def there(form: Asking, rows: Any) -> Any:
    """Rooms that the council has today or will have."""
    return rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=form.actor.today))


def against_another_day(form: Asking, day: dt.date, time: dt.time) -> Iterable[str]:
    """What speaks against holding the form's meeting on a day: of the meeting, and of what is planned for it."""
    yield from (each.message for each in concerns_of_moving(form.thing, day=day, time=time, at=form.actor.at))
    yield from against_moving(form.thing, day, at=form.actor.at)


class Place(Confirmed):
    """Where and how long, for one meeting or many."""

    room = RowField(Room, label=_("Room"), required=False, empty_label=_("None of ours"), only=there)
    place = forms.CharField(
        label=_("Another place"), required=False, max_length=300, help_text=_("Only where it is none of our rooms")
    )
    minutes = forms.IntegerField(
        label=_("Expected length in minutes"),
        min_value=1,
        max_value=1440,
        initial=120,
        widget=forms.NumberInput(attrs=NARROW),
    )


class NewMeeting(Place):
    """One meeting of a body; an extraordinary one says what it is called for."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=choices(Meeting.Kind), initial=Meeting.Kind.ORDINARY, widget=Radios
    )
    purpose = forms.CharField(
        label=_("What it is called for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For an extraordinary or special meeting: nothing else may be dealt with there"),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Such as Annual meeting, or Budget")
    )
    day = DateField(label=_("Day"), help_text=_("For example, 24 11 2014"))
    time = TimeField(label=_("Start"), help_text=_("For example, 16:30 or 4.30pm"))
    remote = forms.ChoiceField(
        label=_("Remote attendance"), choices=choices(Meeting.Remote), initial=Meeting.Remote.NO, widget=Radios
    )
    remote_note = forms.CharField(
        label=_("How to attend or watch from elsewhere"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("kind", "purpose", "title", "day", "time", "minutes", "room", "place", "remote", "remote_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**usual(self.thing, self.actor), **self.initial}

    def values(self) -> dict[str, Any]:
        """The meeting as it is proposed, and what was read."""
        found = super().values()
        confirmed = found.pop("confirmed")
        return {"proposal": Proposal(body=self.thing, **found), "confirmed": confirmed}


class Year(Place):
    """Many meetings of one body: their days, one a line."""

    body = RowField(Body, label=_("Body"), only=lambda form, rows: rows.exclude(state=BodyState.DISSOLVED))  # noqa: ARG005
    time = TimeField(label=_("Usual start"), help_text=_("For example, 16:30 or 4.30pm"))
    days = forms.CharField(
        label=_("Days"),
        help_text=_(
            "One a line, such as “Monday 24 November 2014” or “24/11/2014”. "
            "Another hour can follow (“24/11/2014 at 2pm”), and a title (“13/5/2014, Annual meeting”)."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    field_order = ("body", "time", "minutes", "room", "place", "days", "confirmed")

    def clean_days(self) -> list[Any]:
        """The days, each with an hour of its own and a title where it has them."""
        try:
            return lines(self.cleaned_data["days"])
        except Unreadable as error:
            raise ValidationError(str(error)) from None

    def proposals(self) -> list[Proposal]:
        """The meetings as they are proposed, in the order of their days."""
        given = self.cleaned_data
        return [
            Proposal(
                body=given["body"],
                day=line.day,
                time=line.time or given["time"],
                title=line.title,
                minutes=given["minutes"],
                room=given["room"],
                place=given["place"],
            )
            for line in given["days"]
        ]

    def values(self) -> dict[str, Any]:
        """What the verb is given."""
        return {"proposals": self.proposals(), "confirmed": self.cleaned_data["confirmed"]}


class Amendment(Asking):
    """Title, purpose, length and place."""

    keeps = ("title", "purpose", "minutes", "room", "place", "remote", "remote_note")

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    purpose = forms.CharField(
        label=_("What it is called for"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    minutes = forms.IntegerField(
        label=_("Expected length in minutes"), min_value=1, max_value=1440, widget=forms.NumberInput(attrs=NARROW)
    )
    room = RowField(Room, label=_("Room"), required=False, empty_label=_("None of ours"), only=there)
    place = forms.CharField(
        label=_("Another place"),
        required=False,
        max_length=300,
        help_text=_("Where it is none of our rooms: choose “None of ours” above"),
    )
    remote = forms.ChoiceField(label=_("Remote attendance"), choices=choices(Meeting.Remote), widget=Radios)
    remote_note = forms.CharField(
        label=_("How to attend or watch from elsewhere"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Moving(Weighed):
    """Another day or hour."""

    day = DateField(label=_("New day"), help_text=_("For example, 24 11 2014"))
    time = TimeField(label=_("New start"))
    reason = forms.CharField(
        label=_("Why"),
        error_messages=SAY_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Anybody can read it"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "day": self.thing.day, "time": self.thing.when.time()}
        self.fields["reason"].required = self.thing.state != MeetingState.PLANNED  # people may have noted the day

    def against(self) -> Iterable[str]:
        """What speaks against the new day and hour, of the meeting and of what is planned for it."""
        return against_another_day(self, self.cleaned_data["day"], self.cleaned_data["time"])


class Postponing(Weighed):
    """Another day, or none yet."""

    to = DateField(
        label=_("New day"), required=False, help_text=_("Leave empty until a day is found. For example, 24 11 2014")
    )
    time = TimeField(label=_("New start"), required=False)
    reason = forms.CharField(
        label=_("Why"),
        error_messages=SAY_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Anybody can read it"),
    )

    def against(self) -> Iterable[str]:
        """What speaks against the new day, if there is one."""
        to, time = self.cleaned_data["to"], self.cleaned_data["time"] or self.thing.when.time()
        return against_another_day(self, to, time) if to else ()

    def values(self) -> dict[str, Any]:
        """Day and hour together, or neither."""
        found = super().values()
        time: dt.time = found.pop("time") or self.thing.when.time()
        return {**found, "to": (found["to"], time) if found["to"] else None}


class Reinstating(Weighed):
    """Nothing is asked but whether the day of the meeting still does."""

    def against(self) -> Iterable[str]:
        """What speaks by now against the day that the meeting had."""
        return against_another_day(self, self.thing.day, self.thing.when.time())


class Cancelling(Asking):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Why"),
        error_messages=SAY_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Anybody can read it"),
    )


class Done(Asking):
    """When something was done, and where it can be seen."""

    at = DateField(label=_("Day on which it was done"))
    hour = TimeField(label=_("Hour"), help_text=_("After the council's cut-off it counts as the next working day"))
    where = forms.CharField(
        label=_("Where"), required=False, max_length=300, help_text=_("Such as the address of a page, or the offices")
    )
    begins_today = ("at",)
    begins_now = ("hour",)

    def values(self) -> dict[str, Any]:
        """Day and hour as one moment."""
        found = super().values()
        hour = found.pop("hour")
        return {**found, "at": moment(found["at"], hour, ZONE)}


def agenda_field() -> forms.CharField:
    """Where an agenda can be read."""
    return forms.CharField(
        label=_("Web address of the agenda and papers"),
        required=False,
        max_length=300,
        help_text=_(
            "Begin with https://. The website shows it as the link “Agenda and papers”. If they are not on the web, "
            "name the place in words."
        ),
    )


class AgendaPublished(Done):
    """When the agenda was published, and where."""

    where = agenda_field()


class AgendaAddress(Asking):
    """Another address of a published agenda; empty when none is to be shown."""

    where = agenda_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("where", Act.agenda_place(self.thing.acts.all()))


class NewRoom(Asking):
    """A room in which bodies meet."""

    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=9999, widget=forms.NumberInput(attrs=NARROW)
    )
    getting_in = forms.CharField(
        label=_("Getting in"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Steps, lift, hearing loop, parking: whatever a visitor must know"),
    )
    first_day = first_day_field()


class RoomAsKnown(NewRoom):
    """What is known of a room."""

    keeps = ("name", "address", "seats", "getting_in")
    first_day = None  # type: ignore[assignment]


class NewPeriod(Asking):
    """A recess or an election."""

    kind = forms.ChoiceField(label=_("What it is"), choices=choices(Period.Kind), widget=Radios)
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as Summer recess"))
    first_day = first_day_field()
    last_day = DateField(label=_("Last day"))
    begins_today = ()
