"""Several processes write in one council at once: every act is there, and the chain is one chain."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
PROCESSES, EACH = 4, 12
FOUND = """
import django; django.setup()
from moothall.foundation.councils.actions import create_council
create_council(slug="avonmere", name="Avonmere Council", host="avonmere.example")
"""


@pytest.fixture
def installation(tmp_path):
    """An installation of its own, with Avonmere; SQLite in a folder, or a database of the server tested on."""
    given = {**os.environ, "MOOTHALL_MODE": "test", "DJANGO_SETTINGS_MODULE": "moothall.settings"}
    given["MOOTHALL_DATA"] = str(tmp_path)
    if url := given.get("DATABASE_URL"):
        given["DATABASE_URL"] = _own_database(url)
    run("migrate", environment=given)
    subprocess.run([sys.executable, "-c", FOUND], env=given, check=True, cwd=ROOT)
    return given


def test_every_acknowledged_act_is_there_and_the_chain_holds(installation):
    writers = [racer(installation) for _ in range(PROCESSES)]
    slugs = [slug for writer in writers for slug in writer.communicate(timeout=120)[0].split()]
    assert len(set(slugs)) == PROCESSES * EACH
    assert f"avonmere: {PROCESSES * EACH + 1} entries, all in order" in run("verify", environment=installation)


def test_a_writer_that_is_killed_leaves_nothing_half_written(installation):
    writer = racer(installation, each=1000)
    acknowledged = [writer.stdout.readline().strip() for _ in range(5)]
    writer.kill()
    acknowledged += writer.communicate(timeout=120)[0].split()
    told = run("verify", environment=installation)
    assert "all in order" in told
    assert int(told.split()[1]) >= len(acknowledged) + 1


def racer(environment, each=EACH):
    """A process that writes."""
    command = [sys.executable, "-m", "tests.foundation.racing", str(each)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def run(command, *, environment):
    """A command of Moothall's; gives what it says."""
    program = Path(sys.executable).with_name("moothall")
    done = subprocess.run([program, command], env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def _own_database(url):
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS moothall_racing")
        server.execute("CREATE DATABASE moothall_racing")
    return url.replace("/postgres?", "/moothall_racing?")
