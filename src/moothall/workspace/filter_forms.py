"""What is looked for in the lists of people, bodies and meetings. Whatever is left empty narrows nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.bodies.models import Body, Kind, Membership
from moothall.bodies.states import BodyState
from moothall.design_system.forms import Form
from moothall.foundation.actors import Actor
from moothall.foundation.councils.scoping import holding
from moothall.foundation.permissions import visible
from moothall.meetings.models import Meeting
from moothall.people.models import GroupMembership, Person, PoliticalGroup, PostHolding, Term

TO_COME, PAST = "", "past"


class Finding(Form):
    """A form that is asked with GET and is never wrong: what it does not know is not looked for."""

    finds = True

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        for name, found in self.offered().items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.is_valid()

    def offered(self) -> dict[str, list[tuple[str, Any]]]:
        """By field, the choices that are the council's own."""
        return {}

    @property
    def has_sought(self) -> bool:
        """Whether anything is looked for."""
        return any(self.cleaned_data.values())

    def sought(self, name: str) -> str:
        """What is looked for in a field; "" for nothing."""
        return self.cleaned_data.get(name) or ""


class FindPeople(Finding):
    """People by a part of the name, by what they are, by group."""

    q = forms.CharField(label=_("Name"), required=False)
    who = forms.ChoiceField(
        label=_("Who they are"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("councillors", _("Councillors")),
            ("co-optees", _("Co-optees")),
            ("officers", _("Officers")),
            ("accounts", _("Those with an account")),
        ],
    )
    group = forms.ChoiceField(label=_("Group"), required=False)

    def offered(self) -> dict[str, list[tuple[str, Any]]]:
        """The groups."""
        return {"group": [("", _("Any")), *visible(self.actor, PoliticalGroup).values_list("slug", "name")]}

    def narrowed(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Those who are looked for."""
        for word in self.sought("q").split():
            rows = rows.filter(Q(first_names__icontains=word) | Q(last_name__icontains=word))
        if self.sought("group"):
            rows = rows.filter(self._today(GroupMembership, group__slug=self.sought("group")))
        return rows.filter(self._are(self.sought("who"))) if self.sought("who") else rows

    def _are(self, who: str) -> Any:
        if who == "accounts":
            return Q(account__isnull=False)
        if who == "officers":
            return self._today(PostHolding)
        if who == "co-optees":
            return self._today(Membership, seat=Membership.Seat.CO_OPTED) | self._today(
                Term, office=Term.Office.CO_OPTED
            )
        return self._today(Term, office=Term.Office.COUNCILLOR)

    def _today(self, kind: Any, **which: Any) -> Exists:
        return Exists(visible(self.actor, kind).filter(holding(self.actor.today), person=OuterRef("pk"), **which))


class FindBodies(Finding):
    """Bodies by a part of the name, by kind; those dissolved only when asked for."""

    q = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *Kind.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All but those dissolved")), (BodyState.DISSOLVED, _("Dissolved")), ("all", _("All"))],
    )

    def narrowed(self, rows: QuerySet[Body]) -> QuerySet[Body]:
        """Those that are looked for."""
        for word in self.sought("q").split():
            rows = rows.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
        if self.sought("kind"):
            rows = rows.filter(kind=self.sought("kind"))
        if self.sought("state") == "all":
            return rows
        gone = Q(state=BodyState.DISSOLVED)
        return rows.filter(gone if self.sought("state") else ~gone)


class FindMeetings(Finding):
    """Meetings of a body, to come, past, or of a year."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    when = forms.ChoiceField(label=_("When"), required=False)

    def offered(self) -> dict[str, list[tuple[str, Any]]]:
        """The bodies, and the years in which anything meets."""
        bodies = visible(self.actor, Body).values_list("slug", "name")
        years = ((str(each), str(each)) for each in _years(self.actor))
        return {
            "body": [("", _("All bodies")), *bodies],
            "when": [(TO_COME, _("To come")), (PAST, _("Past")), *years],
        }

    @property
    def past(self) -> bool:
        """Whether meetings that are over are looked for."""
        return self.sought("when") == PAST

    def narrowed(self, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Those that are looked for, in the order in which one looks through them."""
        when, today = self.sought("when"), self.actor.today
        rows = rows.filter(body__slug=self.sought("body")) if self.sought("body") else rows
        if when == PAST:
            return rows.filter(day__lt=today).order_by("-start", "-pk")
        rows = rows.filter(day__year=int(when)) if when else rows.filter(day__gte=today)
        return rows.order_by("start", "pk")


def _years(actor: Actor) -> Iterable[int]:
    ends: dict[str, dt.date | None] = visible(actor, Meeting).aggregate(first=Min("day"), last=Max("day"))
    first, last = ends["first"], ends["last"]
    return range(last.year, first.year - 1, -1) if first and last else ()
