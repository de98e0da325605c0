"""What two people want who edit the same thing: field by field, and how to take over what is there now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from moothall.foundation.translation import say
from moothall.workspace.action_forms import Asking


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a form on which two people differ. ``takes``: whether the form can take over what is there now."""

    name: str
    label: str
    now: str
    yours: str
    takes: bool


def compared(form: Asking) -> list[Compared]:
    """Where the answers of a bound form differ from the thing as it is now, in what the thing has."""
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        now, told = _now(form, name)
        yours = form.cleaned_data.get(name)
        if not told or name in form.errors or not field.has_changed(now, _typed(yours)):
            continue
        label = str(field.label or name.replace("_", " "))
        found.append(Compared(name, label, shown(field, now), shown(field, yours), name in form.initial))
    return found


def taking_over(form: Asking, names: Collection[str]) -> Asking:
    """The same form, with what is there now in the fields that are named."""
    data = form.data.copy()  # type: ignore[attr-defined] # what was sent is a QueryDict
    for name in set(names) & set(form.initial) & set(form.fields):
        typed = _typed(form.initial[name])
        for key in [key for key in data if key == name or key.startswith(f"{name}_")]:
            if key == name or isinstance(form.initial[name], dt.date):
                del data[key]
        if typed not in (None, "", [], False):
            data.setlist(name, typed if isinstance(typed, list) else [typed])
    return form.again(data)


def shown(field: forms.Field, value: Any) -> str:
    """A value of a field as people read it."""
    values = value if _many(value) else [value]
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_named(field, [each for each in values if each is not None]))
    labels: dict[str, str] = {}
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}  # type: ignore[union-attr,misc]
    return ", ".join(labels.get(str(each), _told(each)) for each in values)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return say(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _now(form: Asking, name: str) -> tuple[Any, bool]:
    """What is there now of a field, and whether that can be said."""
    if name == "version" or name in (*form.begins_today, *form.begins_now):
        return None, False
    if name in form.initial:
        return form.initial[name], True
    return getattr(form.thing, name, None), hasattr(form.thing, name)


def _named(field: forms.ModelChoiceField, values: Iterable[Any]) -> list[str]:  # type: ignore[type-arg]
    found = list(values)
    rows = [each for each in found if isinstance(each, Model)]
    keys = [each for each in found if not isinstance(each, Model)]
    kept = field.queryset.filter(pk__in=keys) if keys and field.queryset is not None else ()
    return [str(each) for each in (*rows, *kept)]


def _many(value: Any) -> bool:
    return isinstance(value, list | tuple | set | QuerySet)


def _typed(value: Any) -> Any:
    """A value as a browser would send it."""
    if isinstance(value, Model):
        return str(value.pk)
    if _many(value):
        return [_typed(each) for each in value]
    if isinstance(value, bool):
        return "on" if value else False
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)
