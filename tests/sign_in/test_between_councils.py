"""What somebody of one council tries, who wants to be somebody of another of the same installation."""

import json

import pytest
from django.test import Client

from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Entry
from moothall.people.actions import create_person, open_account
from tests.permissions.conftest import Asking
from tests.permissions.passkeys import Passkey
from tests.permissions.test_factors import again, wanted

pytestmark = pytest.mark.django_db
ANNA = "anna-lee@avonmere.example"


@pytest.fixture
def of_both(member, brackwater):
    """Anna Lee, who is somebody in Avonmere and in Brackwater, with one account."""
    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    return member


def key_added(asking, host):
    """A passkey in software, added at a host by who is signed in there."""
    key = Passkey(host)
    again(asking)
    made = key.create(wanted(asking.get("/account/2fa/webauthn/add/")))
    form = {"name": "Blue", "passwordless": "on", "credential": json.dumps(made)}
    asking.post("/account/2fa/webauthn/add/", form)
    return key


def signed_in_with(key, asking):
    """Whether a passkey alone signs in."""
    headers = {"host": asking.host, "accept": "application/json"}
    asked = asking.client.get("/account/2fa/webauthn/login/", headers=headers).json()
    asking.post("/account/2fa/webauthn/login/", {"credential": json.dumps(key.get(asked["request_options"]))})
    return asking.get("/account/").status_code == 200


@pytest.fixture
def key(of_both, at):
    """A passkey that was added to Anna's account at Brackwater's host; nobody is signed in any more."""
    at("brackwater").sign_in(ANNA)
    made = key_added(at("brackwater"), "brackwater.example")
    at("brackwater").post("/account/logout/")
    return made


def test_a_passkey_opens_the_host_it_was_made_for(key):
    assert signed_in_with(key, Asking(Client(), "brackwater.example"))


def test_a_passkey_made_for_one_council_opens_no_other_whatever_its_authenticator_says(key, avonmere):
    key.host, key.origin = "avonmere.example", "https://avonmere.example"
    assert not signed_in_with(key, Asking(Client(), "avonmere.example"))
    assert Entry.objects.filter(council=avonmere).last().verb == "sign_in.failed_second_factor"


def test_nor_does_it_stand_for_the_second_factor(key):
    key.host, key.origin = "avonmere.example", "https://avonmere.example"
    here = Asking(Client(), "avonmere.example")
    here.sign_in(ANNA)
    used = key.get(wanted(here.get("/account/2fa/authenticate/")))
    here.post("/account/2fa/authenticate/", {"credential": json.dumps(used)})
    assert here.get("/account/").status_code == 302


def test_nor_for_the_password_again(of_both, at):
    here = Asking(Client(), "avonmere.example")
    here.sign_in(ANNA)
    at("brackwater").sign_in(ANNA)
    key = key_added(at("brackwater"), "brackwater.example")
    key.host, key.origin = "avonmere.example", "https://avonmere.example"
    used = key.get(wanted(here.get("/account/2fa/webauthn/reauthenticate/")))
    here.post("/account/2fa/webauthn/reauthenticate/", {"credential": json.dumps(used)})
    assert here.get("/account/2fa/totp/activate/").status_code == 302
