"""What follows by itself from a change of the calendar and from a moved meeting (CLK-03)."""

import datetime as dt

import pytest

from moothall.foundation.councils.actions import add_own_day, remove_own_day, set_option
from moothall.foundation.errors import RuleBroken
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.worker import Worker
from moothall.meetings.actions import move_meeting

ANEW = {"moothall.forward_plan.jobs.reevaluate", "moothall.meetings.jobs.reevaluate"}


def waiting(council):
    return set(Job.objects.of(council).filter(state="waiting").values_list("name", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["add", "remove", "option"])
def test_clk_03_deadlines_are_computed_anew_after_every_change_of_the_calendar(clerk, operator, avonmere, change):
    day = add_own_day(day=dt.date(2014, 12, 24), kind="closure", by=clerk)
    Job.objects.of(avonmere).update(state="done")
    if change == "add":
        add_own_day(day=dt.date(2014, 12, 29), kind="closure", by=clerk)
    elif change == "remove":
        remove_own_day(day, by=clerk)
    else:
        set_option(key="clear_days_basis", value="s243_parish", first_day=dt.date(2014, 12, 1), by=operator)
    assert waiting(avonmere) == ANEW


@pytest.mark.django_db
def test_two_changes_are_one_job_and_another_council_has_none(clerk, avonmere, brackwater):
    for day in (24, 29):
        add_own_day(day=dt.date(2014, 12, day), kind="closure", by=clerk)
    assert (Job.objects.of(avonmere).count(), waiting(brackwater)) == (len(ANEW), set())


@pytest.mark.django_db
def test_a_change_that_is_refused_leaves_no_job(clerk, avonmere):
    add_own_day(day=dt.date(2014, 12, 24), kind="closure", by=clerk)
    Job.objects.of(avonmere).update(state="done")
    with pytest.raises(RuleBroken):
        add_own_day(day=dt.date(2014, 12, 24), kind="closure", by=clerk)
    assert waiting(avonmere) == set()


@pytest.mark.django_db
def test_a_moved_meeting_has_the_notices_of_its_plan_computed_anew(enter, clerk, avonmere):
    move_meeting(enter(dt.date(2014, 12, 1)), day=dt.date(2014, 12, 2), time=dt.time(9), reason="", by=clerk)
    assert waiting(avonmere) == {"moothall.forward_plan.jobs.reevaluate"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_it(enter, clerk, avonmere):
    meeting = enter(dt.date(2040, 1, 16))
    before = meeting.evaluations.count()
    add_own_day(day=dt.date(2040, 1, 10), kind="proclaimed", by=clerk)
    Worker(interval=0.01).run_until_empty()
    assert meeting.evaluations.count() > before
    assert set(Job.objects.of(avonmere).values_list("state", flat=True)) == {"done"}
