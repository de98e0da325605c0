"""The worked dates of two independent programs, and what real councils published (CLK-04, MTG-02, PUB-02, SCR-03)."""

import csv
import datetime as dt
import json

import pytest

from moothall.core.clocks import Basis, Calendar, Clock, Local, Nation
from moothall.core.clocks.bank_holidays import bank_holidays, computed
from moothall.core.clocks.counting import days_after, days_before
from tests.shared import SHARED, needs_shared, shared


def vectors(name: str) -> list[dict]:
    path = shared("oracles", name)
    if not path.exists():
        return []
    found = json.loads(path.read_text())
    return found if isinstance(found, list) else [row for rows in found.values() for row in rows]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def clock(closed=()) -> Clock:
    return Clock(Calendar(closure_days=frozenset(day(each) for each in closed)))


@needs_shared
@pytest.mark.parametrize("row", vectors("deadline-vectors.json"), ids=lambda row: row["label"] + " " + row["meeting"])
def test_agenda_and_notice_fall_on_the_worked_dates(row):
    on = day(row["meeting"])
    agenda = clock(row["closure"]).deadline("agenda", on)
    notice = clock(row["closure"]).deadline("statement", on)
    assert agenda.day == day(row["agenda_publish_by"])
    assert [each.isoformat() for each in agenda.counted] == row["agenda_clear_days"]
    assert notice.moment.strftime("%Y-%m-%dT%H:%M") == row["public_notice_by"]
    assert [each.isoformat() for each in notice.counted] == row["public_full_days"]


@needs_shared
@pytest.mark.parametrize("row", vectors("deadline-vectors-2.json"), ids=lambda row: row["meeting"])
def test_a_second_program_agrees_on_every_basis(row):
    on = day(row["meeting"])
    calendar_basis = Clock(local={"agenda": Local(basis=Basis.CALENDAR)})
    working_28 = Clock(local={"key-decision": Local(basis=Basis.WORKING)})
    assert clock().deadline("statement", on).moment.strftime("%Y-%m-%dT%H:%M") == row["notice_deadline"]
    assert clock().deadline("agenda", on).day == day(row["pack_latest_working"])
    assert calendar_basis.deadline("agenda", on).day == day(row["pack_latest_calendar"])
    assert clock().deadline("key-decision", on).day == day(row["n28_calendar"])
    assert working_28.deadline("key-decision", on).day == day(row["n28_working"])


def published(kind: str, council: str = "") -> list[dict]:
    path = shared("oracles", "deadlines.csv")
    if not path.exists():
        return []
    rows = csv.DictReader(path.read_text().splitlines())
    return [row for row in rows if row["kind"] == kind and row["result_date"] and row["council"].startswith(council)]


@needs_shared
@pytest.mark.parametrize("row", published("question", "Bromley"), ids=lambda row: row["anchor_date"])
def test_bromley_counts_working_days_before_the_meeting(row):
    count = 10 if "10 working" in row["rule_as_published"] else 4
    assert days_before(day(row["anchor_date"]), count, Calendar()).day == day(row["result_date"])


# What a council must set to get the dates that it published, where "five working days after" does not give them.
OWN_COUNTS = {
    ("Medway", "2005-06-28"): 6,
    ("Surrey", "2015-12-14"): 6,
    ("Hampshire", "2022-02-28"): 7,
    ("Kirklees", "2021-07-28"): 4,
    ("Rhondda Cynon Taf", "2018-09-20"): 4,
}


@needs_shared
@pytest.mark.parametrize(
    "row",
    [row for row in published("effective") if "urgent" not in row["note"]],
    ids=lambda row: f"{row['council']} {row['anchor_date']}",
)
def test_decisions_take_effect_the_day_after_call_in_ends(row):
    count = OWN_COUNTS.get((row["council"], row["anchor_date"]), 5)
    last = Clock(local={"call-in": Local(count=count)}).deadline("call-in", day(row["anchor_date"])).day
    calendar_next, working_next = last + dt.timedelta(days=1), Calendar().step(last, 1)
    assert day(row["result_date"]) in {calendar_next, working_next}


@needs_shared
@pytest.mark.parametrize("row", published("agenda"), ids=lambda row: f"{row['council']} {row['anchor_date']}")
def test_published_agendas_are_judged_as_the_note_says(row):
    due = clock().deadline("agenda", day(row["anchor_date"])).day
    late = "only 4 clear" in row["note"]
    assert (day(row["result_date"]) > due) is late


@needs_shared
@pytest.mark.parametrize(
    ("nation", "file"),
    [
        (Nation.ENGLAND, "holidays_GB_ENG.json"),
        (Nation.WALES, "holidays_GB_WLS.json"),
        (Nation.SCOTLAND, "holidays_GB_SCT.json"),
        (Nation.NORTHERN_IRELAND, "holidays_GB_NIR.json"),
    ],
)
def test_bank_holidays_are_those_of_the_nation(nation, file):
    theirs = set(json.loads((SHARED / "oracles" / file).read_text()))
    ours = {each.isoformat() for each in bank_holidays(nation) if "2004" <= each.isoformat()[:4] <= "2030"}
    assert ours == theirs


def test_the_written_bank_holidays_are_those_of_the_package():
    assert {nation: dict(days) for nation, days in computed().items()} == {
        nation.value: {each.isoformat(): name for each, name in bank_holidays(nation).items()} for nation in Nation
    }


def test_york_calls_in_by_the_second_working_day_after_the_meeting():
    assert days_after(dt.date(2021, 9, 14), 2, Calendar()).day == dt.date(2021, 9, 16)
