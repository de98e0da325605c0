"""Which jobs are sought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import Form
from moothall.foundation.jobs.models import Job
from moothall.workspace.jobs.job_text import STATES, job_called


class SoughtJobs(Form):
    """Filters of the list of jobs; both may be left empty."""

    finds = True

    state = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[("", _("Anyhow")), *((key, words) for key, (words, _colour) in STATES.items())],
    )
    name = forms.ChoiceField(label=_("What it does"), required=False)

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted((job_called(each), each) for each in names)
        self.fields["name"].choices = [("", _("Anything")), *((each, words) for words, each in found)]  # type: ignore[attr-defined]

    def narrowed(self, rows: QuerySet[Job]) -> QuerySet[Job]:
        """The jobs that are sought."""
        return rows.filter(**{field: value for field, value in self.cleaned_data.items() if value})
