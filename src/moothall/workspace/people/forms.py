"""Persons, terms of office, groups, posts, roles and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import Checkboxes, DateField, Radios
from moothall.foundation.actors import GRANTED
from moothall.foundation.councils.scoping import holding
from moothall.people.models import GroupMembership, Person, Post, Term
from moothall.workspace.action_forms import Asking, RowField, RowsField, choices, first_day_field, last_day_field


class Named(Asking):
    """A person's name (NAM-01)."""

    keeps: tuple[str, ...] = ("honorific", "first_names", "last_name", "post_nominals")

    honorific = forms.CharField(
        label=_("Honorific"),
        required=False,
        max_length=30,
        help_text=_("Such as Dr or Reverend. Not “Councillor”: that follows from the term of office."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    first_names = forms.CharField(label=_("First names"), max_length=120, required=False)
    last_name = forms.CharField(
        label=_("Last name"), max_length=120, help_text=_("With its particle, as in “de Souza”; or the only name")
    )
    post_nominals = forms.CharField(
        label=_("Letters after the name"),
        required=False,
        max_length=60,
        help_text=_("Such as OBE"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class NewName(Named):
    """What somebody is called from a day on."""

    first_day = first_day_field()


class Naming(Named):
    """Somebody's name and published contact (NAM-01)."""

    keeps: tuple[str, ...] = ("honorific", "first_names", "last_name", "post_nominals", "email", "phone")
    email = forms.EmailField(label=_("Published e-mail address"), required=False, help_text=_("Anybody can read it"))
    phone = forms.CharField(
        label=_("Published telephone number"), required=False, max_length=40, help_text=_("Anybody can read it")
    )


class NewPerson(Naming):
    """A person who is not in the books yet."""

    keeps = ()


class NewTerm(Asking):
    """A term of office."""

    office = forms.ChoiceField(label=_("Office"), choices=choices(Term.Office), widget=Radios)
    ward = forms.CharField(label=_("Ward"), required=False, max_length=120, help_text=_("For a councillor"))
    first_day = first_day_field()
    last_day = last_day_field()


class EndOfTerm(Asking):
    """When and by what a term ends."""

    last_day = DateField(label=_("Last day in office"), help_text=_("For example, 31 3 2015"))
    ending = forms.ChoiceField(label=_("Why it ends"), choices=choices(Term.Ending), widget=Radios)


class Registration(Asking):
    """When a member told the Monitoring Officer of all interests (INT-02)."""

    registered_on = DateField(label=_("Day on which the Monitoring Officer was told"))
    begins_today = ("registered_on",)


class Absence(Asking):
    """An absence that the council approved (MTG-25)."""

    approved_on = DateField(label=_("Approved on"), help_text=_("The day on which the council decided"))
    approved_until = DateField(label=_("Approved until"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    executive = forms.BooleanField(label=_("It is about meetings of the executive"), required=False)
    begins_today = ("approved_on",)


class NewGroup(Asking):
    """A political group of which notice was given (MTG-23)."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    short_name = forms.CharField(
        label=_("Short name"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    leader = RowField(Person, label=_("Leader"), only=lambda form, rows: rows.filter(_councillor(form)).distinct())
    others = RowsField(
        Person,
        label=_("Other members"),
        help_text=_("A group has at least two members"),
        widget=Checkboxes(small=True, many=True),
        only=lambda form, rows: rows.filter(_councillor(form)).distinct(),
    )
    first_day = first_day_field()

    def values(self) -> dict[str, Any]:
        """The leader is the first of the members."""
        found = super().values()
        leader = found.pop("leader")
        found["members"] = [leader, *(each for each in found.pop("others") if each != leader)]
        return found


class GroupName(Asking):
    """What a group is called."""

    keeps: tuple[str, ...] = ("name", "short_name")
    name = forms.CharField(label=_("Name of the group"), max_length=120)
    short_name = forms.CharField(
        label=_("Short name"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class NewGroupName(GroupName):
    """What a group is called from a day on."""

    first_day = first_day_field()


class Joining(Asking):
    """Somebody who joins a group."""

    repeats = ("first_day",)
    person = RowField(Person, label=_("Councillor"), only=lambda form, rows: rows.filter(_councillor(form)).distinct())
    standing = forms.ChoiceField(label=_("Standing"), choices=choices(GroupMembership.Standing), widget=Radios)
    first_day = first_day_field()


class NewPost(Asking):
    """A post of the staff."""

    title = forms.CharField(label=_("Job title"), max_length=200)
    service = forms.CharField(label=_("Service or directorate"), required=False, max_length=200)
    statutory = forms.ChoiceField(
        label=_("Statutory post"), required=False, choices=choices(Post.Statutory, blank=_("None of these"))
    )
    public = forms.BooleanField(label=_("Name its holder to the public"), required=False)


class Holding(Asking):
    """Who holds a post from when."""

    person = RowField(Person, label=_("Who holds it"))
    first_day = first_day_field()
    last_day = last_day_field()


class GrantedRole(Asking):
    """A role in the whole council."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, capfirst(_(role.value))) for role in sorted(GRANTED)], widget=Radios
    )
    first_day = first_day_field()
    last_day = last_day_field()


class NewAccount(Asking):
    """The address to sign in with."""

    email = forms.EmailField(label=_("E-mail address to sign in with"), help_text=_("It is not published"))


def _councillor(form: Asking) -> Q:
    return Q(holding(form.actor.today, "terms__"), terms__office=Term.Office.COUNCILLOR)
