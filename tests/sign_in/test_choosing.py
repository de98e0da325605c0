"""Which passwords may be chosen: long ones that nobody guesses, of whatever characters."""

import hashlib
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from moothall.foundation import environment
from moothall.foundation.environment import Misconfigured
from moothall.sign_in import passwords
from tests.permissions.conftest import PASSWORD, account_of
from tests.reading import codes

pytestmark = pytest.mark.django_db
ANNA = "anna-lee@avonmere.example"


def refused(password, account=None):
    """The codes of the rules that refuse a password."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "copper lantern harvest",
        "seven quiet herons",
        "all lower case and long",
        "ALL UPPER CASE AND LONG",
        "8302 1147 5906 2285",
        "Blåbærsyltetøy på brødet",
        "песня о далёкой реке",
        "🐦🌊🏔️🚲🎻🧭🪁🥁🛶🧲🪵🧵",
        "lighthouse; drop table; tulip",
        " leading and trailing spaces ",
        "x7 " * 3 + "quarry thimble " * 5,
    ],
    ids=str,
)
def test_any_characters_will_do_when_it_is_long_and_nobody_guesses_it(password, member):
    assert refused(password, member.account) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password_too_short"),
        ("a long word " * 11, "too_long"),
        ("passwordpassword", "known"),
        ("PasswordPassword", "known"),
        ("qwertyuiop123", "known"),
        ("1q2w3e4r5t6y7u", "known"),
        ("correcthorsebatterystaple", "known"),
        ("correcthorsebatterystaple2026!", "known"),
        ("Manchesterunited99", "known"),
        ("zqzqzqzqzqzq", "repeated"),
        ("heron7heron7heron7", "repeated"),
        ("abababababab!1", "repeated"),
        ("aaaabbbbccccdddd", "repeated"),
    ],
)
def test_what_is_tried_first_is_refused(password, code, member):
    assert code in refused(password, member.account)


@pytest.mark.parametrize(
    "password",
    [
        "Avonmere-2026",
        "AvonmereCouncil1!",
        "avonmere.example",
        "Moothall Password 1",
        "AnnaLee-Avonmere",
        "anna-lee@avonmere",
        "Av0nm3re C0unc1l",
        "Welcome Councillor 7",
        "Winter2026Password",
    ],
)
def test_the_council_s_name_and_ones_own_make_no_password(password, member):
    assert "of_the_owner" in refused(password, member.account)


def test_they_may_stand_in_a_password_that_has_more_in_it(member):
    assert refused("avonmere tulip engines", member.account) == set()


def test_names_in_another_council_count_too(member, brackwater):
    from moothall.foundation.actors import Actor  # noqa: PLC0415
    from moothall.people.actions import create_person, open_account  # noqa: PLC0415

    assert refused("brackwater 20260101", member.account) == set()
    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    assert "of_the_owner" in refused("brackwater 20260101", member.account)


def test_a_password_may_be_long_and_is_not_cut(member):
    long = "quarry thimble; " * 8
    member.account.set_password(long)
    assert refused(long, member.account) == set()
    assert len(long) == 128
    assert not member.account.check_password(long[:-1])


def test_every_way_to_a_new_password_asks_the_same_when_it_is_changed(member, at):
    at().sign_in(ANNA)
    weak = "Avonmere-2026"
    answer = at().post("/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert codes(answer) == {"password1": ["password_too_similar", "of_the_owner"]}
    assert account_of(ANNA).check_password(PASSWORD)


def test_every_way_to_a_new_password_asks_the_same_by_letter(member, at):
    from tests.permissions.conftest import letter  # noqa: PLC0415

    at().post("/account/password/reset/", {"email": ANNA})
    address = at().get(letter())["Location"]
    answer = at().post(address, {"password1": "passwordpassword", "password2": "passwordpassword"})
    assert codes(answer) == {"password1": ["of_the_owner", "known"]}
    assert account_of(ANNA).check_password(PASSWORD)


def test_every_way_to_a_new_password_asks_the_same_by_invitation(invited, at):
    assert codes(at().post(invited[1], {"password": "zqzqzqzqzqzq"})) == {"password": ["repeated"]}
    assert not account_of(ANNA).has_usable_password()


@pytest.mark.parametrize("path", ["/account/login/", "invitation"])
def test_passwords_can_be_pasted_and_kept_by_a_browser(path, invited, at):
    page = at().get(invited[1] if path == "invitation" else path).text
    assert 'autocomplete="new-password"' in page or 'autocomplete="current-password"' in page
    assert "onpaste" not in page


@pytest.fixture
def service(settings, monkeypatch):
    """A service of breached passwords, here: gives what it knows (the answers) and what it was asked."""
    known, asked = {}, []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Add-Padding"]))
            self.send_response(200 if known.get("well", True) else 503)
            self.end_headers()
            self.wfile.write("\r\n".join(known.get("lines", [])).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(passwords, "PATIENCE", 60)  # a busy machine is not a service that fails
    settings.BREACHED_PASSWORDS = f"http://127.0.0.1:{server.server_port}/range/"
    yield known, asked
    server.shutdown()
    thread.join()
    server.server_close()


DIGEST = hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()


def test_a_service_is_told_five_figures_of_a_digest_and_no_more(service):
    _, asked = service
    assert refused(PASSWORD) == set()
    assert asked == [(f"/range/{DIGEST[:5]}", "true")]


@pytest.mark.parametrize(("times", "codes"), [(3, {"found_elsewhere"}), (0, set())], ids=["seen", "only padding"])
def test_what_the_service_knows_is_refused(times, codes, service):
    known, _ = service
    known["lines"] = ["0" * 35 + ":9", f"{DIGEST[5:]}:{times}", "F" * 35 + ":1"]
    assert refused(PASSWORD) == codes


def test_a_service_that_fails_refuses_nobody_and_is_noted(service, caplog):
    known, _ = service
    known["well"] = False
    with caplog.at_level(logging.WARNING, "moothall.sign_in"):
        assert refused(PASSWORD) == set()
    assert [each.levelname for each in caplog.records] == ["WARNING"]
    assert PASSWORD not in caplog.text
    assert DIGEST[5:] not in caplog.text.upper()


def test_nobody_is_asked_unless_the_installation_says_so(settings, monkeypatch):
    monkeypatch.setattr("moothall.sign_in.passwords.requests.get", lambda *a, **k: pytest.fail("asked"))
    assert settings.BREACHED_PASSWORDS == ""
    assert refused(PASSWORD) == set()


def test_a_service_without_https_is_refused_in_production(monkeypatch):
    monkeypatch.setenv("MOOTHALL_MODE", "production")
    monkeypatch.setenv("MOOTHALL_BREACHED_PASSWORDS", "http://here.example/range/")
    with pytest.raises(Misconfigured, match=r"MOOTHALL_BREACHED_PASSWORDS.*https"):
        environment.breached_passwords()
