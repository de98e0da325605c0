"""Entries: drafted, published, moved, dealt with, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from moothall.forward_plan.deadline_recount import changed, row
from moothall.forward_plan.models import Author, Document, Entry, Evaluation, Plan, Slip
from moothall.forward_plan.particulars import Paper, check
from moothall.forward_plan.queries import may_be_taken, next_number
from moothall.forward_plan.states import MOVES, EntryState
from moothall.foundation.actions import add, change, verb
from moothall.foundation.actors import Actor
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.meetings.models import Meeting
from moothall.people.models import Person

FIELDS = frozenset(
    {
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
    }
)


@verb
def add_entry(
    plan: Plan,
    *,
    title: str,
    meeting: Meeting | None = None,
    month: dt.date | None = None,
    authors: Sequence[Person] = (),
    documents: Sequence[Paper] = (),
    by: Actor,
    **values: Any,
) -> Entry:
    """Draft an entry: for a meeting, for a month (its first day), or undated. ``values`` are fields of ``FIELDS``.

    The public sees it once it is published. Raises RuleBroken for what an entry cannot be.
    """
    _known(values, FIELDS)
    values.setdefault("decision_maker", plan.body.name)
    entry = Entry(
        council=by.council,
        plan=plan,
        number=next_number(plan),
        title=title,
        meeting=meeting,
        month=month,
        changed_at=by.at,
        **values,
    )
    _one_aim(meeting, month)
    check(entry)
    # the rows beside the entry need its key, so they are written after it and told in its audit entry
    told = {"authors": [each.pk for each in authors], "documents": [each.title for each in documents]}
    add(entry, by, **told)
    _write_authors(entry, authors)
    _write_documents(entry, documents)
    _evaluate(entry, by, Evaluation.Cause.ENTERED)
    return entry


@verb
def amend_entry(
    entry: Entry,
    *,
    authors: Sequence[Person] | None = None,
    documents: Sequence[Paper] | None = None,
    expected: int | None = None,
    by: Actor,
    **values: Any,
) -> Entry:
    """Change what an entry says; ``authors`` and ``documents``, where given, take the place of those it had.

    Where it is to come is changed by ``reschedule_entry``. Raises StaleObject, RuleBroken.
    """
    _known(values, FIELDS)
    before = {field: getattr(entry, field) for field in values}
    for field, value in values.items():
        setattr(entry, field, value)
    check(entry)
    for field, value in before.items():
        setattr(entry, field, value)
    changed_entry = change(entry, by, expected=expected, changed_at=by.at, **values)
    if authors is not None:
        entry.authors.all().delete()
        _write_authors(entry, authors)
    if documents is not None:
        entry.documents.all().delete()
        _write_documents(entry, documents)
    _evaluate(changed_entry, by, Evaluation.Cause.ENTERED)
    return changed_entry


@verb
def publish_entry(entry: Entry, *, expected: int | None = None, by: Actor) -> Entry:
    """Put an entry on the published plan. From now on it is known what it was first planned for."""
    MOVES.check(EntryState(entry.state), EntryState.PUBLISHED)
    aim = entry.aim
    values = {"state": EntryState.PUBLISHED.value, "published_at": by.at, "changed_at": by.at}
    published = change(entry, by, expected=expected, first_day=aim.day, first_month=aim.month, **values)
    _evaluate(published, by, Evaluation.Cause.ENTERED)
    return published


@verb
def reschedule_entry(
    entry: Entry,
    *,
    meeting: Meeting | None = None,
    month: dt.date | None = None,
    reason: str = "",
    expected: int | None = None,
    by: Actor,
) -> Entry:
    """Move an entry to another meeting or month, or (neither) among the future items.

    Of a published one the move is kept and shown, with its reason, which must be given.
    """
    if entry.state not in {EntryState.DRAFT, EntryState.PUBLISHED}:
        raise RuleBroken(
            "", _("An entry that is {state} is not moved.").format(state=entry.state), code="wrong-state", field="state"
        )
    _one_aim(meeting, month)
    if (meeting.pk if meeting else None, month) == (entry.meeting_id, entry.month):
        raise RuleBroken("", _("It is planned for then already."), code="date-unchanged", field="meeting")
    if entry.state == EntryState.PUBLISHED and not reason:
        raise RuleBroken("SCR-04", _("Say why it is moved: the plan shows it."), code="reason-missing", field="reason")
    was, left = entry.aim, entry.meeting
    entry.meeting, entry.month = meeting, month
    check(entry)
    slip = _slip(entry, was, left, reason, by) if entry.state == EntryState.PUBLISHED else None
    entry.refresh_from_db()
    moved = change(entry, by, expected=expected, meeting=meeting, month=month, changed_at=by.at)
    if slip is not None:
        slip.save(force_insert=True)
    _evaluate(moved, by, Evaluation.Cause.MOVED)
    return moved


@verb
def take_entry(entry: Entry, *, on: dt.date, expected: int | None = None, by: Actor) -> Entry:
    """Record that an entry was dealt with on a day.

    Raises RuleBroken for a key or private decision of the executive without its notices (MTG-13 to MTG-15).
    """
    MOVES.check(EntryState(entry.state), EntryState.TAKEN)
    if on > by.today:
        raise RuleBroken("", _("That day is still to come."), code="in-future", field="on")
    for cover in may_be_taken(entry, on):
        if not cover.ok:
            raise RuleBroken(cover.rule, cover.message, code=cover.code, field="on")
    return change(entry, by, expected=expected, state=EntryState.TAKEN.value, taken_on=on, changed_at=by.at)


@verb
def withdraw_entry(entry: Entry, *, reason: str, expected: int | None = None, by: Actor) -> Entry:
    """Take an entry off the plan. A published one stays at its address and says why."""
    MOVES.check(EntryState(entry.state), EntryState.WITHDRAWN)
    if not reason:
        raise RuleBroken("", _("Say why it is withdrawn."), code="reason-missing", field="reason")
    values = {"state": EntryState.WITHDRAWN.value, "withdrawn_why": reason, "changed_at": by.at}
    return change(entry, by, expected=expected, **values)


def _known(values: dict[str, Any], fields: frozenset[str]) -> None:
    if unknown := set(values) - fields:
        raise TypeError(f"An entry has no {', '.join(sorted(unknown))} to be given.")


def _one_aim(meeting: Meeting | None, month: dt.date | None) -> None:
    if meeting is not None and month is not None:
        raise RuleBroken("", _("Give a meeting or a month, not both."), code="meeting-and-month", field="month")


def _write_authors(entry: Entry, authors: Sequence[Person]) -> None:
    for person in dict.fromkeys(authors):
        if person.council_id != entry.council_id:
            raise NotThere
        Author(council=entry.council, entry=entry, person=person).save(force_insert=True)


def _write_documents(entry: Entry, documents: Sequence[Paper]) -> None:
    for each in documents:
        row = Document(council=entry.council, entry=entry, title=each.title, address=each.address, open=each.open)
        row.save(force_insert=True)


def _slip(entry: Entry, was: Any, left: Meeting | None, reason: str, by: Actor) -> Slip:
    now = entry.aim
    return Slip(
        council=by.council,
        entry=entry,
        from_meeting=left,
        from_day=was.day,
        from_month=was.month,
        to_meeting=entry.meeting,
        to_day=now.day,
        to_month=now.month,
        on=by.today,
        reason=reason,
    )


def _evaluate(entry: Entry, by: Actor, cause: Evaluation.Cause) -> None:
    """Keep by when notices are due, where that is another day than the one kept last."""
    if entry.day is None:
        return
    found = changed(entry, by.council.clock(entry.day), entry.evaluations.all())
    Evaluation.objects.of(by.council).bulk_create([row(entry, each, cause, by.at) for each in found])
