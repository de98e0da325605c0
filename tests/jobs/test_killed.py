"""Workers that are killed with kill -9: real processes, on the database that is tested on."""

import signal
import subprocess

import pytest

from tests.server.installation import ROOT, moothall, python

pytestmark = pytest.mark.slow


def test_the_job_of_a_killed_worker_is_taken_up_again(installation, tmp_path):
    mark = tmp_path / "mark"
    python(f"enqueue(be_killed_once, {str(mark)!r}, council=council)", installation)
    assert work(installation) == -signal.SIGKILL
    assert work(installation) == 0
    assert mark.read_text().split() == ["begun", "begun", "done"]
    assert python("print(*Job.objects.of(council).values_list('state', 'attempts'))", installation) == "('done', 2)"


def test_a_job_that_kills_every_worker_is_dead_in_the_end_and_others_are_done(installation, tmp_path):
    python("enqueue(always_be_killed, council=council)", installation)
    python(f"enqueue(note, {str(tmp_path / 'mark')!r}, 'done', council=council)", installation)
    ends = [work(installation) for _ in range(7)]
    assert ends == [-signal.SIGKILL] * 6 + [0]
    assert (tmp_path / "mark").read_text() == "done\n"
    states = python("print(*Job.objects.of(council).order_by('pk').values_list('state', flat=True))", installation)
    assert states == "dead done"


def test_a_worker_told_to_stop_brings_its_job_to_its_end(installation, tmp_path):
    python(f"enqueue(note, {str(tmp_path / 'mark')!r}, 'done', council=council)", installation)
    command = [moothall(), "work"]
    with subprocess.Popen(command, env=installation, cwd=ROOT, stderr=subprocess.PIPE, text=True) as worker:
        assert any("done in" in line for line in iter(worker.stderr.readline, ""))
        worker.terminate()
        assert worker.wait(120) == 0


DUE = """
import datetime as dt, os, signal
from moothall.foundation.jobs import recurrence
from moothall.foundation.jobs.models import Recurrence
recurrence.put_in_line()
Recurrence.objects.of(council).update(due=dt.datetime(2014, 11, 24, 3, tzinfo=dt.UTC))
"""
KILLED_WITHIN = """
put = recurrence.enqueue
def enqueue_and_die(*args, **kwargs):
    put(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
recurrence.enqueue = enqueue_and_die
recurrence.put_in_line()
"""
KILLED_AFTER = (
    "recurrence._occur(Recurrence.objects.of(council).first(), dt.datetime.now(dt.UTC)); os.kill(os.getpid(), 9)"
)
TOLD = """
from collections import Counter
from moothall.foundation.jobs.recurrence import recurring
jobs = Counter(Job.objects.of(council).values_list('name', 'state'))
print({jobs[name, 'done'] for name in recurring()}, len(jobs) - len(recurring()))
"""


@pytest.mark.parametrize("killed", [KILLED_WITHIN, KILLED_AFTER], ids=["before the commit", "after the commit"])
def test_each_occurrence_is_done_once_though_a_worker_was_killed_in_the_middle_of_it(installation, killed):
    with pytest.raises(AssertionError):  # it does not end well
        python(DUE + killed, installation)
    assert work(installation) == 0
    assert python(TOLD, installation) == "{1} 0"


def test_many_workers_at_once_do_each_occurrence_once_whoever_of_them_is_killed(installation):
    command = [moothall(), "work", "--until-empty", "--lease", "0.5"]
    for done in (1, 2, 3):
        python(DUE, installation)
        workers = [subprocess.Popen(command, env=installation, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
        workers[0].stderr.readline()  # it is at work
        workers[0].kill()
        for worker in workers:
            worker.communicate(timeout=120)
        ends = [worker.returncode for worker in workers]
        assert ends in ([-signal.SIGKILL, 0, 0], [0, 0, 0])  # the others may have left it nothing to do
        assert python(TOLD, installation) == f"{{{done}}} 0"


def work(environment):
    """One worker, with a short lease, until nothing is left; gives how it ended."""
    command = [moothall(), "work", "--until-empty", "--lease", "0.5"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False, timeout=120).returncode
