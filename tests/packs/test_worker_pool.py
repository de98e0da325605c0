"""Papers made in worker processes. Each test has a process of its own: one with threads must not be forked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how many threads there are")

BEGIN = """
import os, signal, threading
from types import SimpleNamespace
from moothall.core.packs import prepared_papers
from moothall.core.documents.errors import CannotRead
from moothall.core.packs.worker_pool import may_fork, open_process_pool

os.cpu_count = lambda: 3
here, told = os.getpid(), []
desk = SimpleNamespace(alone=True)
papers = [SimpleNamespace(paper=SimpleNamespace(key=str(at)), size=at) for at in range(20)]

def ready(paper, desk):
    return {"key": paper.paper.key, "process": os.getpid()}

def make(ready, desk=desk):
    prepared_papers._ready = ready
    made = prepared_papers._made(papers, desk, told.append)
    assert {key: value["key"] for key, value in made.items()} == {str(at): str(at) for at in range(20)}
    return {value["process"] for value in made.values()}

def has_children():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True
"""

CASES = {
    "workers-make-each-paper-once": """
assert here not in make(ready)
assert told == list(range(1, 21))
""",
    "two-papers-that-wait-for-each-other-are-made-side-by-side": """
reading, writing = os.pipe()

def waits(paper, desk):
    if paper.paper.key == "19":
        os.read(reading, 1)
    if paper.paper.key == "18":
        os.write(writing, b"x")
    return ready(paper, desk)

assert len(make(waits)) > 1
""",
    "papers-of-a-killed-worker-are-made-here": """
def dies(paper, desk):
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return ready(paper, desk)

assert make(dies) == {here}
""",
    "one-killed-worker-loses-no-paper": """
def dies(paper, desk):
    if os.getpid() != here and paper.paper.key == "7":
        os.kill(os.getpid(), signal.SIGKILL)
    return ready(paper, desk)

assert here in make(dies)
assert told[-1] == 20
""",
    "the-first-paper-with-an-error-is-named": """
def refuses(paper, desk):
    if paper.paper.key in {"3", "12"}:
        raise CannotRead(f"paper {paper.paper.key}")
    return ready(paper, desk)

try:
    make(refuses)
except CannotRead as error:
    assert str(error) == "paper 3"
else:
    raise AssertionError
""",
    "without-a-further-process-papers-are-made-here": """
fork, forks = os.fork, []

def refused():
    forks.append(1)
    if len(forks) > 1:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    return fork()

os.fork = refused
assert make(ready) == {here} and len(forks) == 2
""",
    "a-second-thread-forbids-forking": """
assert may_fork()
stop = threading.Event()
threading.Thread(target=stop.wait).start()
assert not may_fork()
assert make(ready) == {here}
stop.set()
""",
    "a-process-with-other-work-does-not-fork": """
assert make(ready, SimpleNamespace(alone=False)) == {here}
""",
    "workers-leave-the-interrupt-to-the-parent": """
with open_process_pool(2) as pool:
    assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
""",
}

BLOCKED = """
import os, sys
from moothall.core.packs.worker_pool import open_process_pool

os.cpu_count = lambda: 2
begun, never = int(sys.argv[1]), os.pipe()[0]

def block(at):
    os.write(begun, b"x")
    os.read(never, 1)

with open_process_pool(2) as pool:
    for each in [pool.submit(block, at) for at in range(2)]:
        each.result()
"""


@pytest.mark.parametrize("case", CASES)
def test_worker_pool(case: str) -> None:
    script = f"{BEGIN}{CASES[case]}assert not has_children()\n"
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_worker_whose_parent_is_killed_ends() -> None:
    begun, writing = os.pipe()
    command = [sys.executable, "-c", BLOCKED, str(writing)]
    with subprocess.Popen(command, pass_fds=[writing]) as parent:
        os.close(writing)
        assert os.read(begun, 1) + os.read(begun, 1) == b"xx"  # both workers are at a task that never ends
        parent.send_signal(signal.SIGKILL)
    assert os.read(begun, 1) == b""  # no process has the pipe open any more
    os.close(begun)
