"""Signing in with a password: for whom, what the answers tell, and what the log keeps."""

import re

import pytest

from moothall.foundation.actors import Actor
from moothall.people.actions import close_account
from moothall.people.models import Account
from tests.delivering import delivered
from tests.permissions.conftest import PASSWORD, entries, letter

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
ANNA = "anna-lee@avonmere.example"


def said(answer):
    """What an answer tells: its status and its page, but for the form's own key and what was typed."""
    return answer.status_code, re.sub(rb'value="[^"]*@[^"]*"', b"", TOKEN.sub(b"", answer.content))


def test_the_right_password_signs_in(member, at, avonmere):
    assert at().sign_in(ANNA)["Location"] == "/workspace/"
    assert entries(avonmere, "sign_in")[-2:] == ["sign_in", "new_device"]


def test_the_address_may_be_typed_in_any_case(member, at):
    assert at().sign_in("Anna-Lee@Avonmere.example").status_code == 302


def test_an_unknown_address_answers_like_a_wrong_password(member, at):
    unknown = at().sign_in("nobody@avonmere.example", "wrong wrong wrong")
    assert said(unknown) == said(at().sign_in(ANNA, "wrong wrong wrong"))
    assert unknown.status_code == 200


def test_the_right_password_of_a_closed_account_answers_like_a_wrong_one(member, at):
    wrong = said(at().sign_in("nobody@avonmere.example"))
    Account.objects.filter(pk=member.account_id).update(is_active=False)
    assert said(at().sign_in(ANNA)) == wrong


def test_the_right_password_at_another_council_answers_like_a_wrong_one(member, at, brackwater):
    right = at("brackwater").sign_in(ANNA)
    assert said(right) == said(at("brackwater").sign_in("nobody@avonmere.example"))
    assert entries(brackwater, "sign_in") == ["failed_sign_in", "failed_sign_in"]


def test_who_left_the_council_does_not_get_in(member, at, avonmere):
    close_account(member, by=Actor.operator(avonmere))
    assert at().sign_in(ANNA).status_code == 200


def test_known_and_unknown_addresses_are_hashed_alike(member, at, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher  # noqa: PLC0415

    work = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: work.append(1) or encode(*a, **k))
    at().sign_in(ANNA, "wrong wrong wrong")
    known = len(work)
    at().sign_in("nobody@avonmere.example", "wrong wrong wrong")
    assert known == len(work) - known == 1


def test_failures_are_in_the_log_without_what_was_typed(member, at, avonmere):
    at().sign_in("mysecret@avonmere.example", "wrong wrong wrong")
    at().sign_in(ANNA, "wrong wrong wrong")
    from moothall.foundation.audit.models import Entry  # noqa: PLC0415

    failed = Entry.objects.filter(council=avonmere, verb="sign_in.failed_sign_in").order_by("number")
    assert [(each.who, each.thing != "") for each in failed] == [("the public", False), ("Anna Lee", True)]
    assert not any("secret" in each.contents.after for each in failed)


def test_an_address_is_locked_after_five_wrong_passwords(member, at):
    for _ in range(5):
        at().sign_in(ANNA, "wrong wrong wrong")
    answer = at().sign_in(ANNA)
    assert answer.status_code == 200
    assert "Too many failed" in answer.text


def test_an_address_that_nobody_has_is_locked_alike(member, at):
    for _ in range(5):
        at().sign_in("nobody@avonmere.example", "wrong wrong wrong")
    assert "Too many failed" in at().sign_in("nobody@avonmere.example").text


def test_signing_out_needs_a_form_and_is_in_the_log(member, at, avonmere):
    at().sign_in(ANNA)
    at().get("/account/logout/")
    assert at().get("/account/").status_code == 200
    at().post("/account/logout/")
    assert at().get("/account/").status_code == 302
    assert entries(avonmere, "sign_in")[-1] == "sign_out"


def test_a_forgotten_password_is_replaced_by_letter(member, at, avonmere):
    at().post("/account/password/reset/", {"email": ANNA})
    address = at().get(letter())["Location"]
    at().post(address, {"password1": "seven quiet herons", "password2": "seven quiet herons"})
    assert at().sign_in(ANNA, PASSWORD).status_code == 200
    assert at().sign_in(ANNA, "seven quiet herons").status_code == 302
    assert "password_reset" in entries(avonmere, "sign_in")


def test_a_letter_for_a_new_password_works_once(member, at):
    at().post("/account/password/reset/", {"email": ANNA})
    first = letter()
    address = at().get(first)["Location"]
    at().post(address, {"password1": "seven quiet herons", "password2": "seven quiet herons"})
    assert 'name="password1"' not in at().get(first).text
    assert at().sign_in(ANNA, "seven quiet herons").status_code == 302


@pytest.mark.parametrize("email", [ANNA, "nobody@avonmere.example"], ids=["known", "unknown"])
def test_asking_for_a_new_password_answers_and_writes_alike(email, member, at):
    delivered().clear()
    answer = at().post("/account/password/reset/", {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/account/password/reset/done/")
    assert [each.to for each in delivered()] == [[email]]


def test_who_was_never_in_gets_no_letter_for_a_new_password(anna, at):
    at().post("/account/password/reset/", {"email": ANNA})
    assert "/password/reset/key/" not in delivered()[-1].body


def test_a_new_password_ends_every_other_session(member, at):
    from django.test import Client  # noqa: PLC0415

    from tests.permissions.conftest import Asking  # noqa: PLC0415

    at().sign_in(ANNA)
    other = Asking(Client(), "avonmere.example")
    other.sign_in(ANNA)
    new = {"oldpassword": PASSWORD, "password1": "seven quiet herons", "password2": "seven quiet herons"}
    at().post("/account/password/change/", new)
    assert at().get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_a_redirect_after_sign_in_stays_here(member, at):
    answer = at().post("/account/login/?next=https://elsewhere.example/", {"login": ANNA, "password": PASSWORD})
    assert answer["Location"] == "/workspace/"


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "confirm-email/", "3rdparty/signup/"])
def test_pages_for_strangers_are_not_there(path, at, avonmere):
    assert at().get(f"/account/{path}").status_code in {302, 404}
    assert at().post(f"/account/{path}").status_code in {302, 404}
    assert not Account.objects.exists()
