"""The six-month rule (MTG-25)."""

import datetime as dt

import pytest

from moothall.core.clocks import Clock
from moothall.foundation.errors import RuleBroken
from moothall.people import actions
from moothall.people.absences import six_month_warnings, six_months
from moothall.people.models import Attendance, Term
from moothall.people.six_months import Approval, counted_from, standing
from tests.errors import has_code

LAST = dt.date(2014, 11, 24)


def stands(on, *approvals, last=LAST):
    return standing(last, approvals, on=on, clock=Clock())


def test_mtg_25_expires_six_months_after_and_act_a_day_earlier():
    found = stands(LAST)
    assert (found.expires, found.act_by) == (dt.date(2015, 5, 24), dt.date(2015, 5, 23))


def test_mtg_25_alerts_at_three_four_and_five_months():
    assert stands(LAST).alerts == (dt.date(2015, 2, 24), dt.date(2015, 3, 24), dt.date(2015, 4, 24))


@pytest.mark.parametrize(
    ("on", "warning"),
    [
        pytest.param(dt.date(2015, 2, 23), 0, id="a day before three months"),
        pytest.param(dt.date(2015, 2, 24), 3, id="three months"),
        pytest.param(dt.date(2015, 3, 24), 4, id="four months"),
        pytest.param(dt.date(2015, 5, 24), 5, id="the last day"),
    ],
)
def test_mtg_25_warns_on_the_day(on, warning):
    assert stands(on).warning == warning


@pytest.mark.parametrize(("on", "ceased"), [(dt.date(2015, 5, 24), False), (dt.date(2015, 5, 25), True)])
def test_mtg_25_ceases_the_day_after(on, ceased):
    assert stands(on).ceased is ceased


def test_mtg_25_a_short_month_ends_on_its_last_day():
    assert stands(LAST, last=dt.date(2014, 8, 31)).expires == dt.date(2015, 2, 28)


def test_mtg_25_an_approval_in_time_carries_on_to_its_end():
    found = stands(dt.date(2015, 6, 1), Approval(dt.date(2015, 5, 24), dt.date(2015, 7, 16)))
    assert (found.ceased, found.expires, found.warning) == (False, dt.date(2015, 7, 16), 0)


def test_mtg_25_an_approval_a_day_late_carries_nothing():
    assert stands(dt.date(2015, 6, 1), Approval(dt.date(2015, 5, 25), dt.date(2015, 7, 16))).ceased


@pytest.mark.parametrize(("on", "warning"), [(dt.date(2015, 6, 15), 0), (dt.date(2015, 6, 16), 5)])
def test_mtg_25_of_the_end_of_an_approval_is_warned_a_month_before(on, warning):
    assert stands(on, Approval(dt.date(2015, 5, 24), dt.date(2015, 7, 16))).warning == warning


def from_days(*days, approvals=()):
    return counted_from(LAST, days, approvals, clock=lambda day: Clock())


def test_mtg_25_the_clock_runs_from_the_last_attendance():
    assert from_days(dt.date(2015, 5, 24), dt.date(2015, 1, 26)) == dt.date(2015, 5, 24)


def test_mtg_25_whoever_comes_when_the_time_is_over_has_ceased_all_the_same():
    assert from_days(dt.date(2015, 5, 25), dt.date(2015, 6, 1)) == LAST


def test_mtg_25_whoever_comes_while_excused_has_not_ceased():
    excused = Approval(dt.date(2015, 5, 1), dt.date(2015, 7, 16))
    assert from_days(dt.date(2015, 7, 16), approvals=[excused]) == dt.date(2015, 7, 16)


def test_mtg_25_a_second_approval_may_follow_while_the_first_holds():
    first = Approval(dt.date(2015, 5, 1), dt.date(2015, 7, 16))
    second = Approval(dt.date(2015, 7, 16), dt.date(2015, 9, 10))
    assert stands(dt.date(2015, 9, 10), second, first).expires == dt.date(2015, 9, 10)


@pytest.fixture
def anna(new_person):
    return new_person("Anna Lee", councillor=True)


@pytest.mark.django_db
def test_mtg_25_presence_counts_and_apologies_do_not(anna, clerk):
    actions.record_attendance(anna, day=dt.date(2014, 9, 29), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    actions.record_attendance(anna, day=dt.date(2014, 11, 10), meeting="panel", how=Attendance.How.APOLOGIES, by=clerk)
    assert six_months(anna, on=LAST).since == dt.date(2014, 9, 29)


@pytest.mark.django_db
def test_mtg_40_who_follows_from_elsewhere_is_not_present(anna, clerk):
    actions.record_attendance(anna, day=dt.date(2014, 9, 29), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    actions.record_attendance(anna, day=dt.date(2014, 11, 10), meeting="panel", how=Attendance.How.REMOTE, by=clerk)
    assert six_months(anna, on=LAST).since == dt.date(2014, 9, 29)


@pytest.mark.django_db
def test_mtg_25_a_meeting_not_yet_held_is_refused(anna, clerk):
    with pytest.raises(RuleBroken, check=has_code("in-future", "MTG-25")):
        actions.record_attendance(
            anna, day=dt.date(2014, 11, 25), meeting="panel", how=Attendance.How.PRESENT, by=clerk
        )


@pytest.mark.django_db
def test_mtg_25_attendance_entered_again_is_corrected(anna, clerk):
    for how in (Attendance.How.ABSENT, Attendance.How.APOLOGIES):
        actions.record_attendance(anna, day=dt.date(2014, 11, 10), meeting="panel", how=how, by=clerk)
    assert [row.how for row in anna.attendances.all()] == ["apologies"]


@pytest.mark.django_db
def test_mtg_25_an_approval_after_the_six_months_is_refused(anna, clerk):
    actions.record_attendance(anna, day=dt.date(2014, 5, 23), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("approved-too-late", "MTG-25")) as broken:
        actions.approve_absence(anna, approved_on=LAST, approved_until=dt.date(2015, 3, 1), reason="Illness", by=clerk)
    assert broken.value.rule == "MTG-25"


@pytest.mark.django_db
def test_mtg_25_the_executive_has_a_clock_of_its_own(anna, clerk):
    actions.record_attendance(anna, day=dt.date(2014, 11, 10), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    actions.record_attendance(
        anna, day=dt.date(2014, 9, 10), meeting="cabinet", how=Attendance.How.PRESENT, executive=True, by=clerk
    )
    assert six_months(anna, on=LAST, executive=True).since == dt.date(2014, 9, 10)


@pytest.mark.django_db
def test_mtg_25_who_is_to_be_warned_comes_first_who_would_cease_first(anna, new_person, clerk, avonmere):
    ben, cleo = (new_person(name, councillor=True) for name in ("Ben Okoro", "Cleo Day"))
    for person, day in ((anna, dt.date(2014, 7, 1)), (ben, dt.date(2014, 6, 1)), (cleo, dt.date(2014, 11, 1))):
        actions.record_attendance(person, day=day, meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    found = [(person, where.warning) for person, where in six_month_warnings(avonmere, LAST)]
    assert found == [(ben, 5), (anna, 4)]


@pytest.mark.django_db
def test_mtg_25_before_any_attendance_is_recorded_nothing_is_known(anna, avonmere):
    assert (six_months(anna, on=LAST), six_month_warnings(avonmere, LAST)) == (None, [])


@pytest.mark.django_db
def test_mtg_25_who_was_elected_before_the_records_began_counts_from_their_beginning(anna, new_person, clerk):
    ben = new_person("Ben Okoro", councillor=True)
    actions.record_attendance(ben, day=dt.date(2014, 9, 1), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    assert six_months(anna, on=LAST).since == dt.date(2014, 9, 1)


@pytest.mark.django_db
def test_mtg_25_coming_too_late_is_seen_in_the_books(anna, clerk, avonmere):
    for day in (dt.date(2014, 4, 1), dt.date(2014, 10, 2), dt.date(2014, 11, 10)):
        actions.record_attendance(anna, day=day, meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    found = six_months(anna, on=LAST)
    assert (found.since, found.expires, found.ceased) == (dt.date(2014, 4, 1), dt.date(2014, 10, 1), True)
    assert six_month_warnings(avonmere, LAST) == [(anna, found)]


@pytest.mark.django_db
def test_mtg_25_the_rule_is_for_councillors_and_not_for_co_optees(new_person, anna, clerk):
    zoe = new_person("Zoe Abbot")
    actions.begin_term(zoe, office=Term.Office.CO_OPTED, first_day=dt.date(2013, 1, 1), by=clerk)
    actions.record_attendance(anna, day=dt.date(2014, 1, 1), meeting="panel", how=Attendance.How.PRESENT, by=clerk)
    assert six_months(zoe, on=LAST) is None
