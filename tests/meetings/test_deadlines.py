"""The deadlines of meetings: kept whole, explained, computed anew without rewriting history."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.bodies.models import Kind
from moothall.core.clocks import LONDON, Calendar, Clock
from moothall.foundation import permissions
from moothall.foundation.actors import Role
from moothall.foundation.audit import chain
from moothall.foundation.councils.actions import add_own_day
from moothall.foundation.errors import RuleBroken
from moothall.meetings import actions, jobs, public
from moothall.meetings.models import Act, Evaluation
from moothall.meetings.queries import due, out_of_date, timeline
from moothall.meetings.timeline import WRONG, Done, Standing, became_late, in_time, standing
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.meetings.conftest import HALF_PAST_FOUR, MEETING_DAY

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2014, 11, 14)
NOON = moment(TODAY)
LONG_AGO = dt.datetime(2014, 5, 15, 12, tzinfo=LONDON)


def at(day, hour=12, minute=0):
    return dt.datetime(2014, 11, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def meeting(enter):
    """The meeting of Monday 24 November 2014, on the calendar since May."""
    return enter(fixed_at=LONG_AGO)


@pytest.fixture
def entry(meeting):
    """How things stand with one deadline: ``entry("agenda")``."""

    def find(rule, *, when=NOON):
        return next(each for each in timeline(meeting, at=when) if each.rule == rule)

    return find


def test_clk_40_every_deadline_is_kept_whole_and_explains_itself(meeting, entry, avonmere):
    found = entry("agenda")
    assert found.deadline == avonmere.clock(MEETING_DAY).deadline("agenda", MEETING_DAY)
    assert found.rule == "agenda"
    assert "Mon 17 to Fri 21 November 2014" in found.explanation
    assert "Local Government Act 1972" in found.explanation


def test_pub_02_the_timeline_is_in_order_and_has_the_packs_own_days(meeting):
    found = {each.rule: each.deadline.day for each in timeline(meeting, at=moment(TODAY))}
    assert (found["agenda"], found["statement"]) == (FRIDAY, dt.date(2014, 11, 19))
    assert list(found.values()) == sorted(found.values())


def test_mtg_14_deadlines_of_the_executive_are_the_cabinets_only(enter, new_body, meeting):
    cabinet = enter(dt.date(2014, 12, 3), body=new_body("Cabinet", kind=Kind.CABINET))
    rules = [{each.rule for each in timeline(row, at=moment(TODAY))} for row in (meeting, cabinet)]
    assert ["key-decision" in each for each in rules] == [False, True]


@pytest.mark.parametrize(
    ("when", "counts_as", "stands"),
    [
        pytest.param(at(14, 17, 0), FRIDAY, Standing.MET, id="Friday at five"),
        pytest.param(at(14, 17, 1), dt.date(2014, 11, 17), Standing.LATE, id="Friday a minute past five"),
        pytest.param(at(15), dt.date(2014, 11, 17), Standing.LATE, id="Saturday"),
    ],
)
def test_clk_07_publication_after_hours_counts_as_the_next_working_day(meeting, entry, clerk, when, counts_as, stands):
    act = actions.publish_agenda(meeting, at=when, by=clerk)
    assert (act.counts_as, entry("agenda").standing) == (counts_as, stands)


@pytest.mark.parametrize(
    ("when", "stands"),
    [
        pytest.param(at(13), Standing.OPEN, id="the day before"),
        pytest.param(at(14, 17, 0), Standing.TODAY, id="on the day at five"),
        pytest.param(at(14, 17, 1), Standing.MISSED, id="a minute late"),
    ],
)
def test_mtg_02_an_agenda_not_published_is_due_until_its_hour(entry, when, stands):
    assert entry("agenda", when=when).standing is stands


def test_mtg_02_a_meeting_at_shorter_notice_has_its_agenda_published_at_once(enter, clerk):
    meeting = enter(dt.date(2014, 11, 27))
    (before,) = (each for each in timeline(meeting, at=clerk.at) if each.rule == "agenda")
    actions.publish_agenda(meeting, at=clerk.at, by=clerk)
    (after,) = (each for each in timeline(meeting, at=clerk.at) if each.rule == "agenda")
    assert (before.standing, after.standing) == (Standing.AT_ONCE, Standing.MET)
    assert "MTG-01, MTG-02" in before.explanation


def test_mtg_05_an_agenda_is_published_once(meeting, clerk):
    actions.publish_agenda(meeting, at=at(14), by=clerk)
    with pytest.raises(RuleBroken, check=has_code("agenda-published", "MTG-05")):
        actions.publish_agenda(meeting, at=at(15), by=clerk)


def test_what_is_to_come_is_not_recorded(meeting, clerk):
    with pytest.raises(RuleBroken, check=has_code("in-future")):
        actions.publish_agenda(meeting, at=at(25), by=clerk)


def test_mtg_01_a_moved_meeting_needs_a_new_notice_but_its_agenda_stays_open(meeting, clerk):
    actions.publish_agenda(meeting, at=at(14), by=clerk)
    actions.give_notice(meeting, at=at(14), by=clerk)
    moved = actions.postpone_meeting(meeting, to=(dt.date(2014, 12, 8), HALF_PAST_FOUR), reason="Snow", by=clerk)
    found = {each.rule: each.standing for each in timeline(moved, at=clerk.at)}
    assert (found["agenda"], found["meeting-notice"]) == (Standing.MET, Standing.OPEN)
    assert actions.give_notice(moved, at=clerk.at, by=clerk).for_start == moved.start


def test_mtg_01_a_meeting_in_another_place_needs_a_new_notice(meeting, entry, clerk):
    actions.give_notice(meeting, at=at(14), by=clerk)
    before = entry("meeting-notice").standing
    moved = actions.amend_meeting(meeting, place="Town Hall, Radstock", by=clerk)
    assert (before, entry("meeting-notice").standing) == (Standing.MET, Standing.MISSED)
    assert actions.give_notice(moved, at=clerk.at, by=clerk).for_place == "Town Hall, Radstock"
    assert entry("meeting-notice").standing is Standing.LATE


def test_mtg_01_notice_is_given_once_of_a_time_and_place(meeting, clerk):
    actions.give_notice(meeting, at=at(14), by=clerk)
    with pytest.raises(RuleBroken, check=has_code("notice-given", "MTG-01")):
        actions.give_notice(meeting, at=at(15), by=clerk)


def test_mtg_01_a_notice_names_a_place(enter, clerk):
    with pytest.raises(RuleBroken, check=has_code("place-missing", "MTG-01")):
        actions.give_notice(enter(place=""), at=clerk.at, by=clerk)


def test_mtg_01_a_notice_tells_the_place_in_a_room_that_is_renamed(meeting, entry, room, clerk):
    actions.give_notice(meeting, at=at(14), by=clerk)
    actions.amend_room(room, name="Brunswick Room", by=clerk)
    assert entry("meeting-notice").standing is Standing.MET


def test_a_meeting_without_a_day_has_no_deadlines(meeting, clerk, avonmere):
    actions.postpone_meeting(meeting, reason="Snow", by=clerk)
    meeting.refresh_from_db()
    assert timeline(meeting, at=clerk.at) == ()
    assert public.meeting_at(avonmere, "children-panel", meeting.slug).speaking == ()


def test_clk_03_a_proclaimed_holiday_makes_a_published_pack_late(meeting, entry, clerk):
    actions.publish_agenda(meeting, at=at(14), by=clerk)
    add_own_day(day=dt.date(2014, 11, 18), kind="proclaimed", by=clerk)
    changes = actions.reevaluate_deadlines(by=clerk)
    late = [(each.rule, each.was, each.now) for each in changes if each.late]
    found = entry("agenda")
    assert late == [("agenda", FRIDAY, dt.date(2014, 11, 13))]
    assert (found.standing, found.became_late, found.earlier) == (Standing.LATE, True, (FRIDAY,))
    assert "CLK-03" in found.explanation


def test_clk_40_history_is_not_rewritten(meeting, clerk):
    before = list(Evaluation.objects.of(clerk.council).values())
    add_own_day(day=dt.date(2014, 11, 18), kind="proclaimed", by=clerk)
    actions.reevaluate_deadlines(by=clerk)
    after = list(Evaluation.objects.of(clerk.council).values())
    assert after[: len(before)] == before
    assert {row["cause"] for row in after[len(before) :]} == {"calendar"}
    with pytest.raises(IntegrityError, match="meetings_evaluation"), transaction.atomic():
        meeting.evaluations.update(day=TODAY)


def test_computing_anew_twice_changes_nothing_more(meeting, clerk):
    add_own_day(day=dt.date(2014, 11, 18), kind="closure", by=clerk)
    assert actions.reevaluate_deadlines(by=clerk)
    assert actions.reevaluate_deadlines(by=clerk) == []


def test_a_day_that_touches_no_deadline_leaves_no_row(meeting, clerk):
    add_own_day(day=dt.date(2015, 8, 3), kind="closure", by=clerk)
    count = meeting.evaluations.count()
    assert (actions.reevaluate_deadlines(by=clerk), meeting.evaluations.count()) == ([], count)


def test_clk_03_of_a_meeting_that_is_over_only_what_is_still_open_is_computed_anew(meeting, avonmere, clerk):
    add_own_day(day=dt.date(2014, 11, 18), kind="proclaimed", by=clerk)
    add_own_day(day=dt.date(2014, 11, 28), kind="proclaimed", by=clerk)
    found = out_of_date(avonmere, on=dt.date(2014, 11, 25))
    assert [(deadline.rule.id, deadline.day) for _, deadline, _ in found] == [("answer", dt.date(2014, 12, 2))]


def test_the_job_says_what_has_become_late(enter, operator, new_body):
    meeting = enter(dt.date(2040, 1, 16), fixed_at=LONG_AGO)
    actions.publish_agenda(meeting, at=at(14), by=operator)
    add_own_day(day=dt.date(2040, 1, 10), kind="proclaimed", by=operator)
    told = jobs.reevaluate.call("avonmere")
    assert any(all(fact in each for fact in ("agenda", "2040-01-06", "2040-01-05")) for each in told)


def test_a_change_in_one_council_computes_nothing_in_another(meeting, acting, brackwater, new_body, enter):
    by = acting(Role.CLERK, council=brackwater)
    other = enter(body=new_body("Children Panel", by=by), by=by, fixed_at=LONG_AGO)
    add_own_day(day=dt.date(2014, 11, 18), kind="proclaimed", by=by)
    count = meeting.evaluations.count()
    assert {each.meeting for each in actions.reevaluate_deadlines(by=by)} == {str(other)}
    assert meeting.evaluations.count() == count


def test_a_clerk_sees_what_is_wrong_first(meeting, enter, avonmere, clerk):
    enter(dt.date(2014, 12, 8), fixed_at=LONG_AGO)
    assert [(row.pk, each.rule) for row, each in due(avonmere, at=clerk.at, standings=WRONG)] == [
        (meeting.pk, "agenda"),
        (meeting.pk, "meeting-notice"),
    ]


@pytest.mark.parametrize("days", [0, 1, 7, 42, 120])
def test_what_is_due_by_a_day_in_some_bodies_is_that_much_of_all_that_is_due(days, enter, avonmere, clerk, new_body):
    for day in ("2014-06-16", "2014-11-17", "2014-12-02", "2014-12-29", "2015-02-16", "2015-06-01"):
        enter(dt.date.fromisoformat(day), time=dt.time(10))
        enter(dt.date.fromisoformat(day), fixed_at=LONG_AGO)
    mine = enter(dt.date(2014, 12, 3), body=new_body("Audit Committee")).body_id
    until, standings = clerk.today + dt.timedelta(days=days), set(Standing) - {Standing.PASSED}
    found = due(avonmere, at=clerk.at, standings=standings)
    by_then = [pair for pair in found if pair[1].deadline.by <= until]
    assert len(found) > len(by_then) > 0
    assert list(due(avonmere, at=clerk.at, standings=standings, until=until)) == by_then
    own = due(avonmere, at=clerk.at, standings=standings, bodies={mine})
    assert list(own) == [pair for pair in found if pair[0].body_id == mine] != []


def test_the_public_is_told_by_when_to_speak_up_and_nothing_else(meeting, avonmere, public):
    assert {each.rule for each in permissions.visible(public, Evaluation)} == {"statement", "question"}
    assert permissions.visible(public, Act).count() == 0


def test_pub_02_by_when_to_speak_up(meeting, avonmere):
    found = public_meeting(avonmere)
    assert {each.by.isoformat() for each in found.speaking} == {"2014-11-19T16:30:00+00:00"}


def public_meeting(council):
    return public.meeting_at(council, "children-panel", "2014-11-24")


def test_every_act_leaves_one_entry_and_the_chain_holds(meeting, clerk):
    actions.publish_agenda(meeting, at=at(14), by=clerk)
    actions.cancel_meeting(meeting, reason="Snow", by=clerk)
    assert chain.verify(clerk.council).flaws == ()


DAYS = st.dates(dt.date(2003, 1, 1), dt.date(2040, 12, 31))


@given(day=DAYS, before=st.integers(0, 30), extra=st.sets(st.integers(1, 30), max_size=4))
@settings(deadline=None)
def test_clk_03_more_holidays_never_make_a_late_act_timely(day, before, extra):
    was = Clock().deadline("agenda", day)
    calendar = Calendar(proclaimed=frozenset(day - dt.timedelta(days=each) for each in extra))
    now = Clock(calendar).deadline("agenda", day)
    acted = day - dt.timedelta(days=before)
    done = Done(moment(acted), acted)
    assert now.day <= was.day
    assert in_time(was, done, LONG) or not in_time(now, done, LONG)
    assert became_late([was, now], done, LONG) is (in_time(was, done, LONG) and not in_time(now, done, LONG))


LONG = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)


@given(day=DAYS, minutes=st.integers(-60 * 24 * 20, 60 * 24 * 20))
@settings(deadline=None)
def test_an_open_deadline_is_missed_exactly_when_its_moment_is_past(day, minutes):
    deadline = Clock().deadline("agenda", day)
    when = deadline.moment + dt.timedelta(minutes=minutes)
    found = standing(deadline, at=when, fixed_at=LONG, asked=True, done=None)
    assert (found is Standing.MISSED) is (when > deadline.moment)


def test_of_a_meeting_fixed_on_its_own_day_everything_is_due_at_once():
    fixed = dt.datetime(2014, 11, 24, 9, tzinfo=LONDON)
    agenda = Clock().deadline("agenda", MEETING_DAY)
    assert standing(agenda, at=fixed, fixed_at=fixed, asked=True, done=None) is Standing.AT_ONCE


def test_a_period_runs_to_the_last_moment_of_its_last_day():
    kept = Clock().deadline("inspection", MEETING_DAY)
    later = kept.moment + dt.timedelta(seconds=1)
    found = [standing(kept, at=at, fixed_at=LONG, asked=False, done=None) for at in (kept.moment, later)]
    assert found == [Standing.RUNNING, Standing.PASSED]
