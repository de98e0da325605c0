"""The house stands: its tables are as its models say, and what is missing is said in a paragraph."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from moothall.foundation import environment
from moothall.foundation.audit.models import Entry
from moothall.foundation.councils.actions import create_council
from moothall.foundation.environment import Misconfigured
from tests.shared import process_environment


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for():
    asked = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == asked


def test_production_without_a_secret_key_is_told_what_it_is_for(monkeypatch):
    monkeypatch.setenv("MOOTHALL_MODE", "production")
    monkeypatch.delenv("MOOTHALL_SECRET_KEY", raising=False)
    with pytest.raises(Misconfigured, match=r"(?s)MOOTHALL_SECRET_KEY.*python.*secrets"):
        environment.secret_key()


def test_a_short_secret_key_is_refused(monkeypatch):
    monkeypatch.setenv("MOOTHALL_MODE", "production")
    monkeypatch.setenv("MOOTHALL_SECRET_KEY", "hunter2")
    with pytest.raises(Misconfigured, match=r"MOOTHALL_SECRET_KEY.*\b7\b.*\b50\b"):
        environment.secret_key()


def test_an_unknown_mode_is_refused(monkeypatch):
    monkeypatch.setenv("MOOTHALL_MODE", "fast")
    with pytest.raises(Misconfigured, match=r"MOOTHALL_MODE.*“fast”"):
        environment.mode()


@pytest.mark.slow
def test_production_settings_pass_djangos_own_deployment_check(tmp_path):
    given = {
        "DJANGO_SETTINGS_MODULE": "moothall.settings",
        "MOOTHALL_MODE": "production",
        "MOOTHALL_SECRET_KEY": "".join(chr(33 + n % 90) for n in range(0, 64 * 7, 7)),
        "MOOTHALL_DATA": str(tmp_path),
        "MOOTHALL_EMAIL_URL": "smtp+tls://mail.avonmere.example:587",
    }
    command = [Path(sys.executable).with_name("moothall"), "manage", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=process_environment(**given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_variable_is_in_the_documentation():
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "environment.md").read_text("utf-8")
    assert [name for name in environment.VARIABLES if f"`{name}`" not in page] == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_a_test_committed_to_can_be_emptied_and_is_guarded_again():
    create_council(slug="avonmere", name="Avonmere Council", host="avonmere.example")
    call_command("flush", interactive=False, verbosity=0)
    create_council(slug="avonmere", name="Avonmere Council", host="avonmere.example")
    with pytest.raises(DatabaseError, match="audit_entry"):
        Entry.objects.update(who="x")
