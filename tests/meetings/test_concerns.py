"""What speaks against a meeting, without a database."""

import datetime as dt

import pytest

from moothall.core.clocks import LONDON, Calendar
from moothall.meetings.date_problems import Against, Sitting, Span, concerns

RECESS = Span("Summer recess", dt.date(2014, 7, 21), dt.date(2014, 8, 29))


@pytest.mark.parametrize(
    ("day", "within"),
    [("2014-07-18", False), ("2014-07-21", True), ("2014-08-29", True), ("2014-09-01", False)],
    ids=["the Friday before", "the first day", "the last day", "the Monday after"],
)
def test_both_ends_of_a_recess_belong_to_it(day, within):
    start = dt.datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=LONDON)
    sitting = Sitting("Panel", start, start + dt.timedelta(hours=2), start.date())
    found = concerns([sitting], [], calendar=Calendar(), periods=[RECESS], now=start)
    assert [each.against for each in found] == [Against.PERIOD] * within
