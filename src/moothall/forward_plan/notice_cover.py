"""Whether enough notice was given for a decision on a day: the conditions of MTG-13 to MTG-16. No database.

The document that reg 9 asks for states the date on which, or the period within which, the decision is to be made
(MTG-14). So a notice is of the day or the month that it states: when the decision slips to another, the old notice
does not state it, and a new one is needed, or the general exception. Councils differ, and the handbook has no
authority on it: a council may choose to let it stand (``notice_after_slipping``). An agreement that a matter cannot
wait never outlasts the day that it was given for: what then waited could. The notice of the general exception (reg 10)
is of the matter and states no day, so it serves from its first day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moothall.core.clocks import Clock, Deadline, NoRule
from moothall.core.wording import ENGLISH, Words, say, say_month

KEY, PRIVATE, SECOND = "key-decision", "private-meeting", "private-meeting-second"
GENERAL, URGENT, PRIVATE_URGENT = "general-exception", "special-urgency", "private-urgency"


@dataclass(frozen=True, slots=True)
class Given:
    """A notice given: what it is, the working day that it counts as, from which day it allows the decision.

    ``states`` are the first and the last day of those that it says the decision is made on; None for any day.
    """

    kind: str
    counts_as: dt.date
    first_day: dt.date | None = None
    states: tuple[dt.date, dt.date] | None = None

    def of(self, day: dt.date) -> bool:
        """Whether it tells of a decision on a day."""
        return self.states is None or self.states[0] <= day <= self.states[1]


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether a decision may be taken on a day, by which rule, and why or why not; ``deadline`` is of the notice.

    ``code`` names what stands against it, "" where nothing does.
    """

    ok: bool
    rule: str
    message: str
    deadline: Deadline | None = None
    code: str = ""


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
    if any(serves(each, deadline) and each.counts_as <= deadline.day for each in notices):
        return Cover(True, "MTG-14", words.gettext("Notice was given 28 clear days before."), deadline)
    exceptions = [each.first_day for each in given if each.kind == GENERAL and each.first_day is not None]
    if any(day >= first for first in exceptions):
        return Cover(True, "MTG-14", words.gettext("It falls under the general exception."), deadline)
    if any(each.kind == URGENT and each.of(day) and each.counts_as <= day for each in given):
        return Cover(True, "MTG-15", words.gettext("Special urgency was agreed."), deadline)
    told, code = _why_no_key(notices, deadline, words), f"{KEY}-{_what(notices, deadline)}"
    if exceptions:
        code = f"{GENERAL}-later"
        told = words.gettext("Under the general exception it may be decided from {first}, not on {day}.")
        told = told.format(first=say(min(exceptions), words), day=say(day, words))
    return Cover(False, "MTG-14", told, deadline, code)


def private_cover(day: dt.date, given: Sequence[Given], clock: Clock, words: Words = ENGLISH) -> Cover:
    """Whether the executive may deal with a matter in private on ``day`` (MTG-13): two notices, or an agreement."""
    first, second = due(PRIVATE, day, clock), due(SECOND, day, clock)
    if first is None or second is None:
        return Cover(True, "", words.gettext("There was no such rule then."))
    if any(each.kind == PRIVATE_URGENT and each.of(day) and each.counts_as <= day for each in given):
        agreed = words.gettext("It was agreed that the meeting is urgent and cannot reasonably be deferred.")
        return Cover(True, "MTG-13", agreed, first)
    for kind, deadline in ((PRIVATE, first), (SECOND, second)):
        own = [each for each in given if each.kind == kind]
        if not any(serves(each, deadline) and each.counts_as <= deadline.day for each in own):
            told = _why_no_private(kind, own, deadline, words)
            return Cover(False, "MTG-13", told, deadline, f"{kind}-{_what(own, deadline)}")
    return Cover(True, "MTG-13", words.gettext("Both notices of the private meeting were given in time."), second)


def serves(notice: Given, deadline: Deadline) -> bool:
    """Whether a notice tells of the day that a deadline is for, or the council lets it stand for others too."""
    return deadline.rule.outlasts or notice.of(deadline.event)


def earliest_under_general_exception(published: dt.date, clock: Clock) -> Deadline:
    """The first day on which a key decision may be taken when the notice counts as ``published`` (MTG-41)."""
    return clock.deadline(GENERAL, published)


def _why_no_private(kind: str, own: Sequence[Given], deadline: Deadline, words: Words) -> str:
    if kind == PRIVATE:
        said = {
            "of-other-day": words.gettext(
                "Notice of the private meeting was given for {stated}; one on {day} needs its own, due {due}."
            ),
            "late": words.gettext("The notice of the private meeting was late: due {due}."),
            "not-given": words.gettext("The notice of the private meeting was not given: due {due}."),
        }
    else:
        said = {
            "of-other-day": words.gettext(
                "The second notice of the private meeting was for {stated}; one on {day} needs its own, due {due}."
            ),
            "late": words.gettext("The second notice of the private meeting was late: due {due}."),
            "not-given": words.gettext("The second notice of the private meeting was not given: due {due}."),
        }
    return said[_what(own, deadline)].format(**_told(own, deadline, words))


def _why_no_key(own: Sequence[Given], deadline: Deadline, words: Words) -> str:
    said = {
        "of-other-day": words.gettext(
            "Notice of the key decision was given for {stated}; a decision on {day} needs its own, due {due}."
        ),
        "late": words.gettext("Notice of the key decision was late: due {due} for a decision on {day}."),
        "not-given": words.gettext("Notice of the key decision has not been given: due {due} for a decision on {day}."),
    }
    return said[_what(own, deadline)].format(**_told(own, deadline, words))


def _what(own: Sequence[Given], deadline: Deadline) -> str:
    """Whether the notices given are late, or were of another day; or there are none."""
    if not own:
        return "not-given"
    return "late" if any(serves(each, deadline) for each in own) else "of-other-day"


def _told(own: Sequence[Given], deadline: Deadline, words: Words) -> dict[str, str]:
    stated = [each.states for each in own if each.states is not None]
    return {
        "day": say(deadline.event, words),
        "due": say(deadline.by, words),
        "stated": _period(*stated[-1], words) if stated else "",
    }


def _period(first: dt.date, last: dt.date, words: Words) -> str:
    return say(first, words) if first == last else say_month(first, words)
