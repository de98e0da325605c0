"""A backup is worth what its restore brings back: tried by restoring, into the other make of database too."""

import fcntl
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import psycopg
import pytest

from moothall.backups.archive import Archive
from tests.server.installation import ROOT, bare, copy, founded, moothall, python, run

pytestmark = pytest.mark.slow
ENTERED = """
import datetime as dt
from moothall.foundation.actors import Actor
from moothall.people.actions import create_person
from moothall.foundation.councils.actions import set_option
by = Actor.operator(council)
create_person(first_names="Zoë", last_name="Ward", by=by)
set_option(key="speaking_notice_time", value=dt.time(12), first_day=by.today, by=by)
enqueue(refuse, "x", council=council, after=dt.datetime(2099, 1, 1, 0, 0, 0, 123456, tzinfo=dt.UTC))
"""
TOLD = """
from moothall.people.models import Person
from moothall.foundation.councils.models import OptionValue
print([str(each) for each in Person.objects.of(council)], [each.value for each in OptionValue.objects.of(council)],
      [(each.due, each.result.args_kwargs, each.result.pk) for each in Job.objects.of(council)])
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """An installation with something in it, and the backup of it; tests have copies of both."""
    folder = tmp_path_factory.mktemp("first")
    installation = founded(folder / "house", "moothall_first")
    python(ENTERED, installation)
    files = folder / "house" / "files" / "ab"
    files.mkdir(parents=True)
    (files / "paper.pdf").write_bytes(b"%PDF")
    run("backup", str(folder / "backup"), environment=installation)
    return installation, folder / "backup"


@pytest.fixture
def kept(first, tmp_path):
    """An installation with something in it, and the backup of it."""
    installation, backup = first
    shutil.copy2(backup, tmp_path / "backup")
    return copy(installation, tmp_path / "house"), tmp_path / "backup"


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
    tried = command("manage", "shell", "-c", CHANGES, environment=other)
    assert tried.returncode != 0
    assert "only ever added to" in tried.stderr


CHANGES = "from moothall.foundation.audit.models import Entry; Entry.objects.update(who='x')"


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
    with subprocess.Popen([moothall(), "backup", str(tmp_path / "backup")], env=installation) as backup:
        while not (tmp_path / "backup").exists() and backup.poll() is None:
            time.sleep(0.05)
        assert (tmp_path / "backup").exists()
        database.execute("ROLLBACK")  # only to note that it was made, it has to wait
        assert backup.wait(60) == 0
    database.close()


def test_the_backup_is_noted_for_the_administrator(kept):
    told = python(
        "from moothall.foundation.jobs.models import ChoreOfInstallation as C; print(*C.objects.values('name'))",
        kept[0],
    )
    assert told == "{'name': 'backup'}"


def test_what_was_written_after_the_backup_is_told_when_it_is_lost(kept):
    installation, backup = kept
    python(ENTERED.replace('"Zoë"', '"Ada"').split("set_option(key")[0], installation)
    done = command("restore", str(backup), "--replace", environment=installation)
    assert "avonmere: entries 4 to 4 were written after the backup, and are lost." in done.stderr
    assert "Ada" not in python(TOLD, installation)


def test_nothing_is_restored_while_a_worker_runs(kept):
    installation, backup = kept
    with subprocess.Popen([moothall(), "work"], env=installation, stderr=subprocess.PIPE, text=True) as worker:
        worker.stderr.readline()  # it is at work
        told = refused("restore", str(backup), "--replace", environment=installation)
        worker.terminate()
        worker.communicate(timeout=60)
    assert "The site or a worker is running here: stop it first" in told


def test_nobody_begins_to_work_while_a_backup_is_being_restored(installation):
    with (Path(installation["MOOTHALL_DATA"]) / "at-work.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "A backup is being restored here" in refused("work", "--once", environment=installation)
        assert "A backup is being restored here" in refused("serve", environment=installation)


@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="about PostgreSQL's connections")
def test_nothing_is_restored_while_others_are_connected_from_another_machine(kept):
    installation, backup = kept
    with psycopg.connect(installation["DATABASE_URL"]):
        told = refused("restore", str(backup), "--replace", environment=installation)
    assert "1 others are connected to the database" in told


@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="about PostgreSQL's tables")
def test_a_table_of_somebody_else_in_the_same_database_is_left_alone(kept):
    installation, backup = kept
    with psycopg.connect(installation["DATABASE_URL"]) as database:
        database.execute("CREATE TABLE spatial_ref (name text)")
    run("restore", str(backup), "--replace", environment=installation)
    with psycopg.connect(installation["DATABASE_URL"]) as database:
        assert database.execute("SELECT count(*) FROM spatial_ref").fetchone() == (0,)


KILLED = """
import os, signal
import django; django.setup()
from moothall.backups import restore
from moothall.cli import run
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
restore.{place} = die
run(["restore", {backup!r}, "--replace"])
"""


BEFORE_THE_SWAP = pytest.param(
    "_settle", marks=pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="about SQLite's file")
)


@pytest.mark.parametrize("place", ["_fill", "_sync", BEFORE_THE_SWAP])
def test_a_restore_that_is_killed_half_way_leaves_what_was_there_and_can_be_done_again(kept, place):
    installation, backup = kept
    python(ENTERED.replace('"Zoë"', '"Ada"').split("set_option(key")[0], installation)
    before = python(TOLD, installation)
    code = KILLED.format(place=place, backup=str(backup))
    killed = subprocess.run([sys.executable, "-c", code], env=installation, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert python(TOLD, installation) == before
    assert "all in order" in run("verify", environment=installation)
    run("restore", str(backup), "--replace", environment=installation)
    assert "Ada" not in python(TOLD, installation)
    assert list(Path(installation["MOOTHALL_DATA"]).glob("*restoring*")) == []


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="about SQLite's file")
def test_a_database_that_is_broken_is_replaced_when_told(kept):
    installation, backup = kept
    database = Path(installation["MOOTHALL_DATA"]) / "moothall.sqlite3"
    database.write_bytes(b"not a database" * 1000)
    assert "There is an installation here already" in refused("restore", str(backup), environment=installation)
    run("restore", str(backup), "--replace", environment=installation)
    assert "Zoë Ward" in python(TOLD, installation)


def test_a_disk_that_is_full_leaves_no_half_backup_and_is_said(installation, tmp_path):
    """A limit on the size of files stands for the full disk; the spooled tables are smaller than the backup is."""
    (Path(installation["MOOTHALL_DATA"]) / "files").mkdir()
    (Path(installation["MOOTHALL_DATA"]) / "files" / "scan.pdf").write_bytes(os.urandom(1 << 21))
    limited = ["bash", "-c", f"ulimit -f 1024; exec {moothall()} backup {tmp_path / 'backup'}"]
    done = subprocess.run(limited, env=installation, capture_output=True, text=True, check=False)
    assert (done.returncode, list(tmp_path.glob("backup*"))) == (2, [])
    assert "The backup could not be written: File too large. There is none." in done.stderr


def test_a_pipe_that_is_full_is_said(installation):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [moothall(), "backup", "-"], env=installation, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "could not be written: No space left on device" in done.stderr


def test_a_restore_without_room_touches_nothing_and_does_not_blame_the_backup(kept):
    installation, backup = kept
    (Path(installation["MOOTHALL_DATA"]) / "files" / "scan.pdf").write_bytes(os.urandom(1 << 21))
    run("backup", f"{backup}-2", environment=installation)
    limited = ["bash", "-c", f"ulimit -f 1024; exec {moothall()} restore --replace {backup}-2"]
    done = subprocess.run(limited, env=installation, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be unpacked" in done.stderr
    assert "Zoë Ward" in python(TOLD, installation)


def test_a_backup_is_checked_by_restoring_it_where_nobody_sees_it(kept):
    installation, backup = kept
    before = python(TOLD, installation)
    told = run("backup", "check", str(backup), environment=installation)
    assert "It can be restored: " in told
    assert "avonmere: 3 entries, all in order." in told
    assert python(TOLD, installation) == before


def test_a_check_needs_nothing_but_the_file(kept):
    bare_machine = {"PATH": os.environ["PATH"]}
    with kept[1].open("rb") as backup:
        done = subprocess.run(
            [moothall(), "backup", "check", "--quick", "-"],
            env=bare_machine,
            stdin=backup,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert b"Every part has its digest. Made on " in done.stdout


CHANGED = {
    "a newer form": (lambda told: told | {"form": 99}, "made by a newer version"),
    "a newer migration": (
        lambda told: told | {"migrations": [*told["migrations"], ["jobs", "0099_later"]]},
        "it knows jobs 0099_later",
    ),
    "no tables": (lambda told: {key: value for key, value in told.items() if key != "tables"}, "has no tables"),
    "a list": (lambda told: [], "its manifest says something else"),
    "another column": (
        lambda told: told | {"tables": {**told["tables"], "people.Person": ["id", "nonsense"]}},
        "The table people.Person of the backup cannot be read",
    ),
    "a table that is not in it": (
        lambda told: told | {"tables": {**told["tables"], "people.Nobody": ["id"]}},
        "The table people.Nobody of the backup cannot be read",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_backup_with_another_manifest_is_refused_and_says_why(kept, tmp_path, what):
    change, words = CHANGED[what]
    changed = tmp_path / "changed"
    changed.write_bytes(
        rewritten(kept[1], lambda name, data: json.dumps(change(json.loads(data))) if name == "manifest.json" else data)
    )
    assert words in refused("backup", "check", str(changed), environment=kept[0])


def test_a_backup_of_an_older_version_is_brought_to_this_one(kept, tmp_path):
    installation, backup = kept
    gone = {"jobs.Recurrence", "jobs.ChoreOfInstallation", "jobs.WorkerSign"}
    with tarfile.open(backup) as archive:
        told = json.loads(archive.extractfile("manifest.json").read())
        parts = {name: archive.extractfile(name).read() for name in archive.getnames() if name != "manifest.json"}
    place = told["tables"]["jobs.Job"].index("reason")
    rows = [json.loads(line) for line in parts["tables/jobs.Job"].decode().splitlines()]
    parts["tables/jobs.Job"] = "".join(json.dumps(row[:place] + row[place + 1 :]) + "\n" for row in rows).encode()
    parts = {name: data for name, data in parts.items() if name.removeprefix("tables/") not in gone}
    del told["tables"]["jobs.Job"][place]
    told["tables"] = {name: columns for name, columns in told["tables"].items() if name not in gone}
    told["migrations"] = [each for each in told["migrations"] if each != ["jobs", "0002_recurring"]]
    old = tmp_path / "old"
    with old.open("wb") as out:
        archive = Archive(out)
        for name, data in parts.items():
            archive._add(name, io.BytesIO(data), len(data))
        archive.finish({key: told[key] for key in ("moothall", "made", "tables", "migrations")})
    other = bare(tmp_path / "other", "moothall_other")
    run("restore", str(old), environment=other)
    assert python(TOLD, other) == python(TOLD, installation)
    run("migrate", "--check", environment=other)


def command(*arguments, environment):
    """A command of Moothall's, to its end, whatever that is."""
    return subprocess.run(
        [moothall(), *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def refused(*arguments, environment):
    """A command that ends with an error; gives what it says."""
    done = command(*arguments, environment=environment)
    assert done.returncode == 2, done.stderr
    return done.stderr


def rewritten(backup, change, rename=str):
    """The archive with the content of its parts changed."""
    out = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for member in old:
            data = change(member.name, old.extractfile(member).read())
            data = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(rename(member.name))
            info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    return out.getvalue()
