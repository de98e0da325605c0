"""The register of interests (INT-01, INT-02)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import DateField, Radios
from moothall.people.models import Interest
from moothall.workspace.action_forms import Asking, RowField, choices, first_day_field


class NewInterest(Asking):
    """An entry of the register."""

    category = forms.ChoiceField(label=_("Category"), choices=choices(Interest.Category), widget=Radios)
    whose = forms.ChoiceField(label=_("Whose interest it is"), choices=choices(Interest.Whose), widget=Radios)
    description = forms.CharField(label=_("The interest"), widget=forms.Textarea(attrs={"rows": 4}))
    sensitive_why = forms.CharField(
        label=_("Why it is sensitive"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Only if the Monitoring Officer agrees that it is: then its details are withheld from everybody else."
        ),
    )
    first_day = first_day_field()


class Disclosed(Asking):
    """An interest disclosed at a meeting that was not in the register."""

    day = DateField(label=_("Day of the meeting"))
    meeting = forms.CharField(label=_("Which meeting"), max_length=200)
    begins_today = ("day",)


class Notified(Asking):
    """When the Monitoring Officer was told of a disclosure."""

    notified_on = DateField(label=_("Day on which the Monitoring Officer was told"))
    interest = RowField(
        Interest,
        label=_("Entry of the register that came of it"),
        required=False,
        only=lambda form, rows: rows.filter(person=form.thing.person_id),
    )
    begins_today = ("notified_on",)
