"""Notices of key decisions and private meetings, exceptions and urgency (MTG-13 to MTG-16, MTG-41)."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.bodies.models import Kind, Membership
from moothall.core.clocks import LONDON, Basis, Clock, Local
from moothall.forward_plan import actions, public
from moothall.forward_plan.models import Notice
from moothall.forward_plan.notice_cover import (
    GENERAL,
    KEY,
    PRIVATE,
    SECOND,
    URGENT,
    Given,
    earliest_under_general_exception,
    key_cover,
    private_cover,
)
from moothall.forward_plan.queries import may_be_taken, notice_clocks, what_is_wrong
from moothall.forward_plan.rescheduling import against_day
from moothall.foundation.actors import Actor
from moothall.foundation.councils.actions import add_own_day, set_option
from moothall.foundation.errors import RuleBroken
from moothall.meetings.actions import move_meeting
from moothall.people.stored_deadlines import as_found
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.forward_plan.conftest import CABINET_DAY, MONEY
from tests.forward_plan.conftest import PRIVATE as PRIVATE_MATTER

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2014, 11, 4)
ONE_DAY = dt.timedelta(days=1)
Office = Notice.Office


def wrong(entry):
    """What is wrong with an entry: by its code, with the days that the message names."""
    entry.refresh_from_db()
    return [(each.code, *days(each.message)) for each in what_is_wrong(entry) if each.rule != "SCR-04"]


def days(text):
    """The days that a text names."""
    return re.findall(r"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}", text)


def at(day, hour=12, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), LONDON)


def test_mtg_16_the_cabinet_s_own_example(decision):
    (clock,) = notice_clocks(decision)
    assert (clock.deadline.day, clock.in_time) == (LAST_DAY, False)
    assert clock.deadline.rule.source not in clock.deadline.explanation
    assert clock.deadline.rule.basis is Basis.CALENDAR
    assert "calendar" in clock.deadline.explanation.lower()


def test_mtg_16_by_working_days_where_the_council_chose_so(decisions, cabinet_meeting, published, operator):
    set_option(key="notice_28_days_basis", value="working", first_day=dt.date(2014, 1, 1), by=operator)
    entry = published(decisions, meeting=cabinet_meeting, **MONEY)
    assert notice_clocks(entry)[0].deadline.day == dt.date(2014, 10, 23)


@pytest.mark.parametrize(
    ("when", "counts_as", "found"),
    [
        pytest.param(at(LAST_DAY, 17), LAST_DAY, [], id="on the last day at five"),
        pytest.param(
            at(LAST_DAY, 17, 1),
            LAST_DAY + ONE_DAY,
            [("key-decision-late", "Tuesday 4 November 2014", "Wednesday 3 December 2014")],
            id="a minute late",
        ),
    ],
)
def test_mtg_14_notice_is_given_28_clear_days_before(decision, clerk, when, counts_as, found):
    assert actions.give_key_notice(decision, at=when, by=clerk).counts_as == counts_as
    assert wrong(decision) == found


def test_clk_40_a_notice_keeps_its_clock_whole(decision, clerk):
    notice = actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    notice.refresh_from_db()
    expected = clerk.council.clock(CABINET_DAY).deadline("key-decision", CABINET_DAY)
    assert as_found(notice.as_computed) == expected


@pytest.mark.parametrize("field", ["matter", "decision_maker"])
def test_mtg_14_a_notice_says_what_the_law_asks(decision, clerk, field):
    actions.amend_entry(decision, by=clerk, **{field: ""})
    with pytest.raises(RuleBroken, check=has_code("particulars-missing", "MTG-14")) as broken:
        actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    assert broken.value.field == field


def test_mtg_14_a_notice_says_how_to_ask_for_documents(decision, decisions, clerk):
    actions.amend_plan(decisions, documents_from="", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("documents-from-missing", "MTG-14")):
        actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)


def test_mtg_13_a_notice_of_a_private_meeting_needs_no_list_of_documents(in_private, decisions, clerk):
    actions.amend_plan(decisions, documents_from="", by=clerk)
    assert actions.give_private_notice(in_private, at=at(LAST_DAY), by=clerk).kind == PRIVATE


def test_mtg_14_the_plan_of_the_executive_names_who_decides(decision, sit, cabinet, work, panel, avonmere):
    sit("Anna Lee", cabinet, seat=Membership.Seat.CABINET)
    sit("Ben Okoro", cabinet, seat=Membership.Seat.CHAIR)
    sit("Cleo Day", panel)
    found = public.plan(avonmere, cabinet.slug, on=TODAY)
    assert found.members == ("Councillor Ben Okoro", "Councillor Anna Lee")
    assert public.plan(avonmere, panel.slug, on=TODAY).members == ()


def test_mtg_14_a_notice_says_when(decisions, published, clerk):
    entry = published(decisions, **MONEY)
    with pytest.raises(RuleBroken, check=has_code("particulars-missing", "MTG-14")) as broken:
        actions.give_key_notice(entry, at=at(LAST_DAY), by=clerk)
    assert broken.value.field == "meeting"


def test_mtg_14_a_decision_in_a_month_has_its_notice_before_the_first(decisions, published):
    entry = published(decisions, month=dt.date(2015, 1, 1), **MONEY)
    assert notice_clocks(entry)[0].deadline.day == dt.date(2014, 12, 3)


def test_mtg_14_a_notice_is_of_the_day_that_it_states_and_a_slipped_decision_needs_its_own(
    decision, clerk, enter, cabinet
):
    """Reg 9 asks for the date on which, or the period within which, the decision is to be made."""
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    later = enter(dt.date(2015, 2, 4), body=cabinet)
    actions.reschedule_entry(decision, meeting=later, reason="The valuation is late.", by=clerk)
    (clock,) = notice_clocks(decision)
    assert (clock.given_at, clock.in_time) == (None, False)
    given_for, now, due = "Wednesday 3 December 2014", "Wednesday 4 February 2015", "Tuesday 6 January 2015"
    assert wrong(decision) == [("key-decision-of-other-day", given_for, now, due)]
    actions.give_key_notice(decision, at=at(TODAY, 11), by=clerk)
    assert wrong(decision) == []


def test_mtg_14_before_a_decision_slips_too_little_to_be_on_notice_again_one_is_told(decision, clerk):
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    assert list(against_day(decision, CABINET_DAY, at=clerk.at)) == []
    (told,) = against_day(decision, dt.date(2014, 12, 10), at=clerk.at)
    assert days(told) == ["Wednesday 3 December 2014", "Wednesday 10 December 2014", "Tuesday 11 November 2014"]
    assert "MTG-14" in told
    assert list(against_day(decision, dt.date(2015, 2, 4), at=clerk.at)) == []  # it can still be given


def test_mtg_14_the_general_exception_serves_for_a_later_day_too(except_, decision, enter, cabinet, clerk):
    except_(at(TODAY))
    later = enter(dt.date(2014, 12, 10), body=cabinet)
    actions.reschedule_entry(decision, meeting=later, reason="The valuation is late.", by=clerk)
    assert wrong(decision) == []


def test_mtg_14_a_notice_moves_with_its_meeting_no_more_than_with_its_entry(decision, cabinet_meeting, clerk):
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    move_meeting(cabinet_meeting, day=dt.date(2014, 12, 10), time=dt.time(16), reason="Snow", by=clerk)
    assert wrong(decision)[0][:2] == ("key-decision-of-other-day", "Wednesday 3 December 2014")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        pytest.param(dt.date(2015, 2, 4), [], id="later"),
        pytest.param(
            dt.date(2014, 12, 2),
            [("key-decision-late", "Monday 3 November 2014", "Tuesday 2 December 2014")],
            id="sooner",
        ),
    ],
)
def test_mtg_14_a_council_may_let_a_notice_stand_for_a_later_day(decision, clerk, operator, enter, cabinet, day, found):
    set_option(key="notice_after_slipping", value="stands", first_day=dt.date(2014, 1, 1), by=operator)
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    actions.reschedule_entry(decision, meeting=enter(day, body=cabinet), reason="The valuation is late.", by=clerk)
    assert wrong(decision) == found


def test_mtg_14_a_notice_for_a_month_serves_on_each_of_its_days_and_no_other(decisions, published, clerk):
    entry = published(decisions, month=dt.date(2015, 2, 1), **MONEY)
    notice = actions.give_key_notice(entry, at=at(TODAY, 11), by=clerk)
    assert notice.states == (dt.date(2015, 2, 1), dt.date(2015, 2, 28))
    days = (dt.date(2015, 1, 31), dt.date(2015, 2, 1), dt.date(2015, 2, 28), dt.date(2015, 3, 1))
    assert [may_be_taken(entry, day)[0].ok for day in days] == [False, True, True, False]


def test_mtg_15_what_was_too_urgent_to_wait_and_then_waits_has_no_agreement(
    urgent, scrutiny_chair, enter, cabinet, clerk
):
    entry = urgent(scrutiny_chair).entry
    actions.reschedule_entry(entry, meeting=enter(CABINET_DAY, body=cabinet), reason="It can wait.", by=clerk)
    assert wrong(entry)[0][0] == "key-decision-not-given"


def test_mtg_13_an_agreement_is_of_one_private_meeting(in_private, scrutiny_chair, enter, cabinet, clerk):
    agreed = {"agreed_by": scrutiny_chair, "office": Office.SCRUTINY_CHAIR, "agreed_on": TODAY, "reasons": "It ends."}
    actions.agree_private_urgency(in_private, at=at(TODAY, 11), by=clerk, **agreed)
    assert wrong(in_private) == []
    actions.reschedule_entry(
        in_private, meeting=enter(dt.date(2014, 12, 17), body=cabinet), reason="It can wait.", by=clerk
    )
    assert wrong(in_private)[0][0] == "private-meeting-not-given"


def test_mtg_13_both_notices_are_of_one_private_meeting(in_private, enter, cabinet, clerk):
    actions.give_private_notice(in_private, at=at(LAST_DAY), by=clerk)
    actions.give_second_notice(in_private, at=at(TODAY, 11), by=clerk)
    actions.reschedule_entry(in_private, meeting=enter(dt.date(2015, 2, 4), body=cabinet), reason="Snow", by=clerk)
    given_for, now, due = "Wednesday 3 December 2014", "Wednesday 4 February 2015", "Tuesday 6 January 2015"
    assert wrong(in_private) == [("private-meeting-of-other-day", given_for, now, due)]


def test_mtg_13_what_cannot_wait_has_a_day(decisions, published, scrutiny_chair, clerk):
    entry = published(decisions, **PRIVATE_MATTER)
    agreed = {"agreed_by": scrutiny_chair, "office": Office.SCRUTINY_CHAIR, "agreed_on": TODAY, "reasons": "It ends."}
    with pytest.raises(RuleBroken, check=has_code("date-missing", "MTG-13")):
        actions.agree_private_urgency(entry, at=at(TODAY, 11), by=clerk, **agreed)


def test_clk_07_a_notice_due_on_a_sunday_is_told_as_due_on_the_friday(decision, enter, cabinet, clerk):
    monday = enter(dt.date(2014, 12, 1), body=cabinet)
    actions.reschedule_entry(decision, meeting=monday, reason="The offer ends.", by=clerk)
    assert wrong(decision)[0][1:] == ("Friday 31 October 2014", "Monday 1 December 2014")


def test_clk_03_a_holiday_on_the_last_of_28_days_moves_the_day_to_publish_by(decision, enter, cabinet, clerk):
    """Calendar days count it still, but what is published on it counts as the next working day (CLK-07)."""
    meeting = enter(dt.date(2015, 2, 4), body=cabinet)
    actions.reschedule_entry(decision, meeting=meeting, reason="The valuation is late.", by=clerk)
    add_own_day(day=dt.date(2015, 1, 6), kind="proclaimed", by=clerk)
    assert actions.reevaluate_notices(by=clerk) == ["E1: key-decision is due 2015-01-05"]
    assert actions.reevaluate_notices(by=clerk) == []


def test_mtg_14_no_notice_no_decision(decision, clerk):
    by = Actor.operator(clerk.council, at=moment(CABINET_DAY))
    with pytest.raises(RuleBroken, check=has_code("key-decision-not-given", "MTG-14")):
        actions.take_entry(decision, on=CABINET_DAY, by=by)
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    assert actions.take_entry(decision, on=CABINET_DAY, by=by).taken_on == CABINET_DAY


def test_a_decision_is_not_taken_before_its_day(decision, clerk):
    with pytest.raises(RuleBroken, check=has_code("in-future")):
        actions.take_entry(decision, on=CABINET_DAY, by=clerk)


def test_mtg_14_a_panel_takes_no_key_decision(work, clerk):
    with pytest.raises(RuleBroken, check=has_code("not-executive", "MTG-14")):
        actions.add_entry(work, title="Budget", by=clerk, **MONEY)


@pytest.fixture
def except_(decision, scrutiny_chair, clerk):
    """Claims the general exception at a moment."""

    def claim(when, **values):
        given = {"told": scrutiny_chair, "told_on": when.date(), "reasons": "The offer came late."} | values
        return actions.claim_general_exception(decision, at=when, by=clerk, **given)

    return claim


def test_mtg_41_under_the_general_exception_five_clear_days_elapse(except_, decision):
    notice = except_(at(TODAY))
    assert (notice.first_day, wrong(decision)) == (dt.date(2014, 12, 2), [])


def test_mtg_41_the_last_notice_for_the_cabinet_is_of_the_day_after(except_, decision, enter, cabinet, clerk):
    meeting = enter(dt.date(2014, 12, 1), body=cabinet)
    actions.reschedule_entry(decision, meeting=meeting, reason="It is urgent.", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("decided-too-early", "MTG-41", says=("Tuesday 2 December 2014",))):
        except_(at(TODAY))


def test_mtg_14_the_scrutiny_chair_is_told(except_, new_person):
    with pytest.raises(RuleBroken, check=has_code("not-in-office", "MTG-15", says=("Ben Okoro",))):
        except_(at(TODAY), told=new_person("Ben Okoro", councillor=True))


def test_mtg_14_the_scrutiny_chair_is_told_before_it_is_published(except_):
    with pytest.raises(RuleBroken, check=has_code("published-before-agreed", "MTG-15")):
        except_(at(dt.date(2014, 11, 21)), told_on=TODAY)


def test_mtg_14_the_general_exception_gives_its_reasons(except_):
    with pytest.raises(RuleBroken, check=has_code("reasons-missing", "MTG-14")):
        except_(at(TODAY), reasons="")


def test_mtg_14_with_notice_enough_no_exception_is_claimed(except_, decision, clerk):
    actions.give_key_notice(decision, at=at(LAST_DAY), by=clerk)
    with pytest.raises(RuleBroken, check=has_code("exception-not-needed", "MTG-14")):
        except_(at(TODAY))


@pytest.fixture
def urgent(decisions, enter, cabinet, published, clerk):
    """Claims special urgency for a decision on Thursday 27 November."""
    entry = published(decisions, meeting=enter(dt.date(2014, 11, 27), body=cabinet), **MONEY)

    def claim(who, office=Office.SCRUTINY_CHAIR, **values):
        given = {"agreed_on": TODAY, "reasons": "The roof has fallen in."} | values
        return actions.claim_special_urgency(entry, at=at(TODAY, 11), agreed_by=who, office=office, by=clerk, **given)

    return claim


def test_mtg_15_the_scrutiny_chair_agrees_that_it_is_urgent(urgent, scrutiny_chair):
    notice = urgent(scrutiny_chair)
    assert wrong(notice.entry) == []


def test_mtg_15_the_council_s_chair_only_where_the_scrutiny_chair_cannot(urgent, scrutiny_chair, sit, new_body):
    chair = sit("Dan Ames", new_body("Council", kind=Kind.COUNCIL), seat=Membership.Seat.CHAIR)
    with pytest.raises(RuleBroken, check=has_code("asked-out-of-turn", "MTG-15")):
        urgent(chair, Office.COUNCIL_CHAIR)
    assert urgent(chair, Office.COUNCIL_CHAIR, unable="Abroad").unable == "Abroad"


def test_mtg_15_the_vice_chair_where_nobody_else_is_there(urgent, sit, new_body):
    vice = sit("Dan Ames", new_body("Council", kind=Kind.COUNCIL), seat=Membership.Seat.VICE_CHAIR)
    assert urgent(vice, Office.COUNCIL_VICE_CHAIR).office == "council-vice-chair"


def test_mtg_15_there_is_no_urgency_while_the_general_exception_would_do(decision, scrutiny_chair, clerk):
    with pytest.raises(RuleBroken, check=has_code("time-for-general-exception", "MTG-15")):
        actions.claim_special_urgency(
            decision,
            at=at(TODAY, 11),
            agreed_by=scrutiny_chair,
            office=Office.SCRUTINY_CHAIR,
            agreed_on=TODAY,
            reasons="The roof has fallen in.",
            by=clerk,
        )


def test_mtg_13_a_private_meeting_has_two_notices(in_private, clerk):
    first, second = (each.deadline.day for each in notice_clocks(in_private))
    assert (first, second) == (LAST_DAY, dt.date(2014, 11, 25))
    actions.give_private_notice(in_private, at=at(LAST_DAY), by=clerk)
    assert wrong(in_private) == [("private-meeting-second-not-given", "Tuesday 25 November 2014")]
    actions.give_second_notice(in_private, at=at(TODAY, 11), by=clerk)
    assert wrong(in_private) == []


def test_mtg_13_the_second_notice_answers_the_representations_and_does_not_name_who_made_them(
    in_private, clerk, avonmere
):
    actions.give_private_notice(in_private, at=at(LAST_DAY), by=clerk)
    actions.record_representation(in_private, received_on=TODAY, who="Kit Hale", text="Say the price.", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("response-missing", "MTG-13")):
        actions.give_second_notice(in_private, at=at(TODAY, 11), by=clerk)
    actions.give_second_notice(in_private, at=at(TODAY, 11), response="It is being negotiated.", by=clerk)
    found = public.entry(avonmere, "cabinet", in_private.number, on=TODAY)
    assert (found.notices[1].representations, found.notices[1].response) == (
        ("Say the price.",),
        "It is being negotiated.",
    )
    assert "Hale" not in repr(found)


def test_mtg_13_the_second_notice_comes_after_the_first(in_private, clerk):
    with pytest.raises(RuleBroken, check=has_code("no-first-notice", "MTG-13")):
        actions.give_second_notice(in_private, at=at(TODAY, 11), by=clerk)


def test_mtg_13_an_agreement_that_it_cannot_be_deferred_stands_in_for_the_notices(in_private, scrutiny_chair, clerk):
    actions.agree_private_urgency(
        in_private,
        at=at(TODAY, 11),
        agreed_by=scrutiny_chair,
        office=Office.SCRUTINY_CHAIR,
        agreed_on=TODAY,
        reasons="The offer ends.",
        by=clerk,
    )
    assert wrong(in_private) == []


def test_clk_03_a_moved_meeting_moves_its_notices_beside_the_old_ones(decision, cabinet_meeting, clerk):
    kept = list(decision.evaluations.values())
    move_meeting(cabinet_meeting, day=dt.date(2014, 12, 10), time=dt.time(16), reason="Snow", by=clerk)
    told = actions.reevaluate_notices(by=clerk)
    after = list(decision.evaluations.values())
    assert told == ["E1: key-decision is due 2014-11-11"]
    assert (after[: len(kept)], after[-1]["cause"]) == (kept, "moved")
    assert actions.reevaluate_notices(by=clerk) == []


def test_clk_03_a_proclaimed_holiday_moves_the_second_notice_only(in_private, clerk):
    add_own_day(day=dt.date(2014, 11, 27), kind="proclaimed", by=clerk)
    assert actions.reevaluate_notices(by=clerk) == ["E1: private-meeting-second is due 2014-11-24"]


DAYS = st.dates(dt.date(2013, 1, 1), dt.date(2040, 12, 31))


@given(day=DAYS, before=st.integers(0, 60), later=st.integers(-60, 60), working=st.booleans(), stands=st.booleans())
@settings(deadline=None)
def test_mtg_14_notice_enough_stays_enough_only_where_the_council_lets_it_stand(day, before, later, working, stands):
    basis = Basis.WORKING if working else Basis.CALENDAR
    clock = Clock(local={KEY: Local(basis=basis, outlasts=stands)})
    notices = [Given(KEY, day - before * ONE_DAY, states=(day, day))]
    now, then = (key_cover(each, notices, clock).ok for each in (day, day + later * ONE_DAY))
    if later > 0:
        assert then or not now or not stands
    assert stands or not then or later == 0


@given(day=DAYS, before=st.integers(20, 35))
@settings(deadline=None)
def test_mtg_14_28_clear_days_lie_between_notice_and_decision(day, before):
    cover = key_cover(day, [Given(KEY, day - before * ONE_DAY)], Clock())
    assert cover.ok is (before >= 29)


@given(published=DAYS)
@settings(deadline=None)
def test_mtg_41_the_general_exception_holds_from_its_first_day_and_not_the_day_before(published):
    first = earliest_under_general_exception(published, Clock())
    notices = [Given(GENERAL, published, first.day)]
    assert len(first.counted) == 5
    assert key_cover(first.day, notices, Clock()).ok
    assert not key_cover(first.day - ONE_DAY, notices, Clock()).ok


@given(day=DAYS, first=st.integers(0, 60), second=st.integers(0, 60))
@settings(deadline=None)
def test_mtg_13_one_notice_never_makes_up_for_the_other(day, first, second):
    both = [Given(PRIVATE, day - first * ONE_DAY), Given(SECOND, day - second * ONE_DAY)]
    alone = [private_cover(day, [each], Clock()).ok for each in both]
    assert alone == [False, False]
    assert private_cover(day, both, Clock()).ok is (
        both[0].counts_as <= Clock().deadline(PRIVATE, day).day
        and both[1].counts_as <= Clock().deadline(SECOND, day).day
    )


def test_before_the_regulations_there_was_no_such_notice():
    assert key_cover(dt.date(2012, 9, 9), [], Clock()).ok
    assert not key_cover(dt.date(2012, 9, 10), [], Clock()).ok


def test_mtg_15_urgency_agreed_after_the_decision_is_too_late():
    day = dt.date(2014, 11, 27)
    assert [key_cover(day, [Given(URGENT, each)], Clock()).ok for each in (day, day + ONE_DAY)] == [True, False]
