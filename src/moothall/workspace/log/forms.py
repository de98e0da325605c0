"""What is sought in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.core.clocks import day_after
from moothall.design_system.forms import DateField, Form
from moothall.foundation.audit.models import Entry
from moothall.meetings.proposals import moment
from moothall.workspace.log.log_text import verb_called

ZONE = "Europe/London"


class Sought(Form):
    """Filters of the log; all of them may be left empty."""

    finds = True

    who = forms.CharField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("Did what"), required=False)
    thing = forms.CharField(
        label=_("To which thing"), required=False, help_text=_("Kind or number, such as bodies.Body")
    )
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, *args: Any, verbs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted((verb_called(each), each) for each in verbs)
        self.fields["verb"].choices = [("", _("Anything")), *((each, words) for words, each in found)]  # type: ignore[attr-defined]

    def narrowed(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that are sought."""
        given = self.cleaned_data
        rows = rows.filter(who__icontains=given["who"]) if given["who"] else rows
        rows = rows.filter(verb=given["verb"]) if given["verb"] else rows
        for word in given["thing"].split():
            rows = rows.filter(thing=word) if word.isdecimal() else rows.filter(kind__icontains=word)
        rows = rows.filter(at__gte=_begins(given["since"])) if given["since"] else rows
        return rows.filter(at__lt=_begins(day_after(given["until"]))) if given["until"] else rows


def _begins(day: dt.date) -> dt.datetime:
    return moment(day, dt.time(), ZONE)
