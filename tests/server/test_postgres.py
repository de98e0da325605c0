"""The PostgreSQL that tests start for themselves is gone when they are, however they end."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import binary
from tests.server.installation import ROOT

pytestmark = pytest.mark.slow
TELL = "import os, time; print(os.environ['DATABASE_URL'].partition('host=')[2], flush=True); time.sleep(60)"


@pytest.fixture
def started(tmp_path):
    """A command at work on a PostgreSQL of its own: the process, and the folder that the server is in."""
    try:
        binary("initdb")
    except ValueError:
        pytest.skip("Debian's postgresql is not installed")
    command = [sys.executable, "tests/postgres.py", sys.executable, "-c", TELL]
    # a shell that begins work behind itself lets it ignore Ctrl-C, which the work of these tests inherits
    as_in_front = ["env", "--default-signal=INT"]
    with subprocess.Popen([*as_in_front, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        folder = Path(process.stdout.readline().strip())
        yield process, folder
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_stop_it_leaves_no_server_and_no_folder(started, number):
    process, folder = started
    server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    process.send_signal(number)
    assert process.wait(60) != 0
    assert not folder.exists()
    assert not runs(server)


def test_it_ends_as_its_command_ends():
    command = [sys.executable, "tests/postgres.py", sys.executable, "-c", "raise SystemExit(3)"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 3


def runs(process):
    """Whether a process runs; one that has ended and that nobody asked about has no command line any more."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except FileNotFoundError:
        return False
