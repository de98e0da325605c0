"""A server that is told to reload puts new processes in the place of the old ones, and turns nobody away."""

import re
import signal
import subprocess

import pytest

from tests.ports import free_port
from tests.server.installation import ROOT, moothall
from tests.server.test_serve import fetch

pytestmark = pytest.mark.slow


def test_new_processes_take_the_place_of_the_old_ones(installation):
    port = free_port()
    command = [moothall(), "serve", "--port", str(port), "--workers", "1", "--no-jobs"]
    given = {**installation, "MOOTHALL_MODE": "development"}
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, env=given, cwd=ROOT, **pipe) as server:
        first = spawned(server)
        await_words(server, "Started worker-1")
        server.send_signal(signal.SIGHUP)
        second = spawned(server)
        await_words(server, "Stopped old worker-1")
        page = fetch(port, "/", host="avonmere.example")
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert first != second
    assert "Avonmere" in page
    assert server.returncode == 0


def spawned(server):
    """The number of the process that the server says it has begun."""
    return re.search(r"PID: (\d+)", await_words(server, "Spawning worker-1"))[1]


def await_words(server, words):
    """The line in which a server says this."""
    return next(line for line in iter(server.stdout.readline, "") if words in line)
