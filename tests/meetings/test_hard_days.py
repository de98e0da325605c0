"""Deadlines of meetings on the days that break them, and what is recorded of what was done (MTG-01, MTG-02, CLK-07)."""

import datetime as dt

import pytest

from moothall.bodies.models import Kind
from moothall.core.clocks import LONDON
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.actions import add_own_day, set_option
from moothall.foundation.errors import RuleBroken
from moothall.meetings import actions
from moothall.meetings.deadline_recount import deadlines
from moothall.meetings.queries import timeline
from moothall.meetings.timeline import Done, Standing, in_time, standing
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.meetings.conftest import HALF_PAST_FOUR, MEETING_DAY

pytestmark = pytest.mark.django_db
D = dt.date
LONG_AGO = dt.datetime(2010, 5, 15, 12, tzinfo=LONDON)


def at(day, hour=12, minute=0, second=0):
    return dt.datetime.combine(day, dt.time(hour, minute, second), LONDON)


def found(meeting, rule, when=None):
    return next(each for each in timeline(meeting, at=when or moment(TODAY)) if each.rule == rule)


@pytest.mark.parametrize(
    ("day", "time", "agenda", "statement"),
    [
        pytest.param(D(2015, 3, 30), dt.time(0), D(2015, 3, 20), D(2015, 3, 25), id="midnight after the clocks change"),
        pytest.param(D(2014, 12, 25), dt.time(10), D(2014, 12, 17), D(2014, 12, 22), id="on Christmas Day"),
        pytest.param(D(2014, 12, 29), dt.time(10), D(2014, 12, 17), D(2014, 12, 22), id="between the years"),
        pytest.param(D(2015, 4, 6), dt.time(10), D(2015, 3, 26), D(2015, 3, 31), id="on Easter Monday"),
        pytest.param(D(2016, 2, 29), dt.time(10), D(2016, 2, 19), D(2016, 2, 24), id="on a leap day"),
        pytest.param(D(2016, 3, 7), dt.time(10), D(2016, 2, 26), D(2016, 3, 2), id="a leap day between"),
        pytest.param(D(2027, 12, 29), dt.time(10), D(2027, 12, 17), D(2027, 12, 22), id="after substitute days"),
    ],
)
def test_mtg_02_and_pub_02_of_a_meeting_on_a_hard_day(enter, day, time, agenda, statement):
    meeting = enter(day, time=time, fixed_at=LONG_AGO)
    assert meeting.day == day
    assert [found(meeting, rule).deadline.day for rule in ("agenda", "statement")] == [agenda, statement]


def test_clk_01_a_meeting_whose_deadlines_leave_the_known_holidays_is_refused_in_words(enter):
    """The meeting is in a year that is known; the fifth working day after it, on which answers are due, is not."""
    with pytest.raises(RuleBroken, check=has_code("year-without-holidays", "CLK-01", says=("1990", "2045"))):
        enter(D(2045, 12, 28))


def test_clk_07_five_o_clock_to_the_second(enter, clerk):
    meeting, other = enter(fixed_at=LONG_AGO), enter(time=dt.time(10), fixed_at=LONG_AGO)
    actions.publish_agenda(meeting, at=at(D(2014, 11, 14), 17), by=clerk)
    actions.publish_agenda(other, at=at(D(2014, 11, 14), 17, 0, 1), by=clerk)
    assert [found(each, "agenda").standing for each in (meeting, other)] == [Standing.MET, Standing.LATE]


def test_clk_03_a_holiday_on_the_last_of_28_days_moves_the_day_to_publish_by(enter, new_body, clerk):
    meeting = enter(D(2015, 2, 4), body=new_body("Cabinet", kind=Kind.CABINET), fixed_at=LONG_AGO)
    add_own_day(day=D(2015, 1, 6), kind="proclaimed", by=clerk)
    changes = actions.reevaluate_deadlines(by=clerk)
    assert ("key-decision", D(2015, 1, 6), D(2015, 1, 5)) in {(each.rule, each.was, each.now) for each in changes}
    now = found(meeting, "key-decision", at(D(2015, 1, 5)))
    assert (now.standing, now.earlier) == (Standing.TODAY, (D(2015, 1, 6),))
    assert "Monday 5 January 2015" in now.explanation
    assert actions.reevaluate_deadlines(by=clerk) == []


def test_clk_07_what_is_due_on_a_sunday_is_due_on_the_friday_before(enter, new_body):
    meeting = enter(D(2014, 12, 29), body=new_body("Cabinet", kind=Kind.CABINET), fixed_at=LONG_AGO)
    friday = D(2014, 11, 28)
    standings = [found(meeting, "key-decision", at(friday + dt.timedelta(days=each))).standing for each in (-1, 0, 1)]
    assert standings == [Standing.OPEN, Standing.TODAY, Standing.PASSED]


def test_clk_02_two_councils_count_on_their_own_bases(enter, new_body, acting, brackwater, avonmere):
    by = acting(Role.CLERK, council=brackwater)
    operator = Actor.operator(brackwater, at=moment(TODAY))
    for key, value in (("clear_days_basis", "s243_parish"), ("clear_days", 3)):
        set_option(key=key, value=value, first_day=D(2014, 1, 1), by=operator)
    ours, theirs = enter(D(2015, 4, 9)), enter(D(2015, 4, 9), body=new_body("Parish Council", by=by), by=by)
    assert found(ours, "agenda").deadline.day == D(2015, 3, 30)
    assert found(theirs, "agenda").deadline.day == D(2015, 3, 30)
    assert [each.isoformat()[5:] for each in found(theirs, "agenda").deadline.counted] == ["03-31", "04-01", "04-08"]
    assert [each.isoformat()[5:] for each in found(ours, "agenda").deadline.counted] == [
        *("03-31", "04-01", "04-02", "04-07", "04-08")
    ]


def test_mtg_01_no_notice_of_another_day_is_recorded_for_a_time_before_it_was_fixed(enter, clerk):
    meeting = enter(fixed_at=LONG_AGO)
    moved = actions.move_meeting(meeting, day=D(2014, 12, 8), time=HALF_PAST_FOUR, reason="Snow", by=clerk)
    until = ("12:00", "Monday 24 November 2014")
    with pytest.raises(RuleBroken, check=has_code("notice-before-change", "MTG-01", says=until)):
        actions.give_notice(moved, at=at(D(2014, 11, 14)), by=clerk)
    assert actions.give_notice(moved, at=clerk.at, by=clerk).for_start == moved.start


def test_mtg_01_no_notice_of_another_place_is_recorded_for_a_time_before_that_of_the_first(enter, clerk):
    meeting = enter(fixed_at=LONG_AGO)
    actions.give_notice(meeting, at=at(D(2014, 11, 14)), by=clerk)
    moved = actions.amend_meeting(meeting, place="Town Hall, Radstock", by=clerk)
    until = ("12:00", "Friday 14 November 2014")
    with pytest.raises(RuleBroken, check=has_code("notice-before-change", "MTG-01", says=until)):
        actions.give_notice(moved, at=at(D(2014, 11, 13)), by=clerk)


def test_mtg_02_what_is_opened_when_the_meeting_has_begun_served_nobody(enter, clerk, avonmere):
    meeting = enter(D(2014, 11, 24), time=dt.time(14))
    after = Actor.operator(avonmere, at=at(D(2014, 11, 24), 15))
    actions.publish_agenda(meeting, at=after.at, by=after)
    assert meeting.acts.get().at == after.at
    assert found(meeting, "agenda", after.at).standing is not Standing.MET


def test_mtg_02_a_meeting_at_short_notice_whose_day_is_past_has_missed_it(enter):
    meeting = enter(D(2014, 11, 27))
    days = (D(2014, 11, 24), D(2014, 11, 27), D(2014, 11, 28))
    assert [found(meeting, "agenda", at(day)).standing for day in days] == [
        Standing.AT_ONCE,
        Standing.AT_ONCE,
        Standing.MISSED,
    ]


def test_a_meeting_entered_when_it_was_over_is_not_told_to_do_anything_at_once(enter):
    assert found(enter(D(2014, 9, 29)), "agenda").standing is Standing.PASSED


def test_mtg_02_a_day_fixed_after_the_cut_off_of_the_last_day_is_short_notice(enter, avonmere):
    """Fixed on the last lawful day at six: it can no longer be met, and so is due at once."""
    deadline = avonmere.clock(MEETING_DAY).deadline("agenda", MEETING_DAY)
    fixed = at(D(2014, 11, 14), 18)
    assert standing(deadline, at=fixed, fixed_at=fixed, asked=True, done=None) is Standing.AT_ONCE
    assert in_time(deadline, Done(at(D(2014, 11, 14), 19), D(2014, 11, 17)), fixed)
    assert not in_time(deadline, Done(at(D(2014, 11, 15), 9), D(2014, 11, 17)), fixed)


def test_mtg_01_put_off_and_put_back_the_first_notice_serves_again(enter, clerk):
    """What was told at first is true once more, and no notice has told otherwise."""
    meeting = enter(D(2014, 12, 8), fixed_at=LONG_AGO)
    actions.give_notice(meeting, at=at(D(2014, 11, 14)), by=clerk)
    for day in (D(2014, 12, 15), D(2014, 12, 8)):
        meeting = actions.move_meeting(meeting, day=day, time=HALF_PAST_FOUR, reason="Snow", by=clerk)
    assert found(meeting, "meeting-notice").standing is Standing.MET


def test_mtg_01_put_back_after_a_notice_of_the_other_day_it_needs_a_third(enter, clerk, avonmere):
    meeting = enter(D(2014, 12, 8), fixed_at=LONG_AGO)
    actions.give_notice(meeting, at=at(D(2014, 11, 14)), by=clerk)
    meeting = actions.move_meeting(meeting, day=D(2014, 12, 15), time=HALF_PAST_FOUR, reason="Snow", by=clerk)
    actions.give_notice(meeting, at=clerk.at, by=clerk)
    later = Actor.operator(avonmere, at=at(D(2014, 11, 25)))
    meeting = actions.move_meeting(meeting, day=D(2014, 12, 8), time=HALF_PAST_FOUR, reason="Thaw", by=later)
    assert found(meeting, "meeting-notice", later.at).standing is Standing.OPEN
    actions.give_notice(meeting, at=later.at, by=later)
    assert found(meeting, "meeting-notice", later.at).standing is Standing.MET


def test_mtg_13_a_cabinet_keeps_the_clock_of_both_notices_of_a_private_meeting(enter, new_body):
    meeting = enter(D(2015, 4, 8), body=new_body("Cabinet", kind=Kind.CABINET), fixed_at=LONG_AGO)
    by_rule = {each.rule.id: each.by for each in deadlines(meeting, meeting.council.clock(meeting.day))}
    assert (by_rule["private-meeting"], by_rule["private-meeting-second"]) == (D(2015, 3, 10), D(2015, 3, 27))
