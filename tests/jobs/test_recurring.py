"""What recurs: when it is due through the year, once for each council, once for the installation, made up for once."""

import datetime as dt
import re
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.foundation.audit.models import Entry, Head
from moothall.foundation.councils.jobs import verify_log
from moothall.foundation.jobs import heartbeats, leases, maintenance, recurrence
from moothall.foundation.jobs.models import ChoreOfInstallation, Job, Recurrence, WorkerSign
from moothall.foundation.jobs.queue import enqueue
from moothall.foundation.jobs.recurrence import Chore, Recurring
from moothall.foundation.jobs.schedules import Daily
from moothall.foundation.jobs.worker import Worker
from moothall.people.models import Account
from moothall.sign_in.jobs import clear_sessions
from tests.jobs.tasks import refuse

LONDON = ZoneInfo("Europe/London")
NOON = dt.datetime(2014, 11, 24, 12, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


def london(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("at", "after", "due"),
    [
        pytest.param("03:30", "2014-11-24T03:00", "2014-11-24T03:30+00:00", id="later today"),
        pytest.param("03:30", "2014-11-24T03:30", "2014-11-25T03:30+00:00", id="at the moment itself: tomorrow"),
        pytest.param("03:30", "2014-06-24T12:00", "2014-06-25T02:30+00:00", id="in summer, by the clock on the wall"),
        pytest.param("03:30", "2014-03-29T12:00", "2014-03-30T02:30+00:00", id="the night the clocks go forward"),
        pytest.param("03:30", "2014-10-25T12:00", "2014-10-26T03:30+00:00", id="the night the clocks go back"),
        pytest.param("01:30", "2014-03-29T12:00", "2014-03-30T01:30+00:00", id="an hour that there is not"),
        pytest.param(
            "01:30", "2014-10-25T12:00", "2014-10-26T00:30+00:00", id="an hour that there is twice: the first"
        ),
        pytest.param("01:30", "2014-10-26T01:30", "2014-10-27T01:30+00:00", id="after the first: not the second"),
    ],
)
def test_a_daily_job_is_due_by_the_clock_on_the_wall(at, after, due):
    assert Daily(dt.time.fromisoformat(at)).after(london(after), LONDON) == dt.datetime.fromisoformat(due)


@settings(deadline=None)
@given(
    hour=st.times(),
    zone=st.sampled_from(["Europe/London", "America/St_Johns", "Australia/Lord_Howe"]),
    begin=st.integers(1_300_000_000, 1_900_000_000),
)
def test_there_is_one_occurrence_on_every_day_whatever_the_zone(hour, zone, begin):
    due = [dt.datetime.fromtimestamp(begin, dt.UTC)]
    for _ in range(40):
        due.append(Daily(hour).after(due[-1], ZoneInfo(zone)))
    gaps = [later - earlier for earlier, later in pairwise(due[1:])]
    assert all(dt.timedelta(hours=22) <= gap <= dt.timedelta(hours=26) for gap in gaps)


@pytest.fixture
def nightly(monkeypatch):
    """One job that recurs in each council, at three."""
    plans = {refuse.module_path: Recurring(refuse, Daily(dt.time(3)))}
    monkeypatch.setattr(recurrence, "recurring", lambda: plans)


@pytest.fixture
def swept(monkeypatch):
    """One chore of the installation, at three; gives the list of its doings."""
    done = []
    monkeypatch.setattr(
        maintenance, "chores", lambda: {"sweep": Chore("sweep", Daily(dt.time(3)), lambda: done.append("swept"))}
    )
    monkeypatch.setattr(recurrence, "chores", maintenance.chores)
    return done


def lines(now):
    return [(job.council.slug, job.result.args_kwargs["args"]) for job in recurrence.put_in_line(now)]


@pytest.mark.django_db
def test_every_council_gets_its_own_job_once_on_each_occurrence(avonmere, brackwater, nightly):
    assert lines(NOON) == []  # from now on, and not for days before the council was
    tomorrow = NOON + A_DAY
    assert sorted(lines(tomorrow)) == [("avonmere", ["avonmere"]), ("brackwater", ["brackwater"])]
    assert lines(tomorrow) == []
    rows = Recurrence.objects.of(avonmere).values_list("last", "due")
    assert list(rows) == [(NOON.replace(hour=3) + A_DAY, NOON.replace(hour=3) + 2 * A_DAY)]


@pytest.mark.django_db
def test_what_was_missed_in_a_pause_is_made_up_for_once(avonmere, nightly):
    lines(NOON)
    assert lines(NOON + 30 * A_DAY) == [("avonmere", ["avonmere"])]
    assert lines(NOON + 30 * A_DAY) == []


@pytest.mark.django_db
def test_an_occurrence_whose_job_still_waits_adds_none(avonmere, nightly):
    lines(NOON)
    first = recurrence.put_in_line(NOON + A_DAY)
    assert recurrence.put_in_line(NOON + 2 * A_DAY) == first
    assert Job.objects.of(avonmere).count() == 1


@pytest.mark.django_db
def test_a_worker_that_was_slower_puts_nothing_in_line(avonmere, nightly):
    lines(NOON)
    stale = Recurrence.objects.of(avonmere).get()
    lines(NOON + A_DAY)
    assert recurrence._occur(stale, NOON + A_DAY) is None


@pytest.mark.django_db
def test_what_recurs_no_more_is_forgotten(avonmere, nightly, monkeypatch):
    lines(NOON)
    monkeypatch.setattr(recurrence, "recurring", dict)
    lines(NOON)
    assert not Recurrence.objects.of(avonmere).exists()


@pytest.mark.django_db
def test_the_product_looks_at_deadlines_and_notices_and_the_log_every_night(avonmere):
    names = [name.removeprefix("moothall.") for name in recurrence.recurring()]
    nightly = [
        "foundation.councils.jobs.verify_log",
        "meetings.jobs.look_at_deadlines",
        "forward_plan.jobs.look_at_notices",
    ]
    assert names == nightly
    assert list(recurrence.chores()) == ["papers", "sessions"]


@pytest.mark.django_db(transaction=True)
def test_everything_that_recurs_ends_well_in_a_council_and_leaves_no_entry_when_nothing_changed(avonmere):
    recurrence.put_in_line()
    Recurrence.objects.of(avonmere).update(due=NOON)
    entries = Entry.objects.count()
    Worker().run_once()
    assert list(Job.objects.of(avonmere).values_list("state", "reason")) == [("done", "")] * len(recurrence.recurring())
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_a_log_that_was_touched_is_a_failed_job_that_says_where(avonmere, operator, new_person):
    new_person("Anna Lee")
    Head.objects.filter(council=avonmere).update(number=7)
    enqueue(verify_log, "avonmere", council=avonmere)
    job = leases.take("one")
    Worker().do(job)
    job.refresh_from_db()
    ends = re.findall(r"\b\d+\b", job.reason)
    assert (ends[0], ends[-1]) == ("1", "7")


@pytest.mark.django_db
def test_a_chore_is_done_once_on_each_occurrence(swept):
    maintenance.enter(NOON)
    assert maintenance.take("one", now=NOON) is None
    row = maintenance.take("one", now=NOON + A_DAY)
    assert maintenance.take("two", now=NOON + A_DAY) is None
    maintenance.finish(row, NOON + A_DAY)
    assert maintenance.take("two", now=NOON + A_DAY) is None
    assert ChoreOfInstallation.objects.get().due == NOON.replace(hour=3) + 2 * A_DAY


@pytest.mark.django_db
def test_the_chore_of_a_killed_worker_is_taken_up_by_another(swept):
    maintenance.enter(NOON)
    lost = maintenance.take("one", now=NOON + A_DAY)
    later = NOON + A_DAY + leases.LEASE * 2
    again = maintenance.take("two", now=later)
    assert again.attempts == 2
    assert not maintenance.finish(lost, later)
    assert maintenance.finish(again, later)


@pytest.mark.django_db
def test_a_chore_that_fails_is_tried_again_and_in_the_end_left_until_its_next_occurrence(swept):
    maintenance.enter(NOON)
    now = NOON + A_DAY
    for _ in range(leases.TRIES):
        row = maintenance.take("one", now=now)
        maintenance.fail(row, ValueError("the password is x"), now)
        assert maintenance.take("one", now=now) is None
        now += dt.timedelta(hours=3)
    row = ChoreOfInstallation.objects.get()
    assert (row.error, row.last, row.due > now) == ("ValueError", None, True)


@pytest.mark.django_db
def test_a_worker_does_chores_beside_its_jobs(swept):
    maintenance.enter(NOON)  # so that it is long due by the machine's clock
    Worker().run_once()
    assert swept == ["swept"]


@pytest.mark.django_db
def test_what_is_noted_from_outside_is_never_done_by_a_worker(swept):
    maintenance.done_outside(maintenance.BACKUP, NOON)
    maintenance.done_outside(maintenance.BACKUP, NOON + A_DAY)
    maintenance.enter(NOON)
    assert [row.name for row in iter(lambda: maintenance.take("one", now=NOON + A_DAY), None)] == ["sweep"]
    assert ChoreOfInstallation.objects.get(name="backup").last == NOON + A_DAY


@pytest.mark.django_db
def test_sessions_that_are_over_go_with_the_addresses_kept_beside_them(client):
    account = Account.objects.create(email="anna@avonmere.example")
    for key, days in (("over", -1), ("open", 1)):
        when = dt.datetime.now(dt.UTC) + days * A_DAY
        Session.objects.create(session_key=key, session_data="", expire_date=when)
        account.usersession_set.create(session_key=key, ip="192.0.2.1", user_agent="x")
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(account.usersession_set.values_list("session_key", flat=True)) == ["open"]


@pytest.mark.django_db
def test_workers_give_signs_of_life_and_their_silence_is_noticed():
    assert heartbeats.silent(heartbeats.last())
    Worker().run_once()
    assert not heartbeats.silent(heartbeats.last())
    WorkerSign.objects.update(seen=dt.datetime.now(dt.UTC) - heartbeats.SILENT * 2)
    assert heartbeats.silent(heartbeats.last())
    Worker().run_once()
    assert not heartbeats.silent(heartbeats.last())
