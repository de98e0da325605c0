"""The six-month rule: when somebody ceases to be a member for not attending (MTG-25, LGA 1972 s.85)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from moothall.core.clocks import Clock, Deadline, add_months, day_before

ALERT_MONTHS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Approval:
    """An absence that the council approved on a day, until a day."""

    approved_on: dt.date
    approved_until: dt.date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands on a day.

    ``expires`` is the last day on which the member is one without attending or an approval; ``act_by`` is a day
    earlier, since where exactly the boundary lies is not settled. ``alerts`` are the days of the warnings.
    """

    since: dt.date
    expires: dt.date
    act_by: dt.date
    alerts: tuple[dt.date, ...]
    ceased: bool
    warning: int
    deadline: Deadline
    extended_until: dt.date | None = None


def standing(last_attended: dt.date, approvals: Iterable[Approval], *, on: dt.date, clock: Clock) -> Standing:
    """Where a member stands on the day ``on`` who last attended (or took office) on ``last_attended``.

    ``warning`` is how many of the six months have passed, of 3, 4 and 5, and 0 before. An approval counts when it was
    given before the time was over, and carries it to the end of what was approved; of that end, too, is warned a month
    before.
    """
    deadline = clock.deadline("six-month-rule", last_attended)
    extended = _extended(deadline.day, approvals, on)
    expires = extended or deadline.day
    alerts = tuple(add_months(last_attended, months) for months in ALERT_MONTHS)
    if extended is not None:
        alerts = (add_months(extended, ALERT_MONTHS[-1] - deadline.rule.count),)
    passed = [months for months, day in zip(ALERT_MONTHS[-len(alerts) :], alerts, strict=True) if day <= on]
    return Standing(
        since=last_attended,
        expires=expires,
        act_by=day_before(expires),
        alerts=alerts,
        ceased=on > expires,
        warning=passed[-1] if passed else 0,
        deadline=deadline,
        extended_until=extended,
    )


def counted_from(
    began: dt.date, attended: Iterable[dt.date], approvals: Sequence[Approval], *, clock: Callable[[dt.date], Clock]
) -> dt.date:
    """The day that the six months run from: the last attendance, unless the time was over before it.

    Whoever has ceased to be a member does not become one again by coming to a meeting. ``began`` is the day that the
    member took office, or the first of which anything is known.
    """
    since = began
    for day in sorted(each for each in attended if each > began):
        if standing(since, approvals, on=day, clock=clock(since)).ceased:
            break
        since = day
    return since


def _extended(expires: dt.date, approvals: Iterable[Approval], on: dt.date) -> dt.date | None:
    until = expires
    for approval in sorted(approvals, key=lambda each: each.approved_on):
        if approval.approved_on <= min(until, on):
            until = max(until, approval.approved_until)
    return until if until > expires else None
