"""Whatever is killed and when: a written page shows every act that was acknowledged, or there is none."""

import random
import signal
import subprocess
import sys
import time

import pytest

from tests.running.installation import ROOT, founded, python

BEGIN = """
import sys, datetime as dt, django; django.setup()
from moothall.councils.models import Council
from pathlib import Path
council, root = Council.objects.get(slug="avonmere"), Path(sys.argv[1])
Council.today = dt.date(2014, 11, 24)
"""
ALLOW = """
from moothall.audit.written import begin
from moothall.website.release import release
from pathlib import Path
begin(release(), Path({root!r}))
"""
WRITE = f"""{BEGIN}
from moothall.written import visiting
from moothall.written.writing import write
visiting.AT_MOST = {{"website:month": 1, "website:year": 1}}
said = ""
while "pages" not in said or "once" not in sys.argv:
    said = write(council, root)
    print(said, flush=True)
"""
ACT = f"""{BEGIN}
from moothall.actor import Actor
from moothall.bodies.actions import create_outside_body
for number in range(1000):
    name = f"Trust {{sys.argv[2]}}-{{number}}."
    create_outside_body(name=name, first_day=dt.date(2014, 5, 1), places=1, by=Actor.operator(council))
    print(name, flush=True)
"""
ROUNDS = 6


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation with Avonmere."""
    (tmp_path / "house").mkdir()
    return founded(tmp_path / "house", "moothall_written")


def begun(code, given, *told):
    command = [sys.executable, "-c", code, *map(str, told)]
    return subprocess.Popen(command, env=given, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def served(root):
    """The written list of outside bodies, or nothing."""
    for link in (root / "now").glob("*/avonmere.example/*"):
        try:
            return (link / "outside-bodies" / "@.html").read_text()
        except FileNotFoundError:
            continue
    return None


def killed(process):
    process.send_signal(signal.SIGKILL)
    return process.communicate()[0].splitlines()


@pytest.mark.slow
def test_no_page_is_older_than_an_act_that_was_acknowledged(installation, tmp_path):
    root, chance, told = tmp_path / "pages", random.Random(4), set()  # noqa: S311
    python(ALLOW.format(root=str(root)), installation)
    for number in range(ROUNDS):
        writer = begun(WRITE, installation, root)
        writer.stdout.readline()  # a set is out, or was overtaken
        actor = begun(ACT, installation, root, number)
        told.add(actor.stdout.readline().strip())
        page = served(root)
        assert page is None or all(each in page for each in told)
        time.sleep(chance.random())
        for each in chance.sample([writer, actor], 2):
            lines = killed(each)
            told |= {line for line in lines if line.startswith("Trust")}
        page = served(root)
        assert page is None or all(each in page for each in told)
    writer = begun(WRITE, installation, root, "once")
    assert "pages" in writer.communicate(timeout=240)[0]
    found = served(root)
    assert found
    assert all(each in found for each in told)
    assert len(told) >= ROUNDS
