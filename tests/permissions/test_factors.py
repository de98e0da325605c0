"""Second factors, passkeys, sessions: a password alone is not enough, and a session opens one council only."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from moothall.foundation.actors import Actor
from moothall.foundation.councils.actions import set_option
from moothall.sign_in.middleware import FactorsOfRequest
from tests.permissions.conftest import PASSWORD, Asking, entries
from tests.permissions.passkeys import Passkey

pytestmark = pytest.mark.django_db
ANNA = "anna-lee@avonmere.example"
OPTIONS = re.compile(r'<script id="passkey-options" type="application/json">(.*?)</script>')


def code(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def again(asking):
    """Enter the password again."""
    asking.post("/account/reauthenticate/", {"password": PASSWORD})


def set_up(asking):
    """Set up an authenticator app; gives its key."""
    again(asking)
    secret = re.search(r"<code>(\w+)</code>", asking.get("/account/2fa/totp/activate/").text)[1]
    asking.post("/account/2fa/totp/activate/", {"code": code(secret)})
    cache.clear()  # a code is taken once only; the tests do not wait for the next
    return secret


def wanted(answer):
    """What a page asks a passkey for."""
    found = json.loads(OPTIONS.search(answer.text)[1])
    return found.get("request_options") or found["creation_options"]


def test_a_password_alone_opens_only_the_pages_where_a_second_factor_is_set_up(member, at):
    at().sign_in(ANNA)
    assert at().get("/workspace/")["Location"] == "/account/2fa/"
    assert at().get("/account/").status_code == 200


def test_a_council_may_leave_the_second_factor_to_its_people(member, at, avonmere):
    by = Actor.operator(avonmere)
    set_option(key="second_factor", value="offered", first_day=by.today, by=by)
    at().sign_in(ANNA)
    assert at().get("/workspace/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_sign_in_asks_for_the_code_once_an_app_is_set_up(member, at, avonmere):
    at().sign_in(ANNA)
    secret = set_up(at())
    at().post("/account/logout/")
    assert at().sign_in(ANNA)["Location"] == "/account/2fa/authenticate/"
    assert at().get("/account/").status_code == 302
    at().post("/account/2fa/authenticate/", {"code": code(secret)})
    assert at().get("/account/").status_code == 200
    assert "totp_activated" in entries(avonmere, "sign_in")


def test_a_wrong_code_does_not_sign_in_and_is_in_the_log(member, at, avonmere):
    at().sign_in(ANNA)
    set_up(at())
    at().post("/account/logout/")
    at().sign_in(ANNA)
    at().post("/account/2fa/authenticate/", {"code": "000000"})
    assert at().get("/account/").status_code == 302
    assert entries(avonmere, "sign_in")[-1] == "failed_second_factor"


def test_a_recovery_code_opens_once(member, at):
    at().sign_in(ANNA)
    set_up(at())
    one = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (200, 302):
        at().post("/account/logout/")
        at().sign_in(ANNA)
        at().post("/account/2fa/authenticate/", {"code": one})
        assert at().get("/account/").status_code == expected


def test_the_secret_of_an_app_is_encrypted_in_the_database(member, at):
    at().sign_in(ANNA)
    secret = set_up(at())
    assert secret not in json.dumps(Authenticator.objects.get(type="totp").data)


def test_setting_up_a_factor_asks_for_the_password_again(member, at):
    at().sign_in(ANNA)
    assert at().get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")


def test_a_passkey_signs_in_alone_and_is_enough(member, at, avonmere):
    key = Passkey("avonmere.example")
    at().sign_in(ANNA)
    again(at())
    made = key.create(wanted(at().get("/account/2fa/webauthn/add/")))
    at().post("/account/2fa/webauthn/add/", {"name": "Blue", "passwordless": "on", "credential": json.dumps(made)})
    at().post("/account/logout/")
    asked = at().client.get("/account/2fa/webauthn/login/", headers={"host": at().host, "accept": "application/json"})
    used = key.get(asked.json()["request_options"])
    at().post("/account/2fa/webauthn/login/", {"credential": json.dumps(used)})
    assert at().get("/account/").status_code == 200
    assert entries(avonmere, "sign_in")[-1] == "sign_in"


def test_a_passkey_of_another_host_opens_nothing(member, at):
    key = Passkey("avonmere.example")
    at().sign_in(ANNA)
    again(at())
    made = key.create(wanted(at().get("/account/2fa/webauthn/add/")))
    at().post("/account/2fa/webauthn/add/", {"name": "Blue", "passwordless": "on", "credential": json.dumps(made)})
    at().post("/account/logout/")
    key.host, key.origin = "evil.example", "https://evil.example"
    asked = at().client.get("/account/2fa/webauthn/login/", headers={"host": at().host, "accept": "application/json"})
    at().post("/account/2fa/webauthn/login/", {"credential": json.dumps(key.get(asked.json()["request_options"]))})
    assert at().get("/account/").status_code == 302


def test_a_session_carried_to_another_council_opens_nothing(member, at, brackwater):
    from moothall.people.actions import create_person, open_account  # noqa: PLC0415

    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    at().sign_in(ANNA)
    assert at().get("/account/").status_code == 200
    assert at("brackwater").get("/account/").status_code == 302


def test_sessions_are_listed_and_can_be_signed_out(member, at, avonmere):
    other = Asking(Client(headers={"user-agent": "Other browser"}), "avonmere.example")
    at().sign_in(ANNA)
    other.sign_in(ANNA)
    page = at().get("/account/sessions/").text
    assert "Other browser" in page
    at().post("/account/sessions/", {"session": re.search(r'name="session" value="(\d+)"', page)[1]})
    assert other.get("/account/").status_code == 302
    assert at().get("/account/").status_code == 200
    assert entries(avonmere, "sign_in")[-1] == "session_ended"


def test_a_working_day_after_sign_in_one_signs_in_again(member, at, monkeypatch):
    import time  # noqa: PLC0415

    before = time.time() - 13 * 60 * 60
    monkeypatch.setattr("allauth.account.internal.flows.login.time.time", lambda: before)
    at().sign_in(ANNA)
    monkeypatch.undo()
    assert at().get("/account/").status_code == 302


def test_pages_of_the_account_are_kept_nowhere(member, at):
    at().sign_in(ANNA)
    assert at().get("/account/")["Cache-Control"] == "private, no-store"


def test_the_middleware_is_in_use(settings):
    assert f"{FactorsOfRequest.__module__}.FactorsOfRequest" in settings.MIDDLEWARE
