"""Jobs: put in line with the act, held by a lease, tried again, given up for dead, taken up after a kill."""

import datetime as dt
import sys

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus

from moothall.foundation.actors import Role
from moothall.foundation.errors import NotAllowed, NotThere, RuleBroken
from moothall.foundation.jobs import leases, queries
from moothall.foundation.jobs.actions import wake_job
from moothall.foundation.jobs.backend import Unattended
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queue import enqueue
from moothall.foundation.jobs.worker import Worker
from tests.errors import has_code
from tests.jobs.tasks import note, refuse

pytestmark = pytest.mark.django_db
PAST = dt.timedelta(seconds=-1)


@pytest.fixture
def worker():
    return Worker()


@pytest.fixture
def administrator(acting):
    return acting(Role.ADMINISTRATOR)


@pytest.fixture
def dead(avonmere, worker):
    """A job that failed as often as is allowed."""
    job = enqueue(refuse, "no such place", council=avonmere)
    for _ in range(leases.TRIES):
        due_now(job)
        worker.do(leases.take("one"))
    job.refresh_from_db()
    return job


def due_now(job):
    Job.objects.of(job.council).filter(pk=job.pk).update(due=job.due - dt.timedelta(days=1))


def test_a_job_is_done_and_its_result_kept(avonmere, tmp_path, worker):
    job = enqueue(note, str(tmp_path / "notes"), line="read", council=avonmere)
    assert worker.step()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result.status) == ("done", 1, TaskResultStatus.SUCCESSFUL)
    assert (job.result.return_value, (tmp_path / "notes").read_text()) == ("read", "read\n")


def test_no_job_gives_a_worker_nothing_to_do(worker):
    assert not worker.step()


def test_a_job_of_an_act_that_was_refused_does_not_exist(avonmere):
    def act():
        with transaction.atomic():
            enqueue(refuse, "x", council=avonmere)
            raise RuleBroken("", "refused")

    with pytest.raises(RuleBroken):
        act()
    assert leases.take("one") is None


def test_a_task_cannot_be_enqueued_past_the_jobs():
    with pytest.raises(Unattended, match="enqueue"):
        refuse.enqueue("x")


@pytest.mark.timeout(60)
def test_a_signal_to_stop_may_come_at_any_moment(monkeypatch):
    """It comes between any two lines of the worker, and of what it calls: no lock may be held there that it wants."""
    monkeypatch.setattr(Worker, "step", lambda self: False)
    for moment in range(1, 200):
        worker, lines = Worker(interval=0), iter(range(1, 10_000))

        def look(frame, event, argument, *, worker=worker, lines=lines, moment=moment):
            if event == "line" and next(lines) == moment:
                worker.stop()
            return look

        sys.settrace(look)
        try:
            worker.run()
        finally:
            sys.settrace(None)
        assert next(lines) > moment, "told to stop, and ended"


def test_waiting_jobs_with_the_same_key_are_one(avonmere, brackwater):
    first = enqueue(refuse, "x", council=avonmere, key="deadlines")
    assert enqueue(refuse, "x", council=avonmere, key="deadlines") == first
    assert enqueue(refuse, "x", council=brackwater, key="deadlines") != first


def test_a_job_that_has_begun_does_not_stand_for_a_later_one_nor_run_beside_it(avonmere):
    first = enqueue(refuse, "x", council=avonmere, key="deadlines")
    held = leases.take("one")
    second = enqueue(refuse, "x", council=avonmere, key="deadlines")
    assert (held, second != first, leases.take("two")) == (first, True, None)
    leases.finish(held, None)
    assert leases.take("two") == second


def test_a_failed_job_whose_twin_waits_leaves_the_work_to_it(avonmere):
    enqueue(refuse, "x", council=avonmere, key="deadlines")
    held = leases.take("one")
    twin = enqueue(refuse, "x", council=avonmere, key="deadlines")
    leases.fail(held, ValueError("x"))
    assert [leases.take("one"), leases.take("one")] == [twin, None]


def test_a_job_waits_until_its_time(avonmere, operator):
    enqueue(refuse, "x", council=avonmere, after=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    assert leases.take("one") is None


def test_a_failed_job_is_tried_again_later(avonmere, worker):
    job = enqueue(refuse, "no such place", council=avonmere)
    worker.step()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result.status) == ("waiting", 1, TaskResultStatus.READY)
    assert "ValueError: no such place" in job.error
    assert leases.take("one") is None
    due_now(job)
    assert leases.take("one") == job


def test_pauses_grow():
    assert [leases.pause(n).total_seconds() for n in range(1, leases.TRIES)] == [30, 120, 480, 1920, 7680]


def test_a_job_that_keeps_failing_is_dead(dead):
    assert (dead.state, dead.attempts, dead.result.status) == ("dead", leases.TRIES, TaskResultStatus.FAILED)
    due_now(dead)
    assert leases.take("one") is None


def test_a_job_whose_lease_ran_out_is_taken_up_by_another(avonmere):
    job = enqueue(refuse, "x", council=avonmere)
    lost = leases.take("one", lease=PAST)
    assert leases.reap() == [job]
    again = leases.take("two")
    assert (again, again.attempts, again.holder) == (job, 2, "two")
    assert not leases.finish(lost, "late")
    assert leases.finish(again, "in time")
    again.result.refresh_from_db()
    assert again.result.return_value == "in time"


def test_a_lease_that_is_renewed_is_not_taken(avonmere):
    enqueue(refuse, "x", council=avonmere)
    job = leases.take("one", lease=PAST)
    assert leases.renew(job)
    assert leases.reap() == []


def test_a_lease_that_was_taken_cannot_be_renewed(avonmere):
    enqueue(refuse, "x", council=avonmere)
    job = leases.take("one", lease=PAST)
    leases.reap()
    assert not leases.renew(job)
    assert not leases.fail(job, ValueError("late"))


def test_a_job_that_kills_every_worker_dies(avonmere):
    job = enqueue(refuse, "x", council=avonmere)
    for _ in range(leases.TRIES):
        leases.take("one", lease=PAST)
        leases.reap()
    job.refresh_from_db()
    assert (job.state, job.error) == ("dead", leases.LOST)


def test_jobs_done_long_ago_are_forgotten(avonmere, tmp_path, worker, monkeypatch):
    job = enqueue(note, str(tmp_path / "notes"), line="x", council=avonmere)
    worker.step()
    monkeypatch.setattr(leases, "KEPT", PAST)
    leases.reap()
    assert not Job.objects.of(avonmere).filter(pk=job.pk).exists()


def test_an_administrator_sees_the_jobs_of_their_council_only(dead, brackwater, administrator):
    enqueue(refuse, "x", council=brackwater)
    assert list(queries.jobs_of(administrator)) == [dead]
    assert queries.line_of(administrator) == queries.Line(waiting=0, running=0, done=0, dead=1, oldest=None)


def test_nobody_else_sees_jobs(dead, clerk, public):
    assert [list(queries.jobs_of(each)) for each in (clerk, public)] == [[], []]


def test_an_administrator_wakes_a_dead_job(dead, administrator):
    woken = wake_job(dead, by=administrator)
    assert (woken.state, woken.attempts) == ("waiting", 0)
    due_now(woken)
    assert leases.take("one") == dead


def test_a_job_that_is_not_dead_is_not_woken(avonmere, administrator):
    with pytest.raises(NotAllowed, check=has_code("wrong-state")):
        wake_job(enqueue(refuse, "x", council=avonmere), by=administrator)


def test_a_job_of_another_council_is_not_there(dead, brackwater, acting):
    with pytest.raises(NotThere):
        wake_job(dead, by=acting(Role.ADMINISTRATOR, council=brackwater))
