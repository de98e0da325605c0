"""A council's own choices and days."""

from __future__ import annotations

import datetime as dt
import re
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import DateField, Radios, TimeField
from moothall.foundation.councils.models import Council, OwnDay
from moothall.foundation.councils.options import Options
from moothall.foundation.translation import say_date
from moothall.workspace.action_forms import SAY_WHY, Asking, choices, with_version

LABELS: dict[str, tuple[Any, Any]] = {
    "clear_days_basis": (_("Which days count in clear days"), _("For agendas and notices of meetings")),
    "clear_days": (_("Clear days for the agenda"), _("Only where they are not the law's five, as in a parish")),
    "notice_28_days_basis": (_("Which days count in 28 days' notice"), _("For key decisions and private meetings")),
    "notice_after_slipping": (
        _("28 days' notice when a decision slips"),
        _("The notice states the day or month of the decision; whether it serves for a later one too"),
    ),
    "speaking_notice_days": (_("Notice that public speakers give"), _("In full working days")),
    "speaking_notice_time": (_("Hour by which public speakers give notice"), ""),
    "publication_cut_off": (_("End of the day for publications"), _("Later ones count as the next working day")),
    "publication_days": (_("Days on which a publication counts"), _("On another day it counts as the next")),
    "call_in_days": (_("Days for calling in a decision"), _("Clear working days")),
    "minute_numbers_restart": (_("When minute numbers begin again"), ""),
    "maintains_church_of_england_schools": (_("Church of England schools are maintained"), ""),
    "maintains_roman_catholic_schools": (_("Roman Catholic schools are maintained"), ""),
    "second_factor": (_("Second factor at sign-in"), _("Whether a password alone lets somebody in")),
    "pack_template": (_("Template of packs"), ""),
    "contact_email": (_("E-mail address for problems with the website"), _("Told in the accessibility statement")),
    "contact_phone": (_("Telephone number for problems with the website"), _("Told in the accessibility statement")),
    "statement_reviewed": (_("Accessibility statement last reviewed on"), _("The law asks for it every year")),
    "brand_colour": (_("Colour of pages and packs"), _("Such as #1d5b53")),
    "brand_tagline": (_("Line below the council's name"), ""),
}
NAMES = {
    "working": _("working days"),
    "calendar": _("all days"),
    "s243_parish": _("as for parishes (LGA 1972 s.243)"),
    "anew": _("is given anew"),
    "stands": _("stands"),
    "municipal_year": _("with each municipal year"),
    "calendar_year": _("with each calendar year"),
    "never": _("never"),
    "required": _("required"),
    "offered": _("offered"),
    True: _("yes"),
    False: _("no"),
    None: _("as the law says"),
}


def label_of(key: str) -> Any:
    """What an option is called."""
    return LABELS.get(key, (key.replace("_", " ").capitalize(), ""))[0]


def told(value: Any) -> Any:
    """A value of an option, in words."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = dt.date.fromisoformat(value)  # as an option that was chosen is kept
    if isinstance(value, dt.date):
        return say_date(value)
    return NAMES.get(value, value) if isinstance(value, bool | str | NoneType) else value


class Choice(Asking):
    """A new value of one option, from a day on."""

    first_day = DateField(label=_("From"), help_text=_("What held before holds until the day before"))
    reason = forms.CharField(
        label=_("Decided where, and why"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, key: str, now: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields[key] = _field(key)
        value = getattr(now, key)
        self.initial[key] = str(value) if isinstance(value, bool) else value
        self.order_fields([key, "first_day", "reason"])

    def values(self) -> dict[str, Any]:
        """Key and value as the verb wants them."""
        found = super().values()
        value = _value(found.pop(self.key))
        return {**found, "key": self.key, "value": value}


def _field(key: str) -> forms.Field:
    kind = get_type_hints(Options)[key]
    label, hint = LABELS.get(key, (label_of(key), ""))
    kinds = [each for each in get_args(kind) if each is not NoneType]
    optional = NoneType in get_args(kind)
    base = kinds[0] if optional else kind
    if get_origin(base) is Literal:
        return forms.ChoiceField(
            label=label, help_text=hint, choices=[(each, told(each)) for each in get_args(base)], widget=Radios
        )
    if base is bool:
        return forms.ChoiceField(
            label=label, help_text=hint, choices=[("True", _("yes")), ("False", _("no"))], widget=Radios
        )
    if base is dt.date:
        return DateField(label=label, help_text=hint, required=not optional)
    if base is dt.time:
        return TimeField(label=label, help_text=hint)
    if base is int:
        narrow = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
        return forms.IntegerField(label=label, help_text=hint, required=not optional, widget=narrow)
    return forms.CharField(label=label, help_text=hint, required=False)


def _value(given: Any) -> Any:
    return {"True": True, "False": False}.get(given, given)


class CouncilName(Asking):
    """What the council is called."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Council.objects.get(pk=self.actor.council.pk)
        self.initial = {**self.initial, "name": now.name, "short_name": now.short_name, "version": now.version}

    def renewed(self) -> CouncilName:
        """The same answers, about the council as it is now."""
        newest = Council.objects.get(pk=self.actor.council.pk)
        found = type(self)(with_version(self.data, newest.version), actor=self.actor)
        found.is_valid()
        return found

    def again(self, data: Any) -> CouncilName:
        """The same form with other answers."""
        return type(self)(data, actor=self.actor)


class NewDomain(Asking):
    """One more host name."""

    host = forms.CharField(label=_("Host name"), max_length=253, help_text=_("Such as democracy.avonmere.example"))
    primary = forms.BooleanField(label=_("Write it into permanent addresses from now on"), required=False)


class NewOwnDay(Asking):
    """A day that does not count (CLK-01, CLK-03)."""

    day = DateField(label=_("Day"), help_text=_("For example, 24 12 2014"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=choices(OwnDay.Kind),
        widget=Radios(
            hints={
                OwnDay.Kind.CLOSURE: _("The council's offices are closed: it is no working day here"),
                OwnDay.Kind.PROCLAIMED: _("One that is not in the calendar of the nation yet"),
            }
        ),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=100, help_text=_("Such as Christmas closure"))


class Erasing(Asking):
    """Which entry of the log loses its contents, and why (GDP-01)."""

    number = forms.IntegerField(
        label=_("Number of the entry"), min_value=1, widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"})
    )
    reason = forms.CharField(label=_("Why"), error_messages=SAY_WHY, widget=forms.Textarea(attrs={"rows": 2}))
