"""A council's clock: its nation's bank holidays, its own days, its options (CLK-00 to CLK-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from moothall.core.clocks import Basis, Calendar, Clock, Local, Nation
from moothall.councils.models import Council, OptionValue, OwnDay
from moothall.councils.options import Options, options, options_among

OF_CLEAR_DAYS = ("agenda", "meeting-notice", "private-meeting-second", "general-exception")
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


def _local(chosen: Options) -> dict[str, Local]:
    clear = Local(basis=Basis(chosen.clear_days_basis))
    own = dict.fromkeys(OF_CLEAR_DAYS, clear)
    if chosen.clear_days is not None:
        own |= {name: Local(count=chosen.clear_days, basis=clear.basis) for name in ("agenda", "meeting-notice")}
    own["agenda"] = Local(count=own["agenda"].count, basis=clear.basis, time=chosen.publication_cut_off)
    own |= {name: Local(basis=Basis(chosen.notice_28_days_basis)) for name in OF_28_DAYS}
    own |= {name: Local(count=chosen.speaking_notice_days, time=chosen.speaking_notice_time) for name in OF_SPEAKERS}
    own["call-in"] = Local(count=chosen.call_in_days)
    return own
