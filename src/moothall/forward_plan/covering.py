"""Whether enough notice was given for a decision on a day: the conditions of MTG-13 to MTG-16. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.core.clocks import Clock, Deadline, NoRule
from moothall.core.wording import ENGLISH, Words, say

KEY, PRIVATE, SECOND = "key-decision", "private-meeting", "private-meeting-second"
GENERAL, URGENT, PRIVATE_URGENT = "general-exception", "special-urgency", "private-urgency"


@dataclass(frozen=True, slots=True)
class Given:
    """A notice given: what it is, the working day that it counts as, from which day it allows the decision."""

    kind: str
    counts_as: dt.date
    first_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether a decision may be taken on a day, by which rule, and why or why not; ``deadline`` is of the notice."""

    ok: bool
    rule: str
    message: str
    deadline: Deadline | None = None


def due(name: str, day: dt.date, clock: Clock) -> Deadline | None:
    """By when the notice ``name`` is due for a decision on ``day``; None before there was such a rule (2012)."""
    try:
        return clock.deadline(name, day)
    except NoRule:
        return None


def key_cover(day: dt.date, given: Sequence[Given], clock: Clock, words: Words = ENGLISH) -> Cover:
    """Whether a key decision may be taken on ``day`` (MTG-14, MTG-15): notice, general exception, special urgency."""
    deadline = due(KEY, day, clock)
    if deadline is None:
        return Cover(True, "", words.gettext("There was no such rule then."))
    notices = [each for each in given if each.kind == KEY]
    if any(each.counts_as <= deadline.day for each in notices):
        return Cover(True, "MTG-14", words.gettext("Notice was given 28 clear days before."), deadline)
    exceptions = [each.first_day for each in given if each.kind == GENERAL and each.first_day is not None]
    if any(day >= first for first in exceptions):
        return Cover(True, "MTG-14", words.gettext("It falls under the general exception."), deadline)
    if any(each.kind == URGENT and each.counts_as <= day for each in given):
        return Cover(True, "MTG-15", words.gettext("Special urgency was agreed."), deadline)
    return Cover(False, "MTG-14", _why_no_key(day, notices, exceptions, deadline, words), deadline)


def private_cover(day: dt.date, given: Sequence[Given], clock: Clock, words: Words = ENGLISH) -> Cover:
    """Whether the executive may deal with a matter in private on ``day`` (MTG-13): two notices, or an agreement."""
    first, second = due(PRIVATE, day, clock), due(SECOND, day, clock)
    if first is None or second is None:
        return Cover(True, "", words.gettext("There was no such rule then."))
    if any(each.kind == PRIVATE_URGENT and each.counts_as <= day for each in given):
        agreed = words.gettext("It was agreed that the meeting is urgent and cannot reasonably be deferred.")
        return Cover(True, "MTG-13", agreed, first)
    for kind, deadline in ((PRIVATE, first), (SECOND, second)):
        if not any(each.kind == kind and each.counts_as <= deadline.day for each in given):
            late = any(each.kind == kind for each in given)
            told = _why_no_private(kind, words, late=late).format(day=say(deadline.day, words))
            return Cover(False, "MTG-13", told, deadline)
    return Cover(True, "MTG-13", words.gettext("Both notices of the private meeting were given in time."), second)


def earliest_under_general_exception(published: dt.date, clock: Clock) -> Deadline:
    """The first day on which a key decision may be taken when the notice counts as ``published`` (MTG-41)."""
    return clock.deadline(GENERAL, published)


def _why_no_private(kind: str, words: Words, *, late: bool) -> str:
    if kind == PRIVATE:
        if late:
            return words.gettext("The notice of the private meeting was late: due {day}.")
        return words.gettext("The notice of the private meeting was not given: due {day}.")
    if late:
        return words.gettext("The second notice of the private meeting was late: due {day}.")
    return words.gettext("The second notice of the private meeting was not given: due {day}.")


def _why_no_key(
    day: dt.date, notices: Sequence[Given], exceptions: Sequence[dt.date], deadline: Deadline, words: Words
) -> str:
    if exceptions:
        told = words.gettext("Under the general exception it may be decided from {first}, not on {day}.")
        return told.format(first=say(min(exceptions), words), day=say(day, words))
    if notices:
        told = words.gettext("Notice of the key decision was late: due {due} for a decision on {day}.")
    else:
        told = words.gettext("Notice of the key decision has not been given: due {due} for a decision on {day}.")
    return told.format(due=say(deadline.day, words), day=say(day, words))
