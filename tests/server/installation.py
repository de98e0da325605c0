"""An installation of its own for a test: processes of its own, on the kind of database that is tested on."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.shared import process_environment

ROOT = Path(__file__).parent.parent.parent
BEGIN = """
import django; django.setup()
from moothall.foundation.councils.council import Council
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queue import enqueue
from tests.jobs.tasks import always_be_killed, be_killed_once, note, refuse
council = Council.objects.get(slug="avonmere")
"""
FOUND = """
import django; django.setup()
from moothall.foundation.councils.actions import create_council
create_council(slug="avonmere", name="Avonmere Council", host="avonmere.example")
"""


def moothall():
    """The command."""
    return str(Path(sys.executable).with_name("moothall"))


def bare(folder, name="moothall_running"):
    """The environment of an installation without tables."""
    given = process_environment(MOOTHALL_MODE="test", DJANGO_SETTINGS_MODULE="moothall.settings")
    given |= {"MOOTHALL_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    if url := os.environ.get("DATABASE_URL"):
        given["DATABASE_URL"] = own_database(url, name)
    return given


def founded(folder, name="moothall_running"):
    """The environment of an installation with the council Avonmere: a copy of one that is made once a process."""
    return copy(original(), folder, name)


def copy(given, folder, name="moothall_running"):
    """The environment of an installation that is like another one, at which nobody is at work."""
    shutil.copytree(given["MOOTHALL_DATA"], folder, dirs_exist_ok=True)
    own = {**given, "MOOTHALL_DATA": str(folder)}
    if url := os.environ.get("DATABASE_URL"):
        own["DATABASE_URL"] = own_database(url, name, template=urlsplit(given["DATABASE_URL"]).path.removeprefix("/"))
    return own


@cache
def original():
    """The environment of the installation that others are copies of."""
    folder = Path(tempfile.mkdtemp(prefix="moothall-original-"))
    atexit.register(shutil.rmtree, folder)
    given = bare(folder, "moothall_original")
    run("migrate", environment=given)
    subprocess.run([sys.executable, "-c", FOUND], env=given, check=True, cwd=ROOT)
    return given


def run(*command, environment):
    """A command of Moothall's; gives what it says."""
    done = subprocess.run([moothall(), *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def python(code, environment):
    """A line of Python inside an installation, with the council and the tasks at hand; gives what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def own_database(url, name, template="template1"):
    """A fresh database beside the one of ``url``, not shared with tests that run at the same time."""
    name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return url.replace("/postgres?", f"/{name}?")
