"""How long one stays signed in, and what becomes of what was typed meanwhile."""

import datetime as dt
import re
import time
from contextlib import contextmanager
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from moothall.foundation import environment
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.actions import set_option
from moothall.foundation.environment import Misconfigured
from moothall.people.actions import close_account, create_person, end_grant, grant_role
from moothall.people.models import Grant
from tests.permissions.conftest import PASSWORD, Asking, joined, opened
from tests.permissions.walk import writes

pytestmark = pytest.mark.django_db
ANNA = "anna-lee@avonmere.example"
MINUTE, HOUR = 60, 60 * 60
SEEN = django_settings.SEEN_COOKIE_NAME


@pytest.fixture
def clerk_at(at, avonmere):
    """Iris Stone, a clerk who has signed in, at her browser."""
    by = Actor.operator(avonmere)
    set_option(key="second_factor", value="offered", first_day=by.today, by=by)
    person = create_person(first_names="Iris", last_name="Stone", by=by)
    grant_role(person, role=Role.CLERK, first_day=by.today - dt.timedelta(days=9), by=by)
    joined(opened(person, by), by)
    at().sign_in("iris-stone@avonmere.example")
    return at()


@contextmanager
def later(seconds):
    """So long from now, for everything that sessions go by."""
    now = time.time()
    with mock.patch("time.time", return_value=now + seconds):
        yield


def ended(answer):
    """Why somebody was sent to the sign-in page, if they were."""
    found = re.fullmatch(r"/account/login/\?next=(\S+)&ended=(\w+)", answer.get("Location", ""))
    return found and found.groups()


def test_half_an_hour_without_use_ends_a_session(clerk_at):
    with later(30 * MINUTE + 5):
        assert ended(clerk_at.get("/workspace/people/")) == ("%2Fworkspace%2Fpeople%2F", "idle")
    assert clerk_at.get("/workspace/")["Location"] == "/account/login/?next=/workspace/"


def test_use_keeps_a_session(clerk_at):
    for minutes in (25, 50, 75):
        with later(minutes * MINUTE):
            assert clerk_at.get("/workspace/").status_code == 200


def test_what_a_page_asks_while_somebody_types_keeps_it_too(clerk_at):
    with later(25 * MINUTE):
        answer = clerk_at.get("/account/stay/")
        assert answer.json() == {"idle": 30 * MINUTE, "left": pytest.approx(11.58 * HOUR, abs=60)}
    with later(50 * MINUTE):
        assert clerk_at.get("/workspace/").status_code == 200


def test_twelve_hours_end_a_session_however_busy(clerk_at):
    for minutes in range(0, 12 * 60, 20):
        with later(minutes * MINUTE):
            assert clerk_at.get("/workspace/").status_code == 200
    with later(12 * HOUR + 5):
        assert ended(clerk_at.get("/workspace/"))[1] == "over"


def test_the_sign_in_page_says_why_and_leads_back(clerk_at):
    with later(31 * MINUTE):
        address = clerk_at.get("/workspace/people/")["Location"]
        assert 'data-why="idle"' in clerk_at.get(address).text
        answer = clerk_at.post(address, {"login": "iris-stone@avonmere.example", "password": PASSWORD})
    assert answer["Location"] == "/workspace/people/"


def test_nothing_can_be_put_into_what_the_sign_in_page_says(at, avonmere):
    assert "govuk-notification-banner" not in at().get("/account/login/?ended=you+won").text


def test_without_its_cookie_of_use_a_session_has_ended(clerk_at):
    del clerk_at.client.cookies[SEEN]
    assert ended(clerk_at.get("/workspace/"))[1] == "idle"


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "9999999999:0:x"])
def test_a_forged_cookie_of_use_prolongs_nothing(forged, clerk_at):
    clerk_at.client.cookies[SEEN] = forged
    assert ended(clerk_at.get("/workspace/"))[1] == "idle"


def test_the_cookie_of_use_of_another_session_prolongs_nothing(clerk_at):
    other = Asking(Client(), "avonmere.example")
    other.sign_in("iris-stone@avonmere.example")
    clerk_at.client.cookies[SEEN] = other.client.cookies[SEEN].value
    assert ended(clerk_at.get("/workspace/"))[1] == "idle"


def test_the_cookie_of_use_is_renewed_once_a_minute_at_most_and_names_no_session(clerk_at):
    before = clerk_at.client.cookies[SEEN].value
    clerk_at.get("/workspace/")
    assert clerk_at.client.cookies[SEEN].value == before
    with later(2 * MINUTE):
        clerk_at.get("/workspace/")
    assert clerk_at.client.cookies[SEEN].value != before
    assert clerk_at.client.session.session_key not in before
    assert clerk_at.client.cookies[SEEN]["httponly"]


def test_looking_at_pages_writes_no_session(clerk_at):
    with later(5 * MINUTE), writes() as written:
        clerk_at.get("/workspace/")
    assert written == []


def test_a_session_without_a_record_of_sign_in_is_none_outside_the_tests(member, settings):
    short = Asking(Client(), "avonmere.example")
    short.client.force_login(member.account)
    assert short.get("/account/").status_code == 200
    settings.MODE = "production"
    assert ended(short.get("/account/"))[1] == "over"


GROUP = {
    "name": "The Orchard Group",
    "short_name": "Orchard",
    "first_day_day": "1",
    "first_day_month": "12",
    "first_day_year": "2026",
    "csrfmiddlewaretoken": "x",
}


def too_late(asking, data=GROUP):
    """Send a form after the session has ended; gives the sign-in page's address."""
    with later(31 * MINUTE):
        return asking.post("/workspace/groups/form/", data)["Location"]


def test_what_is_sent_too_late_is_kept_until_one_has_signed_in_again(clerk_at):
    address = too_late(clerk_at)
    assert address == "/account/login/?next=%2Faccount%2Fkept%2F&ended=idle"
    assert "data-kept" in clerk_at.get(address).text
    answer = clerk_at.post(address, {"login": "iris-stone@avonmere.example", "password": PASSWORD})
    page = clerk_at.get(answer["Location"]).text
    assert "The Orchard Group" in page
    assert re.search(r"First day</dt>\s*<dd[^>]*>\s*1 12 2026\s*</dd>", page)
    assert 'name="first_day_day" value="1"' in page
    assert 'value="x"' not in page


def test_it_is_sent_on_only_when_one_says_so_and_once(clerk_at):
    address = too_late(clerk_at)
    clerk_at.post(address, {"login": "iris-stone@avonmere.example", "password": PASSWORD})
    answer = clerk_at.post("/account/kept/?send=1", GROUP)
    assert (answer.status_code, answer["Location"]) == (307, "/workspace/groups/form/")
    assert clerk_at.get("/account/kept/").status_code == 302


def test_it_can_be_thrown_away(clerk_at):
    address = too_late(clerk_at)
    clerk_at.post(address, {"login": "iris-stone@avonmere.example", "password": PASSWORD})
    assert clerk_at.post("/account/kept/")["Location"] == "/workspace/groups/form/"
    assert clerk_at.get("/account/kept/")["Location"] == "/workspace/"


def test_nobody_else_gets_to_see_it(clerk_at, member):
    clerk_at.post(too_late(clerk_at), {"login": ANNA, "password": PASSWORD})
    assert clerk_at.get("/account/kept/")["Location"] == "/workspace/"
    clerk_at.post("/account/logout/")
    clerk_at.sign_in("iris-stone@avonmere.example")
    assert clerk_at.get("/account/kept/")["Location"] == "/workspace/"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/account/password/change/", {"oldpassword": PASSWORD}),
        ("/workspace/groups/form/", {"password": "secret"}),
        ("/workspace/groups/form/", {"name": "x" * 500_001}),
    ],
    ids=["a page of the account", "a password", "too much"],
)
def test_passwords_and_what_is_too_long_are_not_kept(path, data, clerk_at):
    with later(31 * MINUTE):
        clerk_at.post(path, data)
        assert "sign_in_kept" not in clerk_at.client.session


def test_a_form_from_elsewhere_is_not_kept(clerk_at):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk_at.client.cookies
    with later(31 * MINUTE):
        answer = strict.post("/workspace/groups/form/", {"name": "x"}, headers={"host": "avonmere.example"})
    assert answer.status_code == 403
    assert "sign_in_kept" not in strict.session


def test_who_loses_the_last_role_is_signed_out(clerk_at, avonmere):
    by = Actor.operator(avonmere)
    assert clerk_at.get("/workspace/").status_code == 200
    end_grant(Grant.objects.of(avonmere).get(), last_day=by.today - dt.timedelta(days=1), by=by)
    assert ended(clerk_at.get("/workspace/"))[1] == "role"


def test_who_never_held_a_role_may_stay(member, at):
    at().sign_in(ANNA)
    assert at().get("/account/").status_code == 200


def test_an_account_that_is_closed_is_signed_out(member, at, avonmere):
    at().sign_in(ANNA)
    assert at().get("/account/").status_code == 200
    close_account(member, by=Actor.operator(avonmere))
    assert at().get("/account/").status_code == 302


def test_sign_in_gives_the_session_a_new_key(member, at):
    at().get("/account/login/")
    session = at().client.session
    session["x"] = 1
    session.save()
    planted = session.session_key
    at().client.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    at().sign_in(ANNA)
    assert at().client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_signing_out_clears_what_the_browser_keeps_and_the_row(member, at):
    at().sign_in(ANNA)
    key = at().client.session.session_key
    answer = at().post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[SEEN].value == ""
    assert not Session.objects.filter(pk=key).exists()


def test_a_cookie_that_was_stolen_opens_nothing_after_signing_out(member, at):
    at().sign_in(ANNA)
    stolen = {name: each.value for name, each in at().client.cookies.items()}
    at().post("/account/logout/")
    thief = Client()
    thief.cookies.load(stolen)
    assert Asking(thief, "avonmere.example").get("/account/").status_code == 302


@pytest.mark.parametrize("cookie", ["sessionid", SEEN])
def test_a_cookie_that_was_changed_opens_nothing(cookie, member, at):
    at().sign_in(ANNA)
    kept = at().client.cookies[cookie].value
    at().client.cookies[cookie] = kept[:-1] + ("a" if kept[-1] != "a" else "b")
    assert at().get("/account/").status_code == 302


def test_the_cookie_of_use_is_signed_with_the_installation_s_key(member, at, settings):
    at().sign_in(ANNA)
    value = at().client.cookies[SEEN].value
    assert signing.TimestampSigner(salt="moothall.sign_in.session_expiry").unsign(value)
    settings.SECRET_KEY = "another " * 8
    with pytest.raises(signing.BadSignature):
        signing.TimestampSigner(salt="moothall.sign_in.session_expiry").unsign(value)


@pytest.mark.parametrize("value", ["4", "721", "-30", "30.5", "half an hour", "３０"])
def test_minutes_that_make_no_sense_stop_the_start(value, monkeypatch):
    monkeypatch.setenv("MOOTHALL_IDLE_MINUTES", value)
    with pytest.raises(Misconfigured, match=r"MOOTHALL_IDLE_MINUTES.*\b5\b.*\b720\b"):
        environment.number("MOOTHALL_IDLE_MINUTES", 5, 720)
