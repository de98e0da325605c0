"""Where in the workspace a thing is shown: the page that one comes back to after something was done to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import reverse

from moothall.bodies.models import Body, OutsideBody
from moothall.forward_plan.models import Entry, Plan
from moothall.foundation.councils.models import OptionValue, OwnDay
from moothall.foundation.jobs.models import Job
from moothall.meetings.models import Meeting, Period, Room
from moothall.people.models import Person, PoliticalGroup, Post

PAGES: dict[type[Model], tuple[str, str]] = {
    Person: ("person", "slug"),
    Body: ("body", "slug"),
    PoliticalGroup: ("group", "slug"),
    Meeting: ("meeting", "pk"),
    Plan: ("plan", "pk"),
    Entry: ("entry", "pk"),
    Job: ("job", "pk"),
}
LISTS: dict[type[Model], str] = {
    Post: "posts",
    Room: "rooms",
    Period: "periods",
    OwnDay: "own-days",
    OptionValue: "options",
    OutsideBody: "outside-bodies",
}
OWNERS = ("entry", "plan", "meeting", "outside_body", "body", "group", "post", "person")


def address_of(thing: Any) -> str:
    """The page of a thing, of the list that it is in, or of what it belongs to; else the home page."""
    kind = type(thing)
    if kind in PAGES:
        name, key = PAGES[kind]
        return reverse(f"workspace:{name}", kwargs={key: getattr(thing, key)})
    if kind in LISTS:
        return reverse(f"workspace:{LISTS[kind]}")
    owner = next((found for name in OWNERS if isinstance(found := getattr(thing, name, None), Model)), None)
    return address_of(owner) if owner is not None else reverse("workspace:home")
