"""Signing in as people do it, in a browser with a security key of its own: passkeys, apps, codes, and the warning."""

import re

import pytest
from playwright.sync_api import expect

from moothall.foundation.actors import Actor
from moothall.people.actions import create_person
from tests.axe import violations
from tests.pages.following import field, follow, send
from tests.pages.test_website import too_wide
from tests.permissions.conftest import PASSWORD, joined, opened
from tests.permissions.test_factors import code

PASSKEY, FAILED = '[data-passkey="get"] button', "[data-passkey-failed]"
REMOVE = 'a[href^="/account/2fa/webauthn/"][href*="remove"]'
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
IRIS = "iris-stone@avonmere.example"


@pytest.fixture
def iris(site, avonmere, settings):
    """Iris Stone, who has a password; gives the address of the site."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # localhost, which browsers trust without https
    by = Actor.operator(avonmere)
    joined(opened(create_person(first_names="Iris", last_name="Stone", by=by), by), by)
    return site


@pytest.fixture
def page(open_page):
    """A window of a browser that has a security key in it."""
    made = open_page(1280)
    made.set_default_timeout(15_000)
    session = made.context.new_cdp_session(made)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made.key = session.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]
    made.cdp = session
    return made


def sign_in(page, site):
    page.goto(f"{site}/account/login/")
    field(page, "login").fill(IRIS)
    field(page, "password").fill(PASSWORD)
    send(page)
    page.wait_for_url(lambda address: "login" not in address)


def confirm(page):
    field(page, "password").fill(PASSWORD)
    send(page)


def sign_out(page, site):
    page.goto(f"{site}/account/logout/")
    send(page)
    page.goto(f"{site}/account/")
    assert "/account/login/" in page.url


def add_passkey(page, site):
    page.goto(f"{site}/account/2fa/webauthn/add/")
    confirm(page)
    assert not page.locator(FAILED).is_visible()
    field(page, "name").fill("Blue key")
    page.get_by_role("checkbox").check()
    send(page)
    page.wait_for_url("**/2fa/recovery-codes/")


def passkeys(page):
    return page.cdp.send("WebAuthn.getCredentials", {"authenticatorId": page.key})["credentials"]


def looked_at(page):
    return [*violations(page), *(["too wide"] if too_wide(page) > 0 else [])]


def test_a_passkey_is_made_signs_in_alone_and_is_removed(iris, page):
    sign_in(page, iris)
    add_passkey(page, iris)
    assert [(each["rpId"], each["isResidentCredential"]) for each in passkeys(page)] == [("avonmere.localhost", True)]
    sign_out(page, iris)
    page.locator(PASSKEY).click()
    page.wait_for_url(lambda address: "login" not in address)
    page.goto(f"{iris}/account/2fa/webauthn/")
    follow(page.locator(REMOVE))
    if "reauthenticate" in page.url:
        confirm(page)
    send(page)
    page.wait_for_url("**/account/2fa/webauthn/")
    expect(page.locator(REMOVE)).to_have_count(0)
    sign_out(page, iris)
    with page.expect_navigation():  # the browser still has the key; the council takes it no more
        page.locator(PASSKEY).click()
    page.goto(f"{iris}/account/")
    assert "/account/login/" in page.url
    assert [each for each in page.complaints if "favicon" not in each] == []


def test_a_passkey_serves_as_second_factor_and_before_what_is_sensitive(iris, page):
    sign_in(page, iris)
    add_passkey(page, iris)
    sign_out(page, iris)
    field(page, "login").fill(IRIS)
    field(page, "password").fill(PASSWORD)
    send(page)
    page.locator(PASSKEY).click()
    page.wait_for_url(lambda address: "authenticate" not in address)
    page.goto(f"{iris}/account/2fa/webauthn/reauthenticate/")
    assert looked_at(page) == []
    page.locator(PASSKEY).click()
    page.wait_for_url(lambda address: "reauthenticate" not in address)


def test_whoever_stops_at_the_key_is_told_and_can_try_again(iris, page):
    sign_in(page, iris)
    add_passkey(page, iris)
    sign_out(page, iris)
    page.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": page.key, "isUserVerified": False})
    assert not page.locator(FAILED).is_visible()
    page.locator(PASSKEY).click()
    page.locator(FAILED).wait_for()
    page.reload()
    page.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": page.key, "isUserVerified": True})
    page.locator(PASSKEY).click()
    page.wait_for_url(lambda address: "login" not in address)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_an_app_is_set_up_by_its_key_and_a_recovery_code_lets_in(script, iris, open_page):
    page = open_page(375, script=script)
    sign_in(page, iris)
    page.goto(f"{iris}/account/2fa/totp/activate/")
    confirm(page)
    seen = looked_at(page) if script else []
    secret = page.locator("code").inner_text()
    field(page, "code").fill(code(secret))
    send(page)
    codes = page.locator("li code").all_inner_texts()
    with page.expect_download() as saving:
        page.locator("a[download]").click()
    assert saving.value.suggested_filename.endswith(".txt")
    assert saving.value.path().read_text().split() == codes
    seen += looked_at(page) if script else []
    sign_out(page, iris)
    sign_in(page, iris)
    field(page, "code").fill(codes[3])
    send(page)
    page.goto(f"{iris}/account/")
    assert page.url == f"{iris}/account/"
    assert seen == []


def test_one_is_warned_before_being_signed_out_and_can_stay(iris, page, settings):
    settings.SESSION_IDLE = 300
    page.clock.install()
    sign_in(page, iris)
    page.goto(f"{iris}/account/")
    dialog = page.get_by_role("dialog")
    page.clock.run_for(150_000)
    assert not dialog.is_visible()
    page.clock.run_for(40_000)
    expect(dialog).to_be_visible()
    expect(dialog.locator('[data-when="idle"]')).to_contain_text("2")
    assert not dialog.locator('[data-when="over"]').is_visible()
    assert looked_at(page) == []
    with page.expect_response("**/account/stay/") as asked:
        page.locator("[data-stay]").click()
    assert asked.value.status == 200
    dialog.wait_for(state="hidden")


def test_typing_keeps_one_signed_in(iris, page, settings):
    settings.SESSION_IDLE = 300
    page.clock.install()
    sign_in(page, iris)
    page.goto(f"{iris}/account/password/change/")
    field(page, "oldpassword").fill("x")
    with page.expect_response("**/account/stay/") as asked:
        page.clock.run_for(80_000)
    assert asked.value.status == 200


def test_whoever_goes_away_finds_the_sign_in_page_and_not_what_was_shown(iris, page, settings):
    settings.SESSION_IDLE = 300
    page.clock.install()
    sign_in(page, iris)
    page.goto(f"{iris}/account/sessions/")
    shown = page.get_by_role("heading", level=1).inner_text()
    page.context.clear_cookies()  # the browser's clock is moved on, not the server's
    page.clock.run_for(310_000)
    page.wait_for_url(re.compile(r"/account/login/\?next=%2Faccount%2Fsessions%2F&ended=idle"))
    expect(field(page, "login")).to_be_visible()
    expect(page.get_by_role("heading", name=shown)).to_have_count(0)


def test_what_was_typed_stays_on_the_page(iris, page, settings):
    settings.SESSION_IDLE = 300
    page.clock.install()
    sign_in(page, iris)
    page.goto(f"{iris}/account/password/change/")
    page.route("**/account/stay/", lambda route: route.fulfill(status=403))
    field(page, "oldpassword").fill("half a sentence")
    page.clock.run_for(310_000)
    page.locator('[data-when="over"]').wait_for()
    page.locator("[data-close]").click()
    assert field(page, "oldpassword").input_value() == "half a sentence"
