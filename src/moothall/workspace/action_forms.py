"""The forms of the workspace: each asks for what one verb needs, and hands it over by the verb's own names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import DateField, Form, refuse
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import Scoped
from moothall.foundation.errors import Refused
from moothall.foundation.permissions import visible

Narrowed = Callable[["Asking", QuerySet[Any]], QuerySet[Any]]


class Telling(ModelChoiceIterator):  # type: ignore[type-arg]
    """The choices of rows; those that are called the same are told apart by their names in addresses."""

    def __iter__(self) -> Iterator[Any]:
        """Value and label of each."""
        found = list(super().__iter__())
        times = Counter(str(label) for _value, label in found)
        for value, label in found:
            slug = getattr(getattr(value, "instance", None), "slug", "")
            yield value, f"{label} ({slug})" if slug and times[str(label)] > 1 else label


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the rows of a kind that the person may see; ``only`` narrows them."""

    iterator = Telling

    def __init__(self, kind: type[Scoped], *, only: Narrowed | None = None, **kwargs: Any) -> None:
        super().__init__(queryset=None, **{"empty_label": _("Choose one"), **kwargs})
        self.kind, self.only = kind, only


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any of the rows of a kind that the person may see."""

    iterator = Telling

    def __init__(self, kind: type[Scoped], *, only: Narrowed | None = None, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)
        self.kind, self.only = kind, only


class Asking(Form):
    """What a verb needs to know, asked by ``actor`` about ``thing``.

    The fields in ``keeps`` begin with what the thing has, those in ``begins_today`` with today, those in
    ``begins_now`` with the hour. When the same is done once more, those in ``repeats`` begin with what they were.
    """

    begins_today: tuple[str, ...] = ("first_day",)
    begins_now: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, thing: Any = None, **kwargs: Any) -> None:
        self.actor, self.thing = actor, thing
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RowField | RowsField):
                rows = visible(actor, field.kind)
                field.queryset = field.only(self, rows) if field.only else rows
        self.initial = {**self._from_thing(), **self.initial}

    def _from_thing(self) -> dict[str, Any]:
        today = {name: self.actor.today for name in self.begins_today if name in self.fields}
        hour = timezone.localtime(self.actor.at).time().replace(second=0, microsecond=0)
        now = dict.fromkeys(self.begins_now, hour)
        own = ("version", *self.keeps) if self.thing is not None else ()
        return {**today, **now, **{name: getattr(self.thing, name) for name in own}}

    def values(self) -> dict[str, Any]:
        """What the verb is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refused(self, error: Refused) -> None:
        """Show why the verb refused, where it belongs."""
        refuse(self, error)

    def renewed(self) -> Asking:
        """The same answers, about the thing as it is now."""
        newest = visible(self.actor, type(self.thing)).get(pk=self.thing.pk)
        found = type(self)(with_version(self.data, newest.version), actor=self.actor, thing=newest)
        found.is_valid()
        return found

    def again(self, data: Any) -> Asking:
        """The same form with other answers."""
        return type(self)(data, actor=self.actor, thing=self.thing)


SAY_WHY = {"required": _("Say why")}
"""What a field that is called “Why” tells who leaves it empty."""


class Confirming(Asking):
    """Nothing is asked but whether it is meant."""


LASTING = _("The last day can be corrected, but an end is not taken back: what is to go on is entered anew after it.")
"""What whoever ends something dated is told."""


class Ending(Asking):
    """The last day of something."""

    last_day = DateField(label=_("Last day"), help_text=_("For example, 31 3 2015. It still holds on that day."))


def choices(source: Any, *, blank: str | Promise | None = None) -> list[tuple[str, Any]]:
    """The choices of a ``TextChoices``, with an empty one first where ``blank`` says what that means."""
    found = [(each.value, capfirst(each.label)) for each in source]
    return ([("", blank)] if blank is not None else []) + found


def first_day_field() -> DateField:
    """From when something holds."""
    return DateField(label=_("First day"), help_text=_("For example, 13 5 2014"))


def last_day_field() -> DateField:
    """Until when something holds, if that is known."""
    return DateField(label=_("Last day"), required=False, help_text=_("Leave empty for until further notice"))


def with_version(data: Any, version: int) -> Any:
    """Data of a form as it was sent, but about another version."""
    renewed = data.copy()
    renewed["version"] = str(version)
    return renewed
