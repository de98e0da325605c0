"""Forms as both doors show them. Any Django form renders as GOV.UK components; here is what Django lacks.

``Form``        a form whose messages say what to do: "Enter the name", not "This field is required"
``DateField``   a day in three boxes; ``TimeField`` an hour as people write it: "4.30pm"
``Radios``, ``Checkboxes``   choices with a hint each, small or in a row
``refuse``      puts a refusal of a verb where it belongs in the form
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.foundation.errors import Refused, RuleBroken

CHOOSING = (forms.ChoiceField, forms.FileField, forms.ModelChoiceField)
PARTS = ("day", "month", "year")


class Renderer(TemplatesSetting):
    """Renders every form of the installation, allauth's too, as GOV.UK components (``FORM_RENDERER``)."""

    form_template_name = "design/form/form.html"
    formset_template_name = "design/form/formset.html"
    field_template_name = "design/form/field.html"


class Form(forms.Form):
    """A form whose messages say what to do. The label is a noun with its article or none: "name", "the day"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field, str(field.label or name.replace("_", " ")))


def refuse(form: forms.BaseForm, error: Refused) -> None:
    """Show why a verb refused: at the field that the rule names, or else at the top of the form."""
    field = error.field if isinstance(error, RuleBroken) else ""
    form.add_error(field if field in form.fields else None, ValidationError(str(error), code=error.code))


class DateParts(forms.Widget):
    """Day, month and year in three boxes. Its value is a day, or the three texts as they were typed."""

    template_name = "design/form/date.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...] | str | None:  # noqa: ARG002
        """The three texts; a whole ISO day under the plain name is taken too."""
        if name in data:
            return str(data[name])
        parts = tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return parts if any(parts) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether none of the boxes was sent."""
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        """The first box, which a message leads to."""
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The three boxes, with those that a message is about."""
        context = super().get_context(name, value, attrs)
        wrong = context["widget"]["attrs"].pop("data-wrong", "").split()
        own = context["widget"]["attrs"].get("id", f"id_{name}")
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        context["widget"]["parts"] = [
            {
                "id": f"{own}_{part}",
                "name": f"{name}_{part}",
                "label": labels[part],
                "width": 4 if part == "year" else 2,
                "mode": "text" if part == "month" else "numeric",
                "value": text,
                "wrong": part in wrong,
            }
            for part, text in zip(PARTS, _texts(value), strict=True)
        ]
        return context


class DateField(forms.Field):
    """A day, written in three boxes; the month may be a number or a name. Gives a ``date``."""

    widget = DateParts

    def to_python(self, value: Any) -> dt.date | None:
        """The day. Raises ValidationError whose code names the boxes that are wrong."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        parts = _texts(value)
        if missing := [part for part, text in zip(PARTS, parts, strict=True) if not text]:
            said = _(" and ").join(_(part) for part in missing)
            raise ValidationError(_("The date must include a {parts}").format(parts=said), code=" ".join(missing))
        return _day(*parts)

    def prepare_value(self, value: Any) -> Any:
        """A day as the boxes show it."""
        return _texts(value) if value else value


class TimeField(forms.TimeField):
    """An hour as people write it: 16:30, 4.30pm, 4pm, 1630. Gives a ``time``."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def to_python(self, value: Any) -> dt.time | None:
        """The hour. Raises ValidationError."""
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]\.?m\.?)?", str(value).strip().lower())
        try:
            return _time(*(found.groups("") if found else ("99", "", "")))
        except ValueError:
            raise ValidationError(_("Enter a time, like 10:30 or 4.30pm"), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """An hour as the box shows it."""
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value


class _Choices(forms.widgets.ChoiceWidget):
    """Choices with a hint each (``hints`` by value), ``small``, ``inline`` in a row, so ``many`` they scroll."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[Any, Any] | None = None,
        small: bool = False,
        inline: bool = False,
        many: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.small, self.inline, self.many = small, inline, many


class Radios(_Choices, forms.RadioSelect):
    """One of a few."""


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """Any of a few."""


def _missing(field: forms.Field, label: str) -> str:
    said = label[:1].lower() + label[1:] if label[1:2].islower() else label
    if isinstance(field, forms.BooleanField):
        return _("Tick “{label}”").format(label=label)
    if isinstance(field, CHOOSING):
        return _("Choose {label}").format(label=said)
    return _("Enter {label}").format(label=said)


def _texts(value: Any) -> tuple[str, str, str]:
    if isinstance(value, dt.date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)):
        return found[3], found[2], found[1]
    if isinstance(value, tuple | list) and len(value) == len(PARTS):
        return str(value[0]), str(value[1]), str(value[2])
    return str(value or ""), "", ""


def _day(day: str, month: str, year: str) -> dt.date:
    number = _month(month)
    if number is None:
        raise ValidationError(_("The month must be a number from 1 to 12, or a name"), code="month")
    if not re.fullmatch(r"\d{4}", year):
        raise ValidationError(_("The year must have four figures"), code="year")
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        raise ValidationError(_("Enter a date that there is"), code="day") from None


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    names = {str(name).lower(): number for months in (MONTHS, MONTHS_3) for number, name in months.items()}
    return names.get(text.lower().rstrip("."))


def _time(hours: str, minutes: str, half: str) -> dt.time:
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return dt.time(hour, int(minutes or 0))


PART_NAMES = (gettext_lazy("day"), gettext_lazy("month"), gettext_lazy("year"))
"""Marked here to be translated; the messages of DateField name them."""
