"""Workers that are killed with kill -9: real processes, on the database that is tested on."""

import signal
import subprocess

import pytest

from tests.running.installation import ROOT, moothall, python

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
        assert worker.wait(30) == 0


def work(environment):
    """One worker, with a short lease, until nothing is left; gives how it ended."""
    command = [moothall(), "work", "--until-empty", "--lease", "0.5"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False, timeout=60).returncode
