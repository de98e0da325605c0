"""A page with every kind of field, to be looked at by a browser; it belongs to the tests only."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import include, path

from moothall.design_system.forms import Checkboxes, DateField, Form, Radios, TimeField

CHOICES = [("a", "At the Guildhall"), ("b", "From elsewhere")]


class Everything(Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As on the agenda", max_length=20)
    why = forms.CharField(label="Reason", widget=forms.Textarea, max_length=50, required=False)
    day = DateField(label="Day", help_text="For example, 24 11 2014")
    at = TimeField(label="Time")
    where = forms.ChoiceField(label="Place", choices=CHOICES, widget=Radios(hints={"a": "Lift from the yard"}))
    rooms = forms.MultipleChoiceField(label="Rooms", choices=CHOICES, widget=Checkboxes(small=True))
    body = forms.ChoiceField(label="Body", choices=CHOICES)
    told = forms.BooleanField(label="Tell the members", help_text="By e-mail")
    paper = forms.FileField(label="Paper", widget=forms.FileInput)
    word = forms.CharField(label="Password", widget=forms.PasswordInput)


@login_not_required
def everything(request):
    """The form, and what was sent to it."""
    form = Everything(request.POST or None, request.FILES or None)
    return render(request, "design/form_page.html", {"form": form, "heading": "Every field", "back": "/"})


urlpatterns = [path("form/", everything), path("", include("moothall.urls"))]
