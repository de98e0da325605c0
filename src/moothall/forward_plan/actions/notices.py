"""Notices of key decisions and private meetings, and what stands in for them (MTG-13 to MTG-16, MTG-41)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from moothall.core.clocks import LONDON, Deadline
from moothall.forward_plan.deadline_recount import row, rules
from moothall.forward_plan.models import Entry, Evaluation, Notice, Representation
from moothall.forward_plan.notice_cover import KEY, PRIVATE, SECOND, due, earliest_under_general_exception
from moothall.forward_plan.particulars import check_notifiable
from moothall.forward_plan.queries import has_office, may_be_taken, offices, out_of_date
from moothall.foundation.actions import add, record, verb
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council_clock import publication_counts_as
from moothall.foundation.errors import RuleBroken
from moothall.foundation.translation import say
from moothall.people.models import Person
from moothall.people.stored_deadlines import as_kept

Kind, Office = Notice.Kind, Notice.Office


@verb
def give_key_notice(entry: Entry, *, at: dt.datetime, by: Actor) -> Notice:
    """Record that the notice of a key decision was published at a moment (MTG-14); its 28 days are kept with it.

    Late notice is recorded like any other, and found: the decision then needs another day, or an exception.
    """
    _needs(entry, KEY)
    check_notifiable(entry)
    return add(_notice(entry, Kind.KEY, at, by, due=_due(entry, KEY, by)), by)


@verb
def give_private_notice(entry: Entry, *, at: dt.datetime, by: Actor) -> Notice:
    """Record that notice was published that the executive will deal with a matter in private, and why (MTG-13)."""
    _needs(entry, PRIVATE)
    check_notifiable(entry)
    notice = _notice(entry, Kind.PRIVATE, at, by, due=_due(entry, PRIVATE, by), reasons=entry.private_reason)
    return add(notice, by)


@verb
def record_representation(entry: Entry, *, received_on: dt.date, text: str, who: str = "", by: Actor) -> Representation:
    """Enter what somebody wrote against dealing with a matter in private (MTG-13). Only the text is published."""
    _needs(entry, PRIVATE)
    if received_on > by.today:
        raise RuleBroken("", _("That day is still to come."), code="in-future", field="received_on")
    return add(Representation(council=by.council, entry=entry, received_on=received_on, who=who, text=text), by)


@verb
def give_second_notice(entry: Entry, *, at: dt.datetime, response: str = "", by: Actor) -> Notice:
    """Record that the second notice was published, with the representations received and the response (MTG-13)."""
    _needs(entry, PRIVATE)
    if not entry.notices.filter(kind=Kind.PRIVATE, at__lte=at).exists():
        raise RuleBroken("MTG-13", _("The first notice comes before the second."), code="no-first-notice", field="at")
    texts = list(entry.representations.values_list("text", flat=True))
    if texts and not response:
        raise RuleBroken(
            "MTG-13",
            _("Representations were received: give the response to them."),
            code="response-missing",
            field="response",
        )
    notice = _notice(
        entry,
        Kind.SECOND,
        at,
        by,
        due=_due(entry, SECOND, by),
        reasons=entry.private_reason,
        representations=texts,
        response=response,
    )
    return add(notice, by)


@verb
def claim_general_exception(
    entry: Entry, *, at: dt.datetime, told: Person, told_on: dt.date, reasons: str, by: Actor
) -> Notice:
    """Record the general exception: the scrutiny chair was told in writing, and the notice published at a moment.

    ``reasons`` say why 28 days were impracticable. Five clear days must elapse after it (MTG-14, MTG-41). Raises
    RuleBroken when there is notice enough, or when the decision comes before they have elapsed.
    """
    day = _uncovered_day(entry)
    _reasons(reasons)
    _agreement(told, told_on, Office.SCRUTINY_CHAIR, at)
    published = publication_counts_as(by.council, at)
    earliest = earliest_under_general_exception(published, by.council.clock(published))
    if day < earliest.day:
        raise RuleBroken(
            "MTG-41",
            _(
                "It may be decided from {day} under the general exception: move it, or ask for agreement that it is "
                "specially urgent."
            ).format(day=say(earliest.day)),
            code="decided-too-early",
            field="at",
        )
    notice = _notice(
        entry,
        Kind.GENERAL,
        at,
        by,
        due=earliest,
        first_day=earliest.day,
        reasons=reasons,
        agreed_by=told,
        office=Office.SCRUTINY_CHAIR,
        agreed_on=told_on,
    )
    return add(notice, by)


@verb
def claim_special_urgency(
    entry: Entry,
    *,
    at: dt.datetime,
    agreed_by: Person,
    office: Notice.Office,
    agreed_on: dt.date,
    reasons: str,
    unable: str = "",
    by: Actor,
) -> Notice:
    """Record that the scrutiny chair agreed that a key decision is specially urgent, and that this was published.

    The chair, then the vice-chair of the council may agree only where there is no scrutiny chair, or one who is
    unable to (``unable`` says why). Raises RuleBroken while the general exception would do (MTG-15).
    """
    day = _uncovered_day(entry)
    _reasons(reasons)
    _in_turn(office, agreed_on, unable, by)
    _agreement(agreed_by, agreed_on, office, at)
    published = publication_counts_as(by.council, at)
    earliest = earliest_under_general_exception(published, by.council.clock(published))
    if earliest.day <= day:
        raise RuleBroken(
            "MTG-15",
            _("There is time for the general exception: five clear days end before {day}.").format(day=say(day)),
            code="time-for-general-exception",
            field="at",
        )
    # what is published late in the evening allows a decision on the same day: urgency has no clock of its own
    notice = _notice(entry, Kind.URGENT, at, by, due=None, reasons=reasons, **_agreed(agreed_by, office, agreed_on))
    notice.unable = unable
    notice.counts_as = _local(at)
    return add(notice, by)


@verb
def agree_private_urgency(
    entry: Entry,
    *,
    at: dt.datetime,
    agreed_by: Person,
    office: Notice.Office,
    agreed_on: dt.date,
    reasons: str,
    unable: str = "",
    by: Actor,
) -> Notice:
    """Record the agreement that a private meeting is urgent and cannot reasonably be deferred (MTG-13)."""
    _needs(entry, PRIVATE)
    if entry.day is None:
        raise RuleBroken("MTG-13", _("It has no day: what cannot wait has one."), code="date-missing", field="at")
    _reasons(reasons)
    _in_turn(office, agreed_on, unable, by)
    _agreement(agreed_by, agreed_on, office, at)
    notice = _notice(
        entry, Kind.PRIVATE_URGENT, at, by, due=None, reasons=reasons, **_agreed(agreed_by, office, agreed_on)
    )
    notice.unable = unable
    notice.counts_as = _local(at)
    return add(notice, by)


@verb
def reevaluate_notices(*, by: Actor) -> list[str]:
    """Compute the notice clocks of all entries to come anew; those that changed get a new row beside the old (CLK-03).

    Returns what changed and does not suffice any more. Doing it twice changes nothing more.
    """
    found = out_of_date(by.council, on=by.today)
    rows = [row(entry, now, cause, by.at) for entry, now, cause in found]
    Evaluation.objects.of(by.council).bulk_create(rows)
    told = [f"{entry.ref}: {now.rule.id} is due {now.by}" for entry, now, _ in found]
    record(by, by.council, before=None, after={"computed anew": told})
    return told


def _needs(entry: Entry, rule: str) -> None:
    if rule not in rules(entry):
        if rule == KEY:
            raise RuleBroken("MTG-14", _("It is not a key decision: no notice is needed."), code="not-key")
        raise RuleBroken(
            "MTG-13", _("The executive does not deal with it in private: no notice is needed."), code="not-private"
        )


def _uncovered_day(entry: Entry) -> dt.date:
    """The day of a key decision that lacks its notice. Raises RuleBroken when it has one, or no day."""
    _needs(entry, KEY)
    check_notifiable(entry)
    day = entry.day
    assert day is not None  # a notice says when
    key = may_be_taken(entry, day)[0]
    if key.ok:
        raise RuleBroken(
            "MTG-14",
            _("No exception is needed. {message}").format(message=key.message),
            code="exception-not-needed",
            field="at",
        )
    return day


def _reasons(reasons: str) -> None:
    if not reasons:
        raise RuleBroken("MTG-14", _("Give the reasons: they are published."), code="reasons-missing", field="reasons")


def _in_turn(office: Notice.Office, on: dt.date, unable: str, by: Actor) -> None:
    """The chair of scrutiny first; then the chair, then the vice-chair of the council."""
    before = list(Office)[: list(Office).index(office)]
    if any(has_office(by.council, each, on) for each in before) and not unable:
        raise RuleBroken(
            "MTG-15",
            _("The {office} is asked first: say why that was not possible.").format(office=Office(before[0]).label),
            code="asked-out-of-turn",
            field="unable",
        )


def _agreement(person: Person, on: dt.date, office: Notice.Office, at: dt.datetime) -> None:
    if office not in offices(person, on):
        raise RuleBroken(
            "MTG-15",
            _("{person} is not {office} on {day}.").format(person=person, office=Office(office).label, day=say(on)),
            code="not-in-office",
            field="agreed_by",
        )
    if on > _local(at):
        raise RuleBroken(
            "MTG-15", _("It is published after that, not before."), code="published-before-agreed", field="at"
        )


def _agreed(person: Person, office: Notice.Office, on: dt.date) -> dict[str, Any]:
    return {"agreed_by": person, "office": office, "agreed_on": on}


def _due(entry: Entry, rule: str, by: Actor) -> Deadline | None:
    return None if entry.day is None else due(rule, entry.day, by.council.clock(entry.day))


def _local(at: dt.datetime) -> dt.date:
    return at.astimezone(LONDON).date()


def _notice(
    entry: Entry, kind: Notice.Kind, at: dt.datetime, by: Actor, *, due: Deadline | None, **values: Any
) -> Notice:
    if at > by.at:
        raise RuleBroken("", _("That is still to come: record it when it is done."), code="in-future", field="at")
    return Notice(
        council=by.council,
        entry=entry,
        kind=kind,
        at=at,
        counts_as=publication_counts_as(by.council, at),
        for_day=entry.day,
        for_until=entry.until,
        as_computed=as_kept(due) if due else None,
        **values,
    )
