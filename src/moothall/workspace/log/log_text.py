"""The audit log in words: what was done, to which thing, and what became of each of its fields."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Entry
from moothall.foundation.permissions import visible
from moothall.foundation.translation import say_date
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.addresses import PAGES, address_of

VERBS: dict[str, str | Promise] = {
    "bodies.appoint": _("Put somebody on the body"),
    "councils.create_council": _("Found the council"),
    "councils.set_option": _("Choose an option of the council"),
    "meetings.plan_year": _("Enter a year of meetings"),
    "people.record_attendance": _("Record an attendance"),
    "sign_in.accept_invitation": _("Accept an invitation"),
    "sign_in.failed_second_factor": _("A second factor was wrong"),
    "sign_in.failed_sign_in": _("Somebody failed to sign in"),
    "sign_in.letter_not_sent": _("A letter could not be sent"),
    "sign_in.new_device": _("Sign in on a new device"),
    "sign_in.refused_sign_in": _("Signing in was refused"),
    "sign_in.remove_factors": _("Remove somebody's second factors"),
    "sign_in.session_ended": _("End a session"),
    "sign_in.sign_in": _("Sign in"),
    "sign_in.sign_out": _("Sign out"),
}
"""What is done elsewhere than on a page of the workspace, or in more than one place there."""
RELATED = {"meetings.Meeting": ("body",), "forward_plan.Plan": ("body",), "forward_plan.Entry": ("plan",)}
OWNERS = {"person_id": "people.Person", "meeting_id": "meetings.Meeting", "body_id": "bodies.Body"}
UNTOLD = frozenset({"id", "council_id", "version", "sort_key"})


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the log as it is read; ``thing`` is what it was done to, where that is known by a name."""

    entry: Entry
    did: str
    kind: str
    thing: str
    address: str
    changes: list[tuple[str, str, str]] | None


def verb_called(name: str) -> str:
    """What a verb does, as its button says it; else its own name with spaces."""
    headings = {act.gate: act.heading for act in BY_NAME.values()}
    if name in VERBS or name in headings:
        return str(VERBS.get(name) or headings[name])
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def kind_called(label: str) -> str:
    """What a kind of thing is called, from its label (“people.Person”)."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label.rpartition(".")[2].lower()  # of an older version


def told(entries: Sequence[Entry], actor: Actor) -> list[Told]:
    """Entries with the names of the things that have pages; one query for each kind of these."""
    pictures = {each.pk: _pictures(each) for each in entries}
    wanted = {each.pk: _owner(each, *pictures[each.pk]) for each in entries}
    named = _named(set(wanted.values()), actor)
    return [_told(each, pictures[each.pk], named.get(wanted[each.pk])) for each in entries]


def _told(entry: Entry, pictures: tuple[Any, Any], thing: Model | None) -> Told:
    changes = _changes(entry.kind, *pictures) if getattr(entry, "contents", None) else None
    name, address = (str(thing), address_of(thing)) if thing is not None else ("", "")
    return Told(entry, verb_called(entry.verb), kind_called(entry.kind), name, address, changes)


def _pictures(entry: Entry) -> tuple[Any, Any]:
    contents = getattr(entry, "contents", None)
    return (json.loads(contents.before), json.loads(contents.after)) if contents else (None, None)


def _owner(entry: Entry, before: Any, after: Any) -> tuple[str, str]:
    """The thing with a page that an entry is about: the thing itself, or what it belongs to by what the entry tells."""
    if entry.kind in _kinds():
        return entry.kind, entry.thing
    known = {**(before if isinstance(before, dict) else {}), **(after if isinstance(after, dict) else {})}
    found = next(((kind, str(known[key])) for key, kind in OWNERS.items() if known.get(key)), None)
    return found or ("", "")


def _named(wanted: Iterable[tuple[str, str]], actor: Actor) -> dict[tuple[str, str], Any]:
    keys: dict[str, set[str]] = {}
    for kind, key in wanted:
        if kind and key.isdecimal():
            keys.setdefault(kind, set()).add(key)
    return {
        (kind, str(row.pk)): row
        for kind, found in keys.items()
        for row in visible(actor, _kinds()[kind]).filter(pk__in=found).select_related(*RELATED.get(kind, ()))
    }


def _kinds() -> dict[str, Any]:
    return {each._meta.label: each for each in PAGES}


def _changes(kind: str, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """By field: what it is called, what it was, what it is. What was empty and is empty is left out."""
    was, now = (each if isinstance(each, dict) else {} for each in (before, after))
    names = [name for name in {**was, **now} if name not in UNTOLD]
    rows = [(_label(kind, name), _said(kind, name, was.get(name)), _said(kind, name, now.get(name))) for name in names]
    return [row for row in rows if row[1] or row[2]]


def _field(kind: str, name: str) -> Any:
    try:
        return apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _label(kind: str, name: str) -> str:
    return str(getattr(_field(kind, name), "verbose_name", name.replace("_", " ")))


def _said(kind: str, name: str, value: Any) -> str:
    """A value as people read it: “yes”, “24 November 2014”, the label of a choice, “no. 7” for another row."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(kind, '', each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_said(kind, name, each) for each in value)
    if value is None or isinstance(value, bool):
        return "" if value is None else _now("yes") if value else _now("no")
    field = _field(kind, name)
    if getattr(field, "many_to_one", False):
        return _now("no. {n}").format(n=value)
    choices = {str(key): str(label) for key, label in getattr(field, "flatchoices", ())}
    return choices.get(str(value), _day_or(str(value)))


def _day_or(text: str) -> str:
    try:
        return say_date(dt.date.fromisoformat(text)) if len(text) == len("2014-11-24") else text
    except ValueError:
        return text
