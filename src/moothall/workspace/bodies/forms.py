"""Bodies, who sits on them, and the seats of groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body, Kind, Membership
from moothall.bodies.states import BodyState
from moothall.design_system.forms import Radios
from moothall.foundation.actors import GRANTED
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.people.models import Person, PoliticalGroup
from moothall.workspace.action_forms import Asking, RowField, choices, first_day_field, last_day_field

NARROW = {"class": "govuk-input--width-3"}
UNGROUPED = "none"


class Constitution(Asking):
    """A body's name, remit and rules."""

    keeps = (
        "name",
        "short_name",
        "remit",
        "parent",
        "education",
        "balanced",
        "quorum_numerator",
        "quorum_denominator",
        "quorum_minimum",
        "quorum_co_optees",
        "minute_series",
    )

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), required=False, max_length=100)
    remit = forms.CharField(label=_("Remit"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    parent = RowField(
        Body,
        label=_("Reports to"),
        required=False,
        empty_label=_("No other body"),
        only=lambda form, rows: rows.exclude(state=BodyState.DISSOLVED).exclude(pk=getattr(form.thing, "pk", None)),
    )
    education = forms.BooleanField(
        label=_("It scrutinises education"),
        required=False,
        help_text=_("Church and parent representatives then have to be members with a vote."),
    )
    balanced = forms.BooleanField(label=_("Its seats count for political balance"), required=False)
    quorum_numerator = forms.IntegerField(
        label=_("Quorum: this many"), min_value=1, max_value=99, initial=1, widget=forms.NumberInput(attrs=NARROW)
    )
    quorum_denominator = forms.IntegerField(
        label=_("Of this many members"), min_value=1, max_value=99, initial=4, widget=forms.NumberInput(attrs=NARROW)
    )
    quorum_minimum = forms.IntegerField(
        label=_("But never fewer than"), min_value=1, max_value=99, initial=3, widget=forms.NumberInput(attrs=NARROW)
    )
    quorum_co_optees = forms.BooleanField(label=_("Co-optees with a vote count for the quorum"), required=False)
    minute_series = forms.CharField(
        label=_("Series of minute numbers"),
        required=False,
        max_length=20,
        help_text=_("Only if it shares its numbers with other bodies"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class NewName(Asking):
    """What a body is called from a day on."""

    keeps = ("name", "short_name")
    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("New short name"), required=False, max_length=100)
    first_day = first_day_field()


class NewBody(Asking):
    """What must be known of a body before it is proposed; its rules can be changed afterwards."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=choices(Kind), widget=Radios)
    parent = RowField(
        Body,
        label=_("Reports to"),
        required=False,
        empty_label=_("No other body"),
        help_text=_("A sub-committee always reports to a body"),
        only=lambda form, rows: rows.exclude(state=BodyState.DISSOLVED),  # noqa: ARG005
    )
    remit = forms.CharField(label=_("Remit"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    education = forms.BooleanField(label=_("It scrutinises education"), required=False)
    first_day = first_day_field()


class Appointment(Asking):
    """Who sits on a body, as what, with which vote."""

    repeats = ("first_day", "last_day")
    person = RowField(Person, label=_("Who"))
    seat = forms.ChoiceField(
        label=_("Place"),
        choices=choices(Membership.Seat),
        initial=Membership.Seat.MEMBER,
        widget=Radios(
            hints={
                Membership.Seat.SUBSTITUTE: _("In the pool of those who may stand in for an absent member"),
                Membership.Seat.CO_OPTED: _("Not a councillor"),
            }
        ),
    )
    votes = forms.ChoiceField(
        label=_("Vote"),
        required=False,
        choices=choices(Membership.Votes, blank=_("As is usual: members vote, co-optees do not")),
    )
    portfolio = forms.CharField(
        label=_("Portfolio"), required=False, max_length=200, help_text=_("For a member of the cabinet")
    )
    nominator = forms.ChoiceField(
        label=_("Nominated by"),
        required=False,
        choices=choices(Membership.Nominator, blank=_("Nobody")),
        help_text=_("For a co-optee"),
    )
    represents = forms.CharField(
        label=_("Represents"), required=False, max_length=200, help_text=_("For a co-optee: the organisation")
    )
    first_day = first_day_field()
    last_day = last_day_field()

    def values(self) -> dict[str, Any]:
        """No vote named means the usual one."""
        found = super().values()
        return {**found, "votes": found["votes"] or None}


class OtherSeat(Asking):
    """Another place on the same body."""

    keeps = ("portfolio",)
    seat = forms.ChoiceField(label=_("New place"), choices=choices(Membership.Seat), widget=Radios)
    portfolio = forms.CharField(label=_("Portfolio"), required=False, max_length=200)
    first_day = first_day_field()


class RoleInBody(Asking):
    """A role in one body."""

    person = RowField(Person, label=_("Who"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, capfirst(_(role.value))) for role in sorted(GRANTED)], widget=Radios
    )
    first_day = first_day_field()
    last_day = last_day_field()


class Seats(Asking):
    """How many seats each group has on a body."""

    first_day = first_day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {
            f"group_{row.pk}": row for row in visible(self.actor, PoliticalGroup).filter(holding(self.actor.today))
        }
        given = {
            f"group_{row.group_id or UNGROUPED}": row.seats
            for row in self.thing.seat_allocations.filter(holding(self.actor.today))
        }
        names = {name: group.name for name, group in self.groups.items()} | {
            f"group_{UNGROUPED}": _("Members of no group")
        }
        for name, label in names.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=99, required=False, widget=forms.NumberInput(attrs=NARROW)
            )
            self.initial[name] = given.get(name, "")
        self.order_fields([*names, "first_day", "version"])

    def values(self) -> dict[str, Any]:
        """Seats by group; none by default."""
        by_name = {**self.groups, f"group_{UNGROUPED}": None}
        seats = {group: self.cleaned_data.get(name) or 0 for name, group in by_name.items()}
        return {"seats": seats, "first_day": self.cleaned_data["first_day"]}


class NewOutsideBody(Asking):
    """A body that is not the council's."""

    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(label=_("What it does"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    places = forms.IntegerField(
        label=_("Places for the council"), min_value=1, max_value=99, initial=1, widget=forms.NumberInput(attrs=NARROW)
    )
    first_day = first_day_field()


class OutsideBodyChanged(Asking):
    """What an outside body is called and does."""

    keeps = ("name", "purpose", "places")
    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(label=_("What it does"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    places = forms.IntegerField(
        label=_("Places for the council"), min_value=1, max_value=99, widget=forms.NumberInput(attrs=NARROW)
    )


class NewOutsideName(Asking):
    """What an outside body is called from a day on."""

    keeps = ("name",)
    name = forms.CharField(label=_("New name"), max_length=200)
    first_day = first_day_field()


class Nominated(Asking):
    """Whom the council sends."""

    person = RowField(Person, label=_("Who"))
    capacity = forms.CharField(
        label=_("As"), required=False, max_length=100, help_text=_("Such as trustee, director or observer")
    )
    first_day = first_day_field()
    last_day = last_day_field()
