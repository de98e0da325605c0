"""The site served by the one command: what keeps it from starting, its health, its log, how it stops."""

import json
import logging
import re
import signal
import subprocess
import urllib.request

import pytest
from django.db import DatabaseError

from moothall.server import middleware, readiness
from moothall.server.readiness import Place, obstacles
from tests.ports import free_port, wait_for
from tests.server.installation import ROOT, bare, moothall

SECRET = "".join(chr(33 + n % 90) for n in range(0, 64 * 7, 7))


@pytest.mark.django_db
def test_nothing_speaks_against_serving_to_this_machine_only():
    assert obstacles(Place("127.0.0.1")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104 - what is refused
def test_outside_production_nothing_is_served_to_other_machines(address):
    assert "must not be reachable from outside" in obstacles(Place(address))[0]


@pytest.mark.django_db
def test_production_without_encryption_is_refused(settings):
    settings.PRODUCTION = True
    assert any("Nothing encrypts what is sent" in each for each in obstacles(Place("127.0.0.1")))


@pytest.mark.django_db
def test_insecure_settings_are_named(settings):
    settings.PRODUCTION, settings.SECURE_HSTS_SECONDS = True, 0
    assert any("security.W004" in each for each in obstacles(Place("127.0.0.1", tls=True)))


@pytest.mark.django_db
def test_tables_that_are_behind_are_said(monkeypatch):
    monkeypatch.setattr(readiness.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"])
    assert re.search(r"\b2\b", obstacles(Place("127.0.0.1"))[0])


@pytest.mark.django_db
def test_health_is_answered_under_any_name(client):
    answer = client.get("/health", headers={"host": "10.0.0.1"})
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_health_says_when_the_database_is_away(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(middleware.connection, "cursor", away)
    assert client.get("/health").status_code == 503


def test_the_access_log_tells_nothing_of_a_person(avonmere, client, caplog, monkeypatch):
    log = logging.getLogger("moothall.foundation.permissions")
    monkeypatch.setattr(log, "propagate", True)
    with caplog.at_level(logging.INFO, "moothall.foundation.permissions"):
        client.get("/account/password/reset/key/1-secret/?q=Anna+Lee", headers={"host": "avonmere.example"})
    line = json.loads(caplog.messages[0])
    assert line.keys() == {"method", "route", "status", "ms", "council"}
    assert line["council"] == "avonmere"
    assert "secret" not in caplog.text
    assert "Anna" not in caplog.text


@pytest.mark.slow
def test_an_installation_without_tables_is_not_served(tmp_path):
    done = subprocess.run(
        [moothall(), "serve"], env=bare(tmp_path), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "run moothall migrate" in done.stderr


@pytest.mark.slow
def test_production_is_served_with_hashed_files_and_stops_when_told(installation):
    given = {**installation, "MOOTHALL_MODE": "production", "MOOTHALL_SECRET_KEY": SECRET, "MOOTHALL_PROXY": "1"}
    port = free_port()
    with subprocess.Popen(
        [moothall(), "serve", "--port", str(port), "--workers", "1"],
        env=given,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            until(server, "sign_in.W016")
            until(server, "Started worker-1")
            page = fetch(port, "/", host="avonmere.example")
            until(server, '"route": ""')
        finally:
            server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=60)[0]
    assert 'href="/static/moothall/moothall.' in page
    assert server.returncode == 0
    assert "shutdown completed" in said


def until(server, words):
    """Read what a server says until it says this."""
    assert any(words in line for line in iter(server.stdout.readline, ""))


def fetch(port, path, *, host):
    """A page, as a proxy that ends TLS asks for it."""
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    wait_for(port)
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)) as answer:
        return answer.read().decode()
