"""Codes that open once, letters that tell the owner, and letting in who has lost everything."""

import datetime as dt
import json
import re
import time
from contextlib import contextmanager
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.cache.backends import db
from django.template.loader import render_to_string
from django.test import Client

from moothall.cli import run
from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import RuleBroken
from moothall.foundation.permissions import may
from moothall.people.actions import create_person, open_account
from moothall.sign_in.actions import remove_factors
from moothall.sign_in.models import Remembered
from tests.delivering import delivered
from tests.errors import has_code
from tests.permissions.conftest import PASSWORD, Asking, entries
from tests.permissions.test_factors import again, code, set_up
from tests.reading import codes

pytestmark = pytest.mark.django_db
ANNA = "anna-lee@avonmere.example"


@contextmanager
def moment(at):
    """A moment, for codes and for what is remembered of them."""
    aware = dt.datetime.fromtimestamp(at, dt.UTC)
    with mock.patch("time.time", return_value=at), mock.patch(f"{db.__name__}.tz_now", return_value=aware):
        yield


def sign_in_with(asking, number):
    """Sign in with the password and a code; gives whether one is in."""
    asking.post("/account/logout/")
    asking.sign_in(ANNA)
    asking.post("/account/2fa/authenticate/", {"code": number})
    return asking.get("/account/").status_code == 200


@pytest.mark.parametrize("seconds", [1, 40, 89])
def test_a_code_that_was_used_opens_nothing_as_long_as_it_would_be_right(seconds, member, at):
    at().sign_in(ANNA)
    secret = set_up(at())
    began = time.time() // 30 * 30 + 300
    with moment(began):
        number = format_hotp_value(hotp_value(secret, int(began) // 30 + 1))  # of a clock that is fast
        assert sign_in_with(at(), number)
    with moment(began + seconds):
        assert not sign_in_with(at(), number)
    to, said = delivered()[-1].to, delivered()[-1].subject
    assert (to, said) == ([ANNA], subject("account/email/code_reused", member.council))


@pytest.mark.parametrize(
    "written", ["{0}-{1}", "{0} {1}", "'{0}{1}'", "{0}{1}" + "-" * 400], ids=["dash", "space", "quotes", "many dashes"]
)
def test_nor_when_it_is_written_in_another_way(written, member, at):
    at().sign_in(ANNA)
    secret = set_up(at())
    began = time.time() // 30 * 30 + 300
    with moment(began):
        number = format_hotp_value(hotp_value(secret, int(began) // 30 + 1))
        assert sign_in_with(at(), number)
    with moment(began + 40):
        assert not sign_in_with(at(), written.format(number[:3], number[3:]))


def test_the_code_that_set_an_app_up_does_not_sign_in_as_well(member, at):
    at().sign_in(ANNA)
    again(at())
    page = at().get("/account/2fa/totp/activate/").text
    number = code(page.partition("<code>")[2].partition("</code>")[0])
    at().post("/account/2fa/totp/activate/", {"code": number})
    assert not sign_in_with(at(), number)


def test_five_wrong_codes_lock_the_account_s_codes(member, at):
    at().sign_in(ANNA)
    secret = set_up(at())
    at().post("/account/logout/")
    at().sign_in(ANNA)
    for wrong in range(5):
        at().post("/account/2fa/authenticate/", {"code": f"00000{wrong}"})
    other = Asking(Client(REMOTE_ADDR="198.51.100.7"), "avonmere.example")
    assert not sign_in_with(other, code(secret))


def test_locks_are_not_forgotten_because_many_others_fail(member, at):
    for _ in range(5):
        at().sign_in(ANNA, "wrong wrong wrong")
    for number in range(400):
        cache.set(f"allauth:rl:someone-else-{number}", [time.time()], 300)
    assert Remembered.objects.count() > 400
    assert codes(at().sign_in(ANNA)) == {"__all__": ["too_many_login_attempts"]}


def test_recovery_codes_are_shown_once_and_can_be_saved(member, at):
    at().sign_in(ANNA)
    set_up(at())
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    page = at().get("/account/2fa/recovery-codes/").text
    assert (len(codes), {len(each) for each in codes}) == (10, {10})
    assert all(f"<code>{each}</code>" in page for each in codes)
    assert f'href="data:text/plain;charset=utf-8,{"%0A".join(codes)}%0A"' in page
    second = at().get("/account/2fa/recovery-codes/").text
    assert re.search(r"\b10\b", second.partition("<h1")[2].partition("</main>")[0])
    assert not any(each in second for each in codes)
    assert at().get("/account/2fa/recovery-codes/download/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_end_the_old_ones(member, at):
    at().sign_in(ANNA)
    set_up(at())
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    at().post("/account/2fa/recovery-codes/generate/")
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert old not in new
    assert delivered()[-1].to == [ANNA]
    assert not sign_in_with(at(), old)
    assert sign_in_with(at(), new[0])


def test_the_key_of_an_app_can_be_read_and_opened_without_the_picture(member, at):
    at().sign_in(ANNA)
    again(at())
    page = at().get("/account/2fa/totp/activate/").text
    secret = page.partition("<code>")[2].partition("</code>")[0]
    assert len(secret) == 32
    assert f"secret={secret}" in page.partition('href="otpauth://')[2].partition('"')[0]
    assert re.search(r'<img [^>]*alt="[^"]+"', page)


def subject(name, council):
    """The subject of a letter, as the product words it."""
    return render_to_string(f"{name}_subject.txt", {"council": council}).strip()


def test_a_letter_tells_of_a_browser_that_is_new(member, at, avonmere):
    at().sign_in(ANNA)
    assert (delivered()[-1].to, delivered()[-1].subject) == ([ANNA], subject("account/email/new_device", avonmere))
    assert "127.0.0.1" in delivered()[-1].body
    assert entries(avonmere, "sign_in")[-1] == "new_device"


def test_no_letter_tells_of_a_browser_that_is_known(member, at):
    at().sign_in(ANNA)
    at().post("/account/logout/")
    delivered().clear()
    at().sign_in(ANNA)
    assert delivered() == []


@pytest.mark.parametrize("forged", ["", "x", "WyJ4Il0:1:x"])
def test_a_browser_cannot_make_itself_known(forged, member, at):
    at().client.cookies["known"] = forged
    at().sign_in(ANNA)
    assert delivered()[-1].subject == subject("account/email/new_device", member.council)


def test_after_a_new_password_every_browser_is_new(member, at):
    at().sign_in(ANNA)
    new = {"oldpassword": PASSWORD, "password1": "seven quiet herons", "password2": "seven quiet herons"}
    at().post("/account/password/change/", new)
    assert delivered()[-1].subject == subject("account/email/password_changed", member.council)
    at().post("/account/logout/")
    at().sign_in(ANNA, "seven quiet herons")
    assert delivered()[-1].subject == subject("account/email/new_device", member.council)


def test_an_operator_lets_in_who_has_lost_everything(member, at, avonmere, capsys):
    at().sign_in(ANNA)
    set_up(at())
    assert run(["unlock", ANNA.upper()]) == 0
    assert "Anna Lee" in capsys.readouterr().out
    assert at().get("/account/").status_code == 302
    assert at().sign_in(ANNA)["Location"] == "/workspace/"
    assert at().get("/workspace/")["Location"] == "/account/2fa/"
    entry = Entry.objects.get(council=avonmere, verb="sign_in.remove_factors")
    assert json.loads(entry.contents.before) == {"second_factors": ["recovery_codes", "totp"]}
    letters = [each for each in delivered() if each.to == [ANNA] and avonmere.short_name in each.subject]
    assert "/account/login/" in letters[-1].body
    assert letters[-1].subject not in {each.subject for each in letters[:-1]}


def test_who_is_somebody_in_two_councils_is_asked_which(member, brackwater, capsys):
    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    assert run(["unlock", ANNA]) == 2
    assert "--council: avonmere, brackwater" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "said"),
    [("nobody@avonmere.example", "nobody@avonmere.example"), (ANNA, "Anna Lee")],
    ids=["unknown", "nothing to take away"],
)
def test_there_must_be_somebody_and_something(address, said, member, capsys):
    assert run(["unlock", address]) == 2
    assert said in capsys.readouterr().err


def test_no_administrator_takes_factors_away(member, acting):
    from moothall.foundation.actors import Role  # noqa: PLC0415

    assert not may(acting(Role.ADMINISTRATOR), "sign_in.remove_factors", member)
    with pytest.raises(RuleBroken, check=has_code("no-second-factor")):
        remove_factors(member, by=Actor.operator(member.council))
