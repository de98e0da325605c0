"""A council's clock: its nation's bank holidays, its own days, its options (CLK-00 to CLK-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from moothall.core.clocks import LONDON, Basis, Calendar, Clock, Local, Nation, counts_as
from moothall.foundation.councils.models import Council, OptionValue, OwnDay
from moothall.foundation.councils.options import Options, options, options_among

OF_MEETINGS = ("agenda", "meeting-notice")
SECOND_NOTICE, GENERAL_EXCEPTION = "private-meeting-second", "general-exception"
OF_28_DAYS = ("key-decision", "private-meeting")
OF_SPEAKERS = ("statement", "question")


def calendar(council: Council) -> Calendar:
    """The days that count for ``council``, as known now."""
    days: dict[str, set[dt.date]] = {kind: set() for kind in OwnDay.Kind.values}
    for kind, day in OwnDay.objects.of(council).values_list("kind", "day"):
        days[kind].add(day)
    return Calendar(
        Nation(council.nation),
        frozenset(days[OwnDay.Kind.CLOSURE]),
        frozenset(days[OwnDay.Kind.PROCLAIMED]),
    )


def clock(council: Council, on: dt.date) -> Clock:
    """The clock that ``council`` goes by for an event on the day ``on``."""
    return Clock(calendar(council), _local(options(council, on)))


def clocks(council: Council) -> Callable[[dt.date], Clock]:
    """The clocks of many days; calendar and choices are read once."""
    days, chosen = calendar(council), list(OptionValue.objects.of(council).order_by("first_day"))

    @cache
    def on(day: dt.date) -> Clock:
        return Clock(days, _local(options_among(chosen, day)))

    return on


def publication_counts_as(council: Council, at: dt.datetime) -> dt.date:
    """The day that a publication at a moment counts as, by the council's cut-off and days (CLK-07)."""
    chosen = options(council, at.astimezone(LONDON).date())
    basis = Basis(chosen.publication_days)
    return counts_as(at, calendar(council), cut_off=chosen.publication_cut_off, basis=basis)


def _local(chosen: Options) -> dict[str, Local]:
    clear, of_28 = Basis(chosen.clear_days_basis), Basis(chosen.notice_28_days_basis)
    own = {name: _published(chosen, basis=clear, count=chosen.clear_days) for name in OF_MEETINGS}
    outlasts = chosen.notice_after_slipping == "stands"
    own[SECOND_NOTICE] = _published(chosen, basis=clear, outlasts=outlasts)
    own |= {name: _published(chosen, basis=of_28, outlasts=outlasts) for name in OF_28_DAYS}
    own[GENERAL_EXCEPTION] = Local(basis=clear)
    own |= {name: Local(count=chosen.speaking_notice_days, time=chosen.speaking_notice_time) for name in OF_SPEAKERS}
    own["call-in"] = Local(count=chosen.call_in_days)
    return own


def _published(chosen: Options, *, basis: Basis, count: int | None = None, outlasts: bool | None = None) -> Local:
    """What is met by publishing: until the council's hour, on its days (CLK-07)."""
    on_working_days = chosen.publication_days == "working"
    time = chosen.publication_cut_off
    return Local(count=count, basis=basis, time=time, on_working_days=on_working_days, outlasts=outlasts)
