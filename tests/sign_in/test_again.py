"""What is sensitive asks again who one is; and what is found at agreed addresses."""

import datetime as dt

import pytest

from moothall.foundation import environment
from moothall.foundation.actors import Actor, Role
from moothall.foundation.environment import Misconfigured
from moothall.people.actions import create_person, grant_role
from moothall.people.models import Grant
from moothall.workspace.urls import ACTS
from tests.permissions.conftest import PASSWORD, joined, opened
from tests.sign_in.test_lasting import MINUTE, ended, later

pytestmark = pytest.mark.django_db
IDA = "ida-stone@avonmere.example"


@pytest.fixture
def ida(at, avonmere):
    """Ida Stone, an administrator who has signed in, at her browser."""
    from moothall.foundation.councils.actions import set_option  # noqa: PLC0415

    by = Actor.operator(avonmere)
    set_option(key="second_factor", value="offered", first_day=by.today, by=by)
    person = create_person(first_names="Ida", last_name="Stone", by=by)
    grant_role(person, role=Role.ADMINISTRATOR, first_day=by.today - dt.timedelta(days=9), by=by)
    joined(opened(person, by), by)
    at().sign_in(IDA)
    return at()


@pytest.fixture
def role(avonmere):
    """The page on which somebody is given a role."""
    person = create_person(first_names="Ben", last_name="Ode", by=Actor.operator(avonmere))
    return f"/workspace/people/{person.slug}/role/"


def test_shortly_after_sign_in_nothing_is_asked_again(ida, role):
    assert ida.get(role).status_code == 200


def test_a_quarter_of_an_hour_later_the_password_is_asked_again(ida, role):
    with later(16 * MINUTE):
        address = ida.get(role)["Location"]
        assert address == f"/account/reauthenticate/?next={role.replace('/', '%2F')}"
        assert ida.post(address, {"password": "wrong wrong wrong"}).status_code == 200
        assert ida.get(role).status_code == 302
        assert ida.post(address, {"password": PASSWORD})["Location"] == role
        assert ida.get(role).status_code == 200


def test_what_was_sent_is_done_when_one_has_shown_who_one_is(ida, role, avonmere):
    typed = {"role": "clerk", "first_day_day": "1", "first_day_month": "12", "first_day_year": "2026", "version": "1"}
    with later(16 * MINUTE):
        address = ida.post(role, typed)["Location"]
        assert not Grant.objects.of(avonmere).filter(role="clerk").exists()
        ida.post(address, {"password": PASSWORD})
    assert Grant.objects.of(avonmere).filter(role="clerk").exists()


def test_ending_a_session_asks_again_too(ida):
    with later(16 * MINUTE):
        answer = ida.post("/account/sessions/", {"session": "1"})
    assert answer["Location"] == "/account/reauthenticate/?next=%2Faccount%2Fsessions%2F"


def test_who_has_only_the_provider_signs_in_anew_there(ida, role):
    from moothall.people.models import Account  # noqa: PLC0415

    account = Account.objects.get(email=IDA)
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(password=account.password)
    session = ida.client.session
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.save()
    assert ida.get(role).status_code == 200
    with later(16 * MINUTE):
        assert ended(ida.get(role))[1] == "again"


def test_what_gives_power_or_takes_traces_away_is_sensitive():
    assert {act.name for act in ACTS if act.sensitive} == {
        *("grant-role", "end-grant", "grant-role-in-body", "end-role-in-body"),
        *("open-account", "close-account", "invite", "erase-contents", "add-domain"),
    }


def test_whether_a_password_is_enough_is_asked_again_and_a_colour_is_not(ida):
    with later(16 * MINUTE):
        assert "/account/reauthenticate/" in ida.get("/workspace/council/options/second_factor/")["Location"]
        assert ida.get("/workspace/council/options/brand_colour/").status_code == 200


def test_whom_to_tell_of_a_weakness_is_said_where_programs_look(at, avonmere, settings):
    settings.SECURITY_CONTACT = "mailto:security@avonmere.example"
    answer = at().get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@avonmere.example"
    assert lines["Canonical"] == "http://avonmere.example/.well-known/security.txt"
    left = dt.datetime.fromisoformat(lines["Expires"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=140) < left < dt.timedelta(days=365)


def test_without_somebody_to_tell_there_is_no_such_file(at, avonmere):
    assert at().get("/.well-known/security.txt").status_code == 404


def test_password_managers_are_led_to_the_page(at, avonmere):
    assert at().get("/.well-known/change-password")["Location"] == "/account/password/change/"


@pytest.mark.parametrize("value", ["security@avonmere.example", "http://avonmere.example", "mailto:a@b\nEvil: x"])
def test_a_contact_that_is_no_address_stops_the_start(value, monkeypatch):
    monkeypatch.setenv("MOOTHALL_SECURITY_CONTACT", value)
    with pytest.raises(Misconfigured, match="MOOTHALL_SECURITY_CONTACT"):
        environment.security_contact()
