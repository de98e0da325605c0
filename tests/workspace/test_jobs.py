"""The administrator's page of jobs: how they stand in plain words, what can be done, and nothing of another council."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from moothall.core.clocks import LONDON
from moothall.foundation.errors import RuleBroken
from moothall.foundation.jobs import heartbeats, leases, maintenance, recurrence
from moothall.foundation.jobs.models import ChoreOfInstallation, Job, WorkerSign
from moothall.foundation.jobs.queue import enqueue
from moothall.foundation.jobs.states import JobState
from moothall.foundation.jobs.worker import Worker
from moothall.workspace.action_pages import BY_NAME
from moothall.workspace.jobs.job_text import FAILED_BEFORE, STATES, job_called, state_told
from moothall.workspace.jobs.job_text import JOBS as JOB_WORDS
from tests.jobs.tasks import note, refuse
from tests.reading import banner, codes, has_section

VERIFY = "moothall.foundation.councils.jobs.verify_log"
pytestmark = pytest.mark.django_db
JOBS = "/workspace/jobs/"
SECRET = "smtp://moothall:hunter2@mail.example"


@pytest.fixture
def at(browser, administrator):
    """The administrator's browser."""
    return browser(administrator)


def failed(council, error, tries=1):
    """A job that failed so often with an error."""
    job = enqueue(note.using(priority=100), "x", council=council)
    for _ in range(tries):
        Job.objects.of(council).filter(pk=job.pk).update(due=dt.datetime(2014, 11, 24, tzinfo=dt.UTC))
        leases.fail(leases.take("one"), error)
    return job


def text(client, path):
    return " ".join(client.get(path).text.split())


def test_how_a_job_stands_is_said_in_plain_words(at, avonmere, tmp_path):
    done = enqueue(note, str(tmp_path / "x"), "x", council=avonmere)
    Worker().do(leases.take("one"))
    running = enqueue(refuse, "x", council=avonmere)
    leases.take("one")
    tried = failed(avonmere, ValueError())
    dead = failed(avonmere, ValueError(), tries=leases.TRIES)
    waiting = enqueue(refuse, "x", council=avonmere)
    every = [Job.objects.of(avonmere).get(pk=job.pk) for job in (done, running, tried, dead, waiting)]
    words = {job.pk: state_told(job)[0] for job in every}
    assert words == {
        done.pk: STATES[JobState.DONE][0],
        running.pk: STATES[JobState.RUNNING][0],
        tried.pk: FAILED_BEFORE[0],
        dead.pk: STATES[JobState.DEAD][0],
        waiting.pk: STATES[JobState.WAITING][0],
    }
    assert len(set(words.values())) == 5
    for key, said in words.items():
        assert f">{said}</strong>" in text(at, f"{JOBS}{key}/")
        assert f">{said}</strong>" in text(at, JOBS)


def test_a_failure_is_told_without_what_it_was_called_with(at, avonmere):
    job = failed(avonmere, ConnectionRefusedError(f"cannot reach {SECRET}"))
    for path in (JOBS, f"{JOBS}{job.pk}/"):
        assert "ConnectionRefusedError" in text(at, path)
        assert "hunter2" not in text(at, path)


def test_the_sentence_of_a_refusal_is_told_as_it_was_written(at, avonmere):
    failed(avonmere, RuleBroken("", "The calendar has no bank holidays for 2031."))
    assert "The calendar has no bank holidays for 2031." in text(at, JOBS)


def test_an_administrator_tries_a_failed_job_again_and_gives_another_up(at, avonmere):
    first, second = (failed(avonmere, ValueError(), tries=leases.TRIES) for _ in range(2))
    for job, act in ((first, "wake-job"), (second, "drop-job")):
        answer = at.post(BY_NAME[act].address(job), {"version": 1}, follow=True)
        assert str(BY_NAME[act].done) in banner(answer)
    states = Job.objects.of(avonmere).filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list("state", "due")
    assert [state for state, _ in states] == ["waiting", "dropped"]
    leases.everywhere().exclude(pk=second.pk).update(state="done")
    assert leases.take("one") is None


def test_giving_up_is_asked_before_it_is_done(at, avonmere):
    job = failed(avonmere, ValueError())
    page = text(at, f"{JOBS}{job.pk}/give-up/")
    assert "govuk-warning-text" in page
    assert Job.objects.of(avonmere).get(pk=job.pk).state == "waiting"


def test_the_list_is_filtered_by_state_and_by_what_a_job_does(at, avonmere):
    failed(avonmere, ValueError(), tries=leases.TRIES)
    enqueue(refuse, "x", council=avonmere)
    for query, count in (("state=dead", 1), (f"name={refuse.module_path}&state=waiting", 1), ("state=running", 0)):
        answer = at.get(f"{JOBS}?{query}")
        assert answer.context["page"].paginator.count == count
        assert len(re.findall(rf'<a class="govuk-link" href="{JOBS}\d+/"', answer.text)) == count
    assert codes(at.get(f"{JOBS}?state=nonsense")) == {"state": ["invalid_choice"]}


def test_the_list_has_pages(at, avonmere):
    for _ in range(51):
        enqueue(refuse, "x", council=avonmere)
    rows = [at.get(f"{JOBS}?page={number}").text.count('<th scope="row">\n') for number in (1, 2)]
    assert rows == [50, 1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_jobs_as_for_one(at, avonmere, number, django_assert_num_queries):
    recurrence.put_in_line()
    for _ in range(number):
        enqueue(refuse, "x", council=avonmere)
    at.get(JOBS)
    with django_assert_num_queries(19):
        at.get(JOBS)


def test_nothing_of_another_council_is_shown(at, avonmere, brackwater):
    other = failed(brackwater, RuleBroken("", "A secret of Brackwater."), tries=leases.TRIES)
    assert "Brackwater" not in text(at, JOBS)
    assert at.get(JOBS).context["page"].paginator.count == 0
    assert at.get(f"{JOBS}{other.pk}/").status_code == 404
    assert 'data-trouble="jobs-failed"' not in text(at, "/workspace/")


def test_what_recurs_is_shown_with_its_last_and_next_time(at, avonmere):
    night = dt.datetime(2031, 3, 29, 12, tzinfo=LONDON)
    recurrence.put_in_line(night)
    recurrence.put_in_line(night + dt.timedelta(days=1))
    page = text(at, JOBS)
    assert job_called(VERIFY) in page
    assert "30 Mar 2031, 03:30" in page  # the night the clocks went forward
    assert "31 Mar 2031, 03:30" in page


def test_a_chore_that_failed_is_told_by_its_kind(at):
    maintenance.enter()
    ChoreOfInstallation.objects.update(error="OperationalError")
    assert "OperationalError" in text(at, JOBS)


def test_the_desk_tells_an_administrator_of_failed_jobs_missing_workers_and_old_backups(at, avonmere):
    failed(avonmere, ValueError(), tries=leases.TRIES)
    page = text(at, "/workspace/")
    assert re.findall('data-trouble="([a-z-]+)"', page) == ["jobs-failed", "no-worker", "no-backup"]
    now = dt.datetime.now(dt.UTC)
    heartbeats.give("one")
    WorkerSign.objects.update(seen=now - dt.timedelta(minutes=20))
    maintenance.done_outside(maintenance.BACKUP, now - dt.timedelta(days=4))
    page = text(at, "/workspace/").replace("\xa0", " ")
    assert re.findall('data-trouble="([a-z-]+)"', page) == ["jobs-failed", "worker-silent", "backup-old"]
    assert "20 minutes" in page
    assert "4 days" in page


def test_the_desk_is_quiet_when_all_is_well(at):
    heartbeats.give("one")
    maintenance.done_outside(maintenance.BACKUP, dt.datetime.now(dt.UTC))
    page = text(at, "/workspace/")
    assert has_section(page, "installation")
    assert "govuk-inset-text" not in page


def test_an_auditor_reads_jobs_and_changes_none(browser, auditor, avonmere):
    client, job = browser(auditor), failed(avonmere, ValueError())
    assert "/give-up/" not in text(client, f"{JOBS}{job.pk}/")
    assert client.post(f"{JOBS}{job.pk}/give-up/", {"version": 1}).status_code == 403


def test_a_clerk_learns_nothing_of_jobs(desk, avonmere):
    job = failed(avonmere, ValueError(), tries=leases.TRIES)
    assert desk.get(JOBS).status_code == 404
    assert desk.get(f"{JOBS}{job.pk}/").status_code == 404
    assert "data-trouble" not in text(desk, "/workspace/")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(VERIFY, str(JOB_WORDS[VERIFY]), id="in words of the workspace"),
        pytest.param("tests.jobs.tasks.refuse", "Fail", id="as its author wrote"),
        pytest.param("moothall.gone.jobs.send_letters", "Send letters", id="of an older version"),
    ],
)
def test_every_job_is_called_something(name, words):
    assert job_called(name) == words


def test_every_job_that_recurs_has_words_of_the_workspace(avonmere):
    assert [name for name in recurrence.recurring() if "moothall" in job_called(name)] == []
    assert reverse("workspace:jobs") == JOBS
