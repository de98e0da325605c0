"""The forward plan: plans, entries, notices and what stands in for them, requests from minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from moothall.core.openness import PARAGRAPHS
from moothall.design_system.forms import Checkboxes, DateField, Radios, TimeField
from moothall.forward_plan.models import Entry, Notice
from moothall.forward_plan.particulars import Paper
from moothall.forward_plan.rescheduling import against_day
from moothall.importers.cell_values import Unreadable, day
from moothall.meetings.models import Meeting
from moothall.meetings.proposals import moment
from moothall.meetings.states import MeetingState
from moothall.people.models import Person
from moothall.workspace.action_forms import SAY_WHY, Asking, RowField, RowsField, choices
from moothall.workspace.warning_forms import Weighed

ZONE = "Europe/London"
AREA = {"rows": 3}


class MonthField(forms.CharField):
    """A month, such as “November 2014”. Gives its first day."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10"})

    def clean(self, value: Any) -> Any:
        """The first day, or None. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return day(f"1 {text}")
        except Unreadable:
            raise ValidationError(_("Enter a month, like November 2014 or 11 2014")) from None


class NewPlan(Asking):
    """A body's plan."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(label=_("Introduction"), required=False, widget=forms.Textarea(attrs=AREA))
    documents_from = forms.CharField(
        label=_("How to ask for documents"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("Where the documents listed can be had, and that others may follow"),
    )
    contact = RowField(Person, label=_("Kept by"), required=False)
    prefix = forms.CharField(  # type: ignore[assignment] # hides nothing that is used here
        label=_("Letters before the reference number"),
        required=False,
        help_text=_("Such as E, for E2714"),
        max_length=8,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


class PlanAsItIs(NewPlan):
    """What stands around the entries of a plan."""

    keeps = ("title", "introduction", "documents_from", "contact", "prefix")


class Particulars(Asking):
    """What an entry says (MTG-14, SCR-04)."""

    title = forms.CharField(label=_("Title"), max_length=300)
    matter = forms.CharField(
        label=_("The matter"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("What is to be decided or looked at, in a sentence or two"),
    )
    decision_maker = forms.CharField(
        label=_("Decision maker"),
        required=False,
        max_length=300,
        help_text=_("Such as a cabinet member or an officer, where it is not the body itself"),
    )
    authors = RowsField(Person, label=_("Report authors"), required=False, widget=Checkboxes(small=True, many=True))
    lead = RowField(Person, label=_("Lead director"), required=False)
    key = forms.ChoiceField(label=_("Key decision"), required=False, choices=choices(Entry.Key), widget=Radios)
    key_note = forms.CharField(
        label=_("Why it is a key decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as £4m of capital spending; or the wards"),
    )
    private = forms.BooleanField(label=_("To be dealt with in private"), required=False)
    paragraphs = forms.TypedMultipleChoiceField(
        label=_("Paragraphs of Schedule 12A"),
        required=False,
        coerce=int,
        choices=[(each, format_lazy(_("Paragraph {n}"), n=each)) for each in PARAGRAPHS],
        help_text=_("For a private matter, unless it is confidential information"),
        widget=Checkboxes(small=True, hints={number: _(text) for number, text in PARAGRAPHS.items()}),
    )
    confidential = forms.BooleanField(
        label=_("It is confidential information"),
        required=False,
        help_text=_("Given by a government department on terms that forbid disclosure, or barred by a court or an act"),
    )
    private_reason = forms.CharField(
        label=_("Why in private"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The plan shows it"),
    )
    documents = forms.CharField(
        label=_("Documents to be considered"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("One a line. The address where it can be had may follow after “|”."),
    )
    closed_documents = forms.CharField(
        label=_("Documents that are not open to the public"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("One a line. Not even their titles are published."),
    )

    def values(self) -> dict[str, Any]:
        """Documents as the verb takes them, open and not."""
        found = super().values()
        closed = _papers(found.pop("closed_documents"), is_open=False)
        return {**found, "documents": [*_papers(found["documents"], is_open=True), *closed]}


class NewEntry(Particulars):
    """An entry, and where it is to come."""

    meeting = RowField(
        Meeting,
        label=_("Meeting"),
        required=False,
        empty_label=_("None yet"),
        only=lambda form, rows: _of_plan(form, rows, form.thing),
    )
    month = MonthField(
        label=_("Or month"),
        required=False,
        help_text=_("Such as November 2014, where no meeting is known yet. With neither it is a future item."),
    )
    field_order = (
        "title",
        "matter",
        "meeting",
        "month",
        "decision_maker",
        "authors",
        "lead",
        "key",
        "key_note",
        "private",
    )

    def values(self) -> dict[str, Any]:
        """No decision maker named means the body."""
        found = super().values()
        if not found["decision_maker"]:
            del found["decision_maker"]
        return found


class EntryAsItIs(Particulars):
    """What an entry says now."""

    keeps = (
        "title",
        "matter",
        "decision_maker",
        "lead",
        "key",
        "key_note",
        "private",
        "paragraphs",
        "confidential",
        "private_reason",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = list(self.thing.documents.all())
        self.initial = {
            **self.initial,
            "authors": [each.person_id for each in self.thing.authors.all()],
            "documents": _listed(each for each in documents if each.open),
            "closed_documents": _listed(each for each in documents if not each.open),
        }


class Rescheduling(Weighed):
    """Another meeting or month, or none: then it is a future item."""

    meeting = RowField(
        Meeting,
        label=_("Meeting"),
        required=False,
        empty_label=_("None"),
        only=lambda form, rows: _of_plan(form, rows, form.thing.plan),
    )
    month = MonthField(
        label=_("Or month"), required=False, help_text=_("Leave both empty to put it among the future items")
    )
    reason = forms.CharField(
        label=_("Why"),
        error_messages=SAY_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The plan shows it"),
    )

    def against(self) -> Iterable[str]:
        """The notices that would be late for the new meeting or month."""
        meeting, month = self.cleaned_data["meeting"], self.cleaned_data["month"]
        day = meeting.day if meeting is not None and meeting.takes_place else month
        return against_day(self.thing, day, at=self.actor.at) if day else ()


class Taken(Asking):
    """When an entry was dealt with."""

    on = DateField(label=_("Day on which it was dealt with"))
    begins_today = ("on",)


class Withdrawing(Asking):
    """Why an entry is taken off the plan."""

    reason = forms.CharField(
        label=_("Why"),
        error_messages=SAY_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The plan shows it"),
    )


class Published(Asking):
    """When a notice was published."""

    at = DateField(label=_("Day of publication"))
    hour = TimeField(label=_("Hour"), help_text=_("After the council's cut-off it counts as the next working day"))
    begins_today = ("at",)
    begins_now = ("hour",)

    def values(self) -> dict[str, Any]:
        """Day and hour as one moment."""
        found = super().values()
        hour = found.pop("hour")
        return {**found, "at": moment(found["at"], hour, ZONE)}


class SecondNotice(Published):
    """The second notice, with the response to what was received."""

    response = forms.CharField(
        label=_("Response to representations"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("Needed if representations were received"),
    )


class Represented(Asking):
    """What somebody wrote against dealing with a matter in private."""

    received_on = DateField(label=_("Received on"))
    text = forms.CharField(label=_("What they say"), widget=forms.Textarea(attrs=AREA))
    who = forms.CharField(label=_("From whom"), required=False, max_length=300, help_text=_("It is not published"))
    begins_today = ("received_on",)


class GeneralException(Published):
    """The general exception: who was told, and why there was no time (MTG-14)."""

    told = RowField(Person, label=_("Chair of scrutiny who was told in writing"))
    told_on = DateField(label=_("Told on"))
    reasons = forms.CharField(
        label=_("Why 28 days' notice was impracticable"),
        widget=forms.Textarea(attrs=AREA),
        help_text=_("The reasons are published"),
    )


class Urgency(Published):
    """Special urgency: who agreed, and why (MTG-15)."""

    agreed_by = RowField(Person, label=_("Who agreed"))
    office = forms.ChoiceField(label=_("As"), choices=choices(Notice.Office), widget=Radios)
    agreed_on = DateField(label=_("Agreed on"))
    reasons = forms.CharField(
        label=_("Why it cannot wait"), widget=forms.Textarea(attrs=AREA), help_text=_("The reasons are published")
    )
    unable = forms.CharField(
        label=_("Why the chair of scrutiny was not asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if somebody else agreed"),
    )


class Asked(Asking):
    """What a body asked for in a minute (SCR-05)."""

    meeting = RowField(
        Meeting,
        label=_("Asked at the meeting"),
        only=lambda form, rows: rows.filter(start__lte=form.actor.at).select_related("body").order_by("-start"),
    )
    minute = forms.CharField(
        label=_("Number of the minute"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    asked = forms.CharField(label=_("What was asked for"), widget=forms.Textarea(attrs=AREA))
    entry = RowField(
        Entry,
        label=_("Entry of the plan that it is about"),
        required=False,
        empty_label=_("A new one among the future items"),
        only=lambda form, rows: rows.filter(plan=form.thing, request__isnull=True).select_related("plan"),
    )
    open_minute = forms.BooleanField(label=_("The minute is public"), required=False, initial=True)


class Outcome(Asking):
    """What became of a request that comes to no meeting."""

    outcome = forms.CharField(label=_("What became of it"), widget=forms.Textarea(attrs=AREA))


def _of_plan(form: Asking, rows: Any, plan: Any) -> Any:
    coming = rows.filter(body=plan.body_id, start__gte=form.actor.at - dt.timedelta(days=1))
    return coming.exclude(state=MeetingState.CANCELLED).select_related("body")


def _papers(text: str, *, is_open: bool) -> list[Paper]:
    parts = (line.partition("|") for line in text.splitlines() if line.strip())
    return [Paper(title.strip(), address.strip(), open=is_open) for title, _bar, address in parts]


def _listed(documents: Iterable[Any]) -> str:
    return "\n".join(" | ".join(filter(None, (each.title, each.address))) for each in documents)
