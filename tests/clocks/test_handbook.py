"""The worked dates of the handbook, rule by rule."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.clocks import (
    LONDON,
    Basis,
    Calendar,
    Clock,
    Local,
    Nation,
    NoRule,
    add_months,
    all_rules,
    counts_as,
    rule,
    words,
)
from moothall.core.clocks.bank_holidays import bank_holidays

D = dt.date
DAYS = st.dates(D(1995, 1, 1), D(2040, 12, 31))

# meeting, agenda by, notice by (handbook section 0, and the second reading's further dates)
WORKED = [
    (D(2014, 11, 24), D(2014, 11, 14), D(2014, 11, 19)),
    (D(2014, 11, 25), D(2014, 11, 17), D(2014, 11, 20)),
    (D(2014, 11, 26), D(2014, 11, 18), D(2014, 11, 21)),
    (D(2014, 11, 27), D(2014, 11, 19), D(2014, 11, 24)),
    (D(2014, 11, 28), D(2014, 11, 20), D(2014, 11, 25)),
    (D(2015, 1, 5), D(2014, 12, 23), D(2014, 12, 30)),
    (D(2015, 4, 7), D(2015, 3, 26), D(2015, 3, 31)),
    (D(2015, 4, 8), D(2015, 3, 27), D(2015, 4, 1)),
    (D(2015, 5, 5), D(2015, 4, 24), D(2015, 4, 29)),
    (D(2015, 1, 26), D(2015, 1, 16), D(2015, 1, 21)),
    (D(2015, 3, 23), D(2015, 3, 13), D(2015, 3, 18)),
    (D(2026, 4, 7), D(2026, 3, 26), D(2026, 3, 31)),
    (D(2026, 4, 8), D(2026, 3, 27), D(2026, 4, 1)),
    (D(2026, 4, 13), D(2026, 4, 1), D(2026, 4, 8)),
    (D(2015, 5, 26), D(2015, 5, 15), D(2015, 5, 20)),
    (D(2022, 9, 20), D(2022, 9, 9), D(2022, 9, 14)),
    (D(2015, 1, 6), D(2014, 12, 24), D(2014, 12, 31)),
    (D(2028, 1, 4), D(2027, 12, 22), D(2027, 12, 29)),
]


@pytest.mark.parametrize(("meeting", "agenda", "notice"), WORKED, ids=lambda value: f"{value:%d-%b-%Y}")
def test_mtg_02_and_pub_02_worked_dates(meeting, agenda, notice):
    assert Clock().deadline("agenda", meeting).day == agenda
    assert Clock().deadline("statement", meeting).day == notice


def test_clk_01_closure_days_do_not_count():
    closed = frozenset({D(2014, 12, 29), D(2014, 12, 30), D(2014, 12, 31)})
    clock = Clock(Calendar(closure_days=closed))
    assert clock.deadline("agenda", D(2015, 1, 5)).day == D(2014, 12, 18)
    assert clock.deadline("statement", D(2015, 1, 5)).day == D(2014, 12, 23)


def test_clk_02_the_parish_reading_counts_saturdays_but_not_the_breaks():
    parish = Clock(local={"agenda": Local(count=3, basis=Basis.S243_PARISH)})
    assert parish.deadline("agenda", D(2014, 11, 24)).day == D(2014, 11, 19)
    assert Calendar().why_not(D(2015, 4, 2), Basis.S243_PARISH) == "Easter break"
    assert Calendar().why_not(D(2015, 4, 8), Basis.S243_PARISH) is None


def test_clk_03_a_proclaimed_holiday_makes_an_agenda_late():
    meeting = D(2026, 6, 18)
    before = Clock().deadline("agenda", meeting)
    after = Clock(Calendar(proclaimed=frozenset({D(2026, 6, 15)}))).deadline("agenda", meeting)
    assert (before.day, after.day) == (D(2026, 6, 10), D(2026, 6, 9))
    assert before.calendar != after.calendar


@given(DAYS, st.integers(0, 40))
def test_clk_04_exactly_n_working_days_lie_between(meeting, days):
    found = Clock(local={"agenda": Local(count=days)}).deadline("agenda", meeting)
    calendar = Calendar()
    between = [found.day + dt.timedelta(days=each) for each in range(1, (meeting - found.day).days)]
    assert [day for day in between if calendar.counts(day)] == list(found.counted)
    assert len(found.counted) == days
    assert calendar.counts(found.day)
    assert {skipped.day for skipped in found.skipped} == set(between) - set(found.counted)


@given(DAYS, st.integers(1, 40))
def test_clk_04_forwards_mirrors_backwards(day, days):
    calendar = Calendar()
    assert calendar.step(calendar.step(day, days), -days) <= day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2014, 11, 14, 17, 0, 0, tzinfo=LONDON), D(2014, 11, 14)),
        (dt.datetime(2014, 11, 14, 17, 0, 1, tzinfo=LONDON), D(2014, 11, 17)),
        (dt.datetime(2014, 11, 15, 9, 0, 0, tzinfo=LONDON), D(2014, 11, 17)),
        (dt.datetime(2014, 12, 24, 18, 0, 0, tzinfo=LONDON), D(2014, 12, 29)),
    ],
    ids=["at the cut-off", "a second later", "a Saturday", "Christmas Eve night"],
)
def test_clk_07_late_publication_counts_as_the_next_working_day(moment, day):
    assert counts_as(moment, Calendar()) == day


@pytest.mark.parametrize(
    ("holiday", "why"),
    [
        (D(2015, 12, 28), "Boxing Day (observed)"),
        (D(2027, 12, 27), "Christmas Day (observed)"),
        (D(2028, 1, 3), "New Year's Day (observed)"),
        (D(2020, 5, 8), "May Day"),
        (D(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
    ],
)
def test_clk_08_substitute_and_moved_holidays(holiday, why):
    assert Calendar().why_not(holiday) == why


@pytest.mark.parametrize(
    ("name", "event", "day"),
    [
        ("general-exception", D(2014, 11, 24), D(2014, 12, 2)),  # MTG-14
        ("general-exception", D(2014, 11, 3), D(2014, 11, 11)),  # MTG-41
        ("key-decision", D(2014, 12, 3), D(2014, 11, 4)),  # MTG-16
        ("inspection", D(2014, 11, 24), D(2020, 11, 23)),  # MTG-08
        ("background-papers", D(2014, 11, 24), D(2018, 11, 23)),  # MTG-08
        ("six-month-rule", D(2014, 11, 24), D(2015, 5, 24)),  # MTG-25
        ("six-month-rule", D(2014, 8, 31), D(2015, 2, 28)),  # MTG-25, end of month
        ("interest-registration", D(2014, 11, 24), D(2014, 12, 21)),  # INT-02
        ("scrutiny-response", D(2014, 11, 25), D(2015, 1, 24)),  # SCR-02
        ("call-in", D(2014, 12, 3), D(2014, 12, 10)),  # SCR-03
        ("call-in", D(2014, 12, 19), D(2014, 12, 30)),  # SCR-03
        ("answer", D(2014, 11, 24), D(2014, 12, 1)),  # PUB-03
    ],
)
def test_other_worked_dates(name, event, day):
    """MTG-08, MTG-14, MTG-16, MTG-25, MTG-41, INT-02, SCR-02, SCR-03, PUB-03."""
    assert Clock().deadline(name, event).day == day


def test_mtg_03_three_clear_days_before_october_2002():
    assert rule("agenda", D(2002, 9, 30)).count == 3
    assert rule("agenda", D(2002, 10, 1)).count == 5


def test_mtg_14_there_was_no_notice_of_key_decisions_under_the_regulations_before_2012():
    with pytest.raises(NoRule, match=r"key-decision.*1 January 2010"):
        rule("key-decision", D(2010, 1, 1))
    assert "key-decision" not in {each.rule.id for each in Clock().for_meeting(D(2010, 1, 1))}


def test_pub_02_received_at_half_past_four_is_in_time_and_a_second_later_is_not():
    due = Clock().deadline("statement", D(2014, 11, 26))
    assert due.met_by(dt.datetime(2014, 11, 21, 16, 30, 0, tzinfo=LONDON))
    assert not due.met_by(dt.datetime(2014, 11, 21, 16, 30, 1, tzinfo=LONDON))


def test_pub_02_the_hour_is_london_time_in_summer_too():
    due = Clock().deadline("statement", D(2014, 7, 16))
    assert due.met_by(dt.datetime(2014, 7, 11, 15, 30, tzinfo=dt.UTC))
    assert not due.met_by(dt.datetime(2014, 7, 11, 15, 31, tzinfo=dt.UTC))


def test_a_deadline_explains_itself():
    explained = Clock().deadline("agenda", D(2014, 11, 24)).explanation
    days = re.findall(r"(?:[A-Z][a-z]{2} \d+ to )?[A-Z][a-z]{2,} \d+ November 2014", explained)
    counted, *left_out, last = days
    assert counted == "Mon 17 to Fri 21 November 2014"
    assert left_out == ["Sat 15 to Sun 16 November 2014", "Sat 22 to Sun 23 November 2014"]
    assert last.startswith("Friday 14 November 2014")
    assert "17:00" in explained
    assert "clear working days" in explained.lower()
    assert "bank holidays" in explained.lower()


def test_the_deadlines_of_a_meeting_come_in_order():
    found = Clock().for_meeting(D(2014, 11, 24))
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert {"agenda", "statement", "question", "key-decision"} <= {each.rule.id for each in found}


def test_every_rule_cites_its_source_and_the_handbook():
    assert all(each.source and each.handbook for each in all_rules())


@given(DAYS, st.integers(-60, 60))
def test_clk_05_months_never_run_over_the_end(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + dt.timedelta(days=1)).day == 1)


def test_a_day_beyond_the_known_holidays_is_refused():
    with pytest.raises(ValueError, match=r"\b2099\b"):
        Clock().deadline("agenda", D(2099, 1, 5))


@pytest.mark.parametrize(
    ("event", "last"),
    [
        pytest.param(D(2014, 11, 25), D(2015, 1, 24), id="the handbook's own"),
        pytest.param(D(2014, 12, 28), D(2015, 2, 27), id="a date that February has"),
        pytest.param(D(2014, 12, 29), D(2015, 2, 28), id="a date that February has not"),
        pytest.param(D(2014, 12, 31), D(2015, 2, 28), id="the last of the year"),
        pytest.param(D(2015, 1, 1), D(2015, 2, 28), id="a first of a month"),
    ],
)
def test_clk_05_a_period_of_months_runs_to_the_end_of_a_short_month(event, last):
    assert Clock().deadline("scrutiny-response", event).day == last


def test_mtg_08_papers_of_a_leap_day_stay_open_to_the_last_day_of_february():
    assert Clock().deadline("inspection", D(2016, 2, 29)).day == D(2022, 2, 28)


def test_clk_07_a_notice_due_on_a_sunday_has_to_be_out_on_the_friday():
    due = Clock().deadline("key-decision", D(2014, 12, 1))
    assert (due.day, due.by) == (D(2014, 11, 2), D(2014, 10, 31))
    assert not due.met_by(dt.datetime(2014, 11, 1, 9, tzinfo=LONDON))
    assert "Friday 31 October 2014" in due.explanation


def test_mtg_14_under_a_general_exception_the_first_day_begins_at_midnight():
    first = Clock().deadline("general-exception", D(2014, 11, 3))
    midnight = dt.datetime.combine(first.day, dt.time.min, LONDON)
    assert first.met_by(midnight)
    assert not first.met_by(midnight - dt.timedelta(seconds=1))


def test_clk_07_a_council_may_let_a_saturday_count():
    clock = Clock(local={"key-decision": Local(on_working_days=False)})
    assert clock.deadline("key-decision", D(2014, 12, 1)).by == D(2014, 11, 2)
    saturday = dt.datetime(2014, 11, 15, 9, tzinfo=LONDON)
    assert counts_as(saturday, Calendar(), basis=Basis.CALENDAR) == D(2014, 11, 15)


@given(
    st.dates(D(2013, 1, 1), D(2040, 12, 31)),
    st.sampled_from(["agenda", "meeting-notice", "key-decision", "private-meeting"]),
)
def test_clk_07_what_is_published_by_the_day_told_counts_in_time(day, name):
    due = Clock(local={name: Local(basis=Basis.CALENDAR, time=dt.time(17))}).deadline(name, day)
    assert counts_as(due.moment, Calendar()) <= due.day
    assert counts_as(due.moment + dt.timedelta(seconds=1), Calendar()) > due.by


def test_clk_00_a_deadline_is_told_in_the_reader_s_language():
    class Loud:
        def gettext(self, message):
            return f"[{message}]"

        def ngettext(self, singular, plural, number):
            return f"[{singular if number == 1 else plural}]"

    told = Clock().deadline("agenda", D(2014, 11, 24)).explained(Loud())
    assert told.startswith("[[Five] clear working days]: [[[Mon] 17] to [[Fri] 21 [November] 2014]].")
    assert re.sub(r"\[[^\[\]]*\]", "", _emptied(told)).strip(" :.,") == ""


def _emptied(told):
    """Without what stands in brackets in brackets."""
    while (fewer := re.sub(r"\[([^\[\]]*)\]", "", told)) != told:
        told = fewer
    return told


def test_every_word_of_the_rules_and_holidays_can_be_translated():
    texts = {text for each in all_rules() for text in (each.title, each.event, each.act)}
    assert set(words.OF_RULES) == texts
    assert set(words.OF_HOLIDAYS) == {name for nation in Nation for name in bank_holidays(nation).values()}
