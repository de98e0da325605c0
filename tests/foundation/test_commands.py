"""The commands of whoever runs the machine."""

import datetime as dt
import re

import pytest

from moothall.cli import run
from moothall.foundation.audit import chain
from moothall.foundation.audit.models import Entry
from moothall.foundation.councils import triggers
from moothall.foundation.councils.models import Council
from moothall.people import actions
from moothall.people.models import Grant, Person

pytestmark = pytest.mark.django_db
FOUND = (
    "found",
    "Avonmere Council",
    "--host",
    "avonmere.example",
    "--administrator",
    "Nour Haddad <nour@avonmere.example>",
)


def test_a_council_begins_with_its_administrator(capsys):
    assert run([*FOUND]) == 0
    council = Council.objects.get()
    assert council.slug == "avonmere-council"
    assert [(str(each.person), each.role) for each in Grant.objects.of(council)] == [("Nour Haddad", "administrator")]
    assert "/account/invitation/" in capsys.readouterr().out


def test_the_first_administrator_can_get_in_with_what_the_command_says(client, capsys):
    run([*FOUND])
    address = re.search(r"http://avonmere.example(/account/invitation/\S+)", capsys.readouterr().out)[1]
    at = {"host": "avonmere.example"}
    client.post(address, {"password": "copper lantern harvest"}, headers=at)
    typed = {"login": "nour@avonmere.example", "password": "copper lantern harvest"}
    assert client.post("/account/login/", typed, headers=at).status_code == 302


def test_a_council_that_is_there_already_is_refused_in_a_sentence(avonmere, capsys):
    assert run([*FOUND]) == 2
    assert "avonmere.example" in capsys.readouterr().err
    assert Council.objects.count() == 1
    assert not Person.objects.of(avonmere).exists()


def test_an_administrator_needs_a_name_and_an_address(capsys):
    assert run([*FOUND[:-1], "Nour"]) == 2
    assert "nour@avonmere.example" in capsys.readouterr().err
    assert not Council.objects.exists()


def test_verify_says_that_all_is_in_order(clerk, capsys):
    assert run(["verify"]) == 0
    written = capsys.readouterr()
    assert re.match(r"avonmere: 4\b.*\b[0-9a-f]{16}$", written.out.strip())
    assert written.err == ""


def test_verify_says_what_is_wrong_and_ends_with_1(clerk, capsys):
    with triggers.lifted():
        Entry.objects.filter(number=2).update(who="Somebody else")
    assert run(["verify"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert re.match(r"avonmere: 4\b.*\b1\b", first)
    assert re.search(r"\b2\b", second)


def test_verify_of_a_council_that_is_not_there(avonmere, capsys):
    assert run(["verify", "--council", "nowhere"]) == 2
    assert "“nowhere”" in capsys.readouterr().err


def test_verify_checks_what_it_noted_before(clerk, tmp_path, capsys):
    note = tmp_path / "ends"
    assert run(["verify", "--note", str(note)]) == 0
    actions.create_person(first_names="Anna", last_name="Lee", by=clerk)
    assert run(["verify", "--note", str(note)]) == 0
    note.write_text(note.read_text().replace(" 4 ", " 5 ", 1))
    capsys.readouterr()
    assert run(["verify", "--note", str(note)]) == 1
    assert re.search(r"\b5\b", capsys.readouterr().err.splitlines()[1])


def test_a_council_whose_log_was_noted_and_that_has_another_name_now_is_found(clerk, tmp_path, capsys):
    note = tmp_path / "ends"
    assert run(["verify", "--note", str(note)]) == 0
    Council.objects.filter(slug="avonmere").update(slug="avonmere-2")
    assert run(["verify", "--note", str(note)]) == 1
    assert re.findall(r"^avonmere\b(?!-2)", capsys.readouterr().err, re.MULTILINE) == ["avonmere"]


def test_a_note_that_cannot_be_read_stops_the_check_and_says_where(clerk, tmp_path, capsys):
    note = tmp_path / "ends"
    run(["verify", "--note", str(note)])
    note.write_text(note.read_text() + "2026-11-24T12:00:00+00:00 avon")
    assert run(["verify", "--note", str(note)]) == 2
    assert re.search(rf"\b2\b.*{re.escape(str(note))}", capsys.readouterr().err)


def test_verify_tells_of_a_clock_that_was_set_back(clerk, monkeypatch, capsys):
    before = chain.timezone.now() - dt.timedelta(hours=2)
    monkeypatch.setattr(chain.timezone, "now", lambda: before)
    actions.create_person(first_names="Anna", last_name="Lee", by=clerk)
    assert run(["verify"]) == 0
    warning, summary = capsys.readouterr().out.splitlines()
    assert re.match(r"avonmere: .*\b5\b", warning)
    assert re.match(r"avonmere: 5\b", summary)
