"""The units of systemd that the documentation gives are such that systemd takes them, and do what they say."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.server.installation import ROOT, moothall

UNITS = ROOT / "docs" / "it" / "systemd"
OURS = "/opt/moothall/.venv/bin/moothall"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="Debian's systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for unit in UNITS.iterdir():
        (tmp_path / unit.name).write_text(unit.read_text().replace(OURS, moothall()))
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_each_command_in_the_units_is_one_of_moothalls():
    called = re.findall(rf"{OURS} (\w+)", "".join(unit.read_text() for unit in UNITS.iterdir()))
    assert sorted(called) == ["backup", "migrate", "serve"]


@pytest.mark.slow
def test_the_script_of_the_backup_keeps_whole_backups_only(installation, tmp_path):
    """With a stand-in for age, which it takes from the path."""
    (tmp_path / "age").write_text("#!/bin/sh\nexec cat\n")
    (tmp_path / "age").chmod(0o700)
    (tmp_path / "kept").mkdir()
    given = {**installation, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert (run(script(tmp_path), given), [each.suffix for each in (tmp_path / "kept").iterdir()]) == (0, [".age"])
    made = next((tmp_path / "kept").iterdir())
    check = [moothall(), "backup", "check", "--quick", str(made)]
    assert subprocess.run(check, check=False, env=given, stdout=subprocess.DEVNULL).returncode == 0
    made.unlink()
    broken = {**given, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    assert run(script(tmp_path), broken) != 0
    assert [each for each in (tmp_path / "kept").iterdir() if each.suffix == ".age"] == []


def script(folder):
    """What the unit has bash do, for folders of a test."""
    unit = Path(UNITS / "moothall-backup.service").read_text()
    found = re.search(r"-c '(.*)'", unit, re.DOTALL)[1].replace("\\\n", "").replace("$$", "$").replace("%%", "%")
    return found.replace("/var/lib/moothall-backups", str(folder / "kept")).replace(OURS, moothall())


def run(text, given):
    """Run a script as the unit does; gives how it ended."""
    command = ["/bin/bash", "-euo", "pipefail", "-c", text]
    return subprocess.run(command, env=given, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode
