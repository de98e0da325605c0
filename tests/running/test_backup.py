"""A backup is worth what its restore brings back: tried by restoring, into the other make of database too."""

import io
import os
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.running.installation import ROOT, bare, moothall, python, run

pytestmark = pytest.mark.slow
ENTERED = """
import datetime as dt
from moothall.actor import Actor
from moothall.people.actions import create_person
from moothall.councils.actions import set_option
by = Actor.operator(council)
create_person(first_names="Zoë", last_name="Ward", by=by)
set_option(key="speaking_notice_time", value=dt.time(12), first_day=by.today, by=by)
enqueue(refuse, "x", council=council, after=dt.datetime(2099, 1, 1, 0, 0, 0, 123456, tzinfo=dt.UTC))
"""
TOLD = """
from moothall.people.models import Person
from moothall.councils.models import OptionValue
print([str(each) for each in Person.objects.of(council)], [each.value for each in OptionValue.objects.of(council)],
      [(each.due, each.result.args_kwargs, each.result.pk) for each in Job.objects.of(council)])
"""


@pytest.fixture
def kept(installation, tmp_path):
    """An installation with something in it, and the backup of it."""
    python(ENTERED, installation)
    files = Path(installation["MOOTHALL_DATA"]) / "files" / "ab"
    files.mkdir(parents=True)
    (files / "paper.pdf").write_bytes(b"%PDF")
    run("backup", str(tmp_path / "backup"), environment=installation)
    return installation, tmp_path / "backup"


def test_everything_is_back_and_the_log_is_in_order(kept, tmp_path):
    installation, backup = kept
    other = bare(tmp_path / "other", "moothall_other")
    assert "avonmere: 3 entries of the audit log, all in order" in run("restore", str(backup), environment=other)
    assert python(TOLD, other) == python(TOLD, installation)
    assert (tmp_path / "other" / "files" / "ab" / "paper.pdf").read_bytes() == b"%PDF"
    assert "all in order" in run("verify", environment=other)


def test_a_backup_can_be_restored_into_sqlite_whatever_it_comes_from(kept, tmp_path):
    installation, backup = kept
    sqlite = {**installation, "MOOTHALL_DATA": str(tmp_path / "other"), "DATABASE_URL": ""}
    run("restore", str(backup), environment=sqlite)
    assert python(TOLD, sqlite) == python(TOLD, installation)


def test_a_restored_installation_goes_on_and_is_guarded(kept, tmp_path):
    _, backup = kept
    other = bare(tmp_path / "other", "moothall_other")
    run("restore", str(backup), environment=other)
    python(ENTERED.replace('"Zoë"', '"Ada"').split("set_option(key")[0], other)
    assert "avonmere: 4 entries, all in order" in run("verify", environment=other)
    tried = refused("manage", "shell", "-c", CHANGES, environment=other)
    assert "only ever added to" in tried


CHANGES = "from moothall.audit.models import Entry; Entry.objects.update(who='x')"


def test_an_installation_is_not_overwritten_unless_told(kept):
    installation, backup = kept
    assert "There is an installation here already" in refused("restore", str(backup), environment=installation)
    run("restore", str(backup), "--replace", environment=installation)
    assert "Zoë Ward" in python(TOLD, installation)


def test_a_backup_that_was_changed_is_refused_and_nothing_is_touched(kept, tmp_path):
    installation, backup = kept
    changed = tmp_path / "changed"
    changed.write_bytes(rewritten(backup, lambda name, data: data.replace(b"Zo", b"Jo") if "Person" in name else data))
    told = refused("restore", str(changed), "--replace", environment=installation)
    assert "The backup was changed or is not whole: tables/people.Person" in told
    assert "Zoë Ward" in python(TOLD, installation)


def test_half_a_backup_is_refused(kept, tmp_path):
    installation, backup = kept
    half = tmp_path / "half"
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert "not a whole backup" in refused("restore", str(half), "--replace", environment=installation)


def test_a_part_that_would_be_written_elsewhere_is_refused(kept, tmp_path):
    installation, backup = kept
    bad = tmp_path / "bad"
    bad.write_bytes(rewritten(backup, lambda name, data: data, rename=lambda name: f"../../{name}"))
    assert "no part of a backup" in refused("restore", str(bad), "--replace", environment=installation)


def test_only_its_owner_may_read_a_backup(kept):
    assert kept[1].stat().st_mode & 0o077 == 0


def test_a_backup_does_not_take_the_place_of_another(kept):
    installation, backup = kept
    assert "is there already" in refused("backup", str(backup), environment=installation)


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="about SQLite's own locking")
def test_a_backup_is_made_while_somebody_writes(installation, tmp_path):
    database = sqlite3.connect(Path(installation["MOOTHALL_DATA"]) / "moothall.sqlite3", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    run("backup", str(tmp_path / "backup"), environment=installation)
    database.execute("ROLLBACK")
    database.close()
    assert (tmp_path / "backup").exists()


def refused(*command, environment):
    """A command that ends with an error; gives what it says."""
    done = subprocess.run(
        [moothall(), *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    return done.stderr


def rewritten(backup, change, rename=str):
    """The archive with the content of its parts changed."""
    out = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for member in old:
            data = change(member.name, old.extractfile(member).read())
            info = tarfile.TarInfo(rename(member.name))
            info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    return out.getvalue()
