"""What somebody tries who wants in, or wants to know who is in."""

import re
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from moothall.cli import run
from moothall.foundation.actors import Actor
from moothall.people.actions import create_person, open_account
from moothall.people.models import Account
from moothall.sign_in.models import Invitation
from tests.delivering import delivered
from tests.permissions.conftest import PASSWORD, Asking, invite
from tests.permissions.test_factors import set_up

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ANNA = "anna-lee@avonmere.example"
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "https:elsewhere.example",
    "https:///elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aLocation:%20https://elsewhere.example",
    "https://avonmere.example@elsewhere.example/",
    "https://avonmere.example.elsewhere.example/",
    "http://brackwater.example/",
    "\thttps://elsewhere.example/",
]


def leads_away(address):
    """Whether a browser would leave the council's host for an address."""
    found = urlsplit(re.sub(r"[\t\r\n]", "", address).replace("\\", "/"))
    return (found.netloc or found.scheme) and found.netloc != "avonmere.example"


@pytest.mark.parametrize("to", ELSEWHERE)
def test_sign_in_leads_nowhere_else(to, member, at, brackwater):
    answer = at().client.post(
        "/account/login/", {"login": ANNA, "password": PASSWORD, "next": to}, headers={"host": "avonmere.example"}
    )
    assert answer.status_code == 302
    assert not leads_away(answer["Location"])


@pytest.mark.parametrize("to", ELSEWHERE)
@pytest.mark.parametrize("path", ["logout/", "reauthenticate/"])
def test_nor_does_signing_out_or_sign_in_again(path, to, member, at):
    at().sign_in(ANNA)
    answer = at().post(f"/account/{path}", {"password": PASSWORD, "next": to})
    assert answer.status_code == 302
    assert not leads_away(answer["Location"])


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "logout/",
        "password/reset/",
        "password/change/",
        "reauthenticate/",
        "sessions/",
        "kept/",
        "2fa/authenticate/",
        "2fa/webauthn/login/",
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/generate/",
    ],
)
def test_no_form_of_sign_in_is_taken_from_elsewhere(path, member):
    strict = Asking(Client(enforce_csrf_checks=True), "avonmere.example")
    strict.client.force_login(member.account)
    typed = {"login": ANNA, "password": PASSWORD, "email": ANNA}
    assert strict.post(f"/account/{path}", typed).status_code == 403
    assert delivered() == []


def test_a_form_with_a_token_of_another_site_is_not_taken(member):
    strict = Asking(Client(enforce_csrf_checks=True), "avonmere.example")
    strict.get("/account/login/")
    typed = {"login": ANNA, "password": PASSWORD, "csrfmiddlewaretoken": "a" * 64}
    assert strict.post("/account/login/", typed).status_code == 403


def test_a_form_that_another_origin_sends_with_the_right_token_is_not_taken(member):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/account/login/", headers={"host": "avonmere.example"}).text
    word = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    typed = {"login": ANNA, "password": PASSWORD, "csrfmiddlewaretoken": word}
    away = {"host": "avonmere.example", "origin": "https://elsewhere.example"}
    assert client.post("/account/login/", typed, headers=away).status_code == 403
    own = {"host": "avonmere.example", "origin": "http://avonmere.example"}
    assert client.post("/account/login/", typed, headers=own).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "elsewhere.example"},
        {"host": "avonmere.example.elsewhere.example"},
        {"host": "avonmere.example@elsewhere.example"},
        {"host": "elsewhere.example#avonmere.example"},
    ],
    ids=lambda each: each["host"],
)
def test_a_letter_is_not_asked_for_at_a_host_that_is_none_of_ours(headers, member, client):
    delivered().clear()
    assert client.post("/account/password/reset/", {"email": ANNA}, headers=headers).status_code in {400, 404}
    assert delivered() == []


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-host", "forwarded", "x-original-url"])
def test_no_header_puts_another_host_into_a_letter(name, member, client):
    told = {"host": "avonmere.example", name: "elsewhere.example"}
    client.post("/account/password/reset/", {"email": ANNA}, headers=told)
    assert "http://avonmere.example/account/password/reset/key/" in delivered()[-1].body
    assert "elsewhere" not in delivered()[-1].body


def test_a_letter_names_the_host_without_a_port_of_the_caller_s(member, client):
    client.post("/account/password/reset/", {"email": ANNA}, headers={"host": "avonmere.example:31337"})
    assert "31337" not in delivered()[-1].body


def test_a_letter_of_another_council_changes_nothing_here(member, at, brackwater):
    at().post("/account/password/reset/", {"email": ANNA})
    path = re.search(r"http://[^/]+(/\S+)", delivered()[-1].body)[1]
    answer = at("brackwater").get(path)
    form = {"password1": "seven quiet herons", "password2": "seven quiet herons"}
    at("brackwater").post(answer.get("Location", path), form)
    assert Account.objects.get(email=ANNA).check_password(PASSWORD)


def test_a_half_signed_in_session_opens_nothing(member, at):
    at().sign_in(ANNA)
    set_up(at())
    at().post("/account/logout/")
    at().sign_in(ANNA)
    for path in ("/account/", "/workspace/", "/account/2fa/", "/account/sessions/", "/account/stay/"):
        assert at().get(path).status_code == 302, path
    assert at().post("/account/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_second_factor_is_not_skipped_through_a_letter(member, at):
    at().sign_in(ANNA)
    set_up(at())
    at().post("/account/logout/")
    at().post("/account/password/reset/", {"email": ANNA})
    path = re.search(r"http://[^/]+(/\S+)", delivered()[-1].body)[1]
    form = {"password1": "seven quiet herons", "password2": "seven quiet herons"}
    at().post(at().get(path)["Location"], form)
    assert at().get("/account/").status_code == 302
    assert at().sign_in(ANNA, "seven quiet herons")["Location"] == "/account/2fa/authenticate/"


def test_a_session_is_not_handed_on_by_a_cookie_that_was_planted(member, at):
    victim = Client()
    planted = Client()
    planted.get("/account/login/", headers={"host": "avonmere.example"})
    session = planted.session
    session["planted"] = True
    session.save()
    victim.cookies["sessionid"] = session.session_key
    Asking(victim, "avonmere.example").sign_in(ANNA)
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert Asking(thief, "avonmere.example").get("/account/").status_code == 302


def test_somebody_else_s_session_cannot_be_ended(member, at, avonmere):
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    from tests.permissions.conftest import joined, opened  # noqa: PLC0415

    by = Actor.operator(avonmere)
    joined(opened(create_person(first_names="Ben", last_name="Ode", by=by), by), by)
    other = Asking(Client(), "avonmere.example")
    other.sign_in("ben-ode@avonmere.example")
    at().sign_in(ANNA)
    theirs = UserSession.objects.get(user__email="ben-ode@avonmere.example")
    assert at().post("/account/sessions/", {"session": theirs.pk}).status_code == 404
    assert other.get("/account/").status_code == 200


def test_a_council_s_session_opens_nothing_at_another_s_host_even_for_who_is_somebody_there(member, at, brackwater):
    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    at().sign_in(ANNA)
    for path in ("/account/", "/workspace/", "/account/stay/"):
        assert at("brackwater").get(path).status_code == 302, path


def test_an_address_with_another_unicode_form_gets_no_letter_for_somebody_else(member, at):
    delivered().clear()
    at().post("/account/password/reset/", {"email": "anna-lee@avonmere.ex\u0101mple"})
    at().post("/account/password/reset/", {"email": "anna-lee@avonmere.example\u200b"})
    assert not any("/reset/key/" in each.body for each in delivered())


# the council's own provider


@pytest.fixture
def provider(settings, tmp_path):
    """A provider whose people are told to it by the test: ``provider["sub"] = {claims}``."""
    users = []
    people = {
        "anna": {"email": ANNA, "email_verified": True},
        "anna-upper": {"email": ANNA.upper(), "email_verified": True},
        "twice": {"email": ANNA, "email_verified": True},
        "turned": {"email": "eve@elsewhere.example", "email_verified": True},
        "nobody": {},
        "several": {"email": ["eve@elsewhere.example", ANNA], "email_verified": True},
    }
    users = [User(sub=sub, claims=claims) for sub, claims in people.items()]
    with run_server_in_thread(user_claims=users) as server, run_server_in_thread(user_claims=users) as other:
        kept = tmp_path / "openid.toml"
        issuer, foreign = (f"http://localhost:{each.server_port}" for each in (server, other))
        kept.write_text(
            f'[avonmere]\nname = "Login"\nissuer = "{issuer}"\nclient_id = "m"\nclient_secret = "s"\n'
            f'[brackwater]\nname = "Login"\nissuer = "{foreign}"\nclient_id = "m"\nclient_secret = "s"\n'
        )
        settings.OPENID_FILE = str(kept)
        yield issuer, foreign


def through(at, sub, council="avonmere", *, at_provider=None):
    """Sign in at a provider as somebody; ``at_provider`` puts another in place of the council's."""
    sent = at(council).post(f"/account/provider/{council}/")["Location"]
    if at_provider:
        sent = sent.replace(sent.partition("/oauth2")[0], at_provider)
    answer = requests.post(sent, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return at(council).get(f"{back.path}?{back.query}")


def inside(at, council="avonmere"):
    return at(council).get("/account/").status_code == 200


@pytest.mark.parametrize(("sub", "passes"), [("anna", True), ("anna-upper", True), ("nobody", False)])
def test_whom_the_provider_names_gets_in_by_the_address_alone(sub, passes, invited, at, provider):
    through(at, sub)
    assert inside(at) is passes


def test_a_code_of_another_provider_signs_nobody_in(invited, at, provider):
    _, foreign = provider
    through(at, "anna", at_provider=foreign)
    assert not inside(at)


def test_who_gets_the_address_of_somebody_who_left_does_not_get_the_account(invited, at, provider, capsys):
    through(at, "anna")
    at().post("/account/logout/")
    through(at, "twice")
    assert not inside(at)
    assert SocialAccount.objects.count() == 1
    assert run(["unlock", ANNA]) == 0  # unless whoever runs the machine says that it is the same person
    through(at, "twice")
    assert inside(at)


def test_an_identity_is_one_council_s_only(invited, at, brackwater, provider):
    through(at, "anna")
    at().post("/account/logout/")
    by = Actor.operator(brackwater)
    there = open_account(create_person(first_names="Eve", last_name="Ode", by=by), email="eve@b.example", by=by)
    invite(there, by)
    # at the second council's provider somebody has the number that Anna has at the first's
    through(at, "anna", "brackwater")
    assert not inside(at, "brackwater")
    assert not inside(at)


def test_a_provider_opens_no_account_whose_invitation_was_withdrawn(invited, at, provider, avonmere):
    from moothall.sign_in.actions import withdraw_invitation  # noqa: PLC0415

    withdraw_invitation(Invitation.objects.of(avonmere).get(), by=Actor.operator(avonmere))
    through(at, "anna")
    assert not inside(at)


def test_the_state_of_an_answer_is_taken_once(invited, at, provider):
    sent = at().post("/account/provider/avonmere/")["Location"]
    answer = requests.post(sent, data={"sub": "anna"}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    at().get(f"{back.path}?{back.query}")
    at().post("/account/logout/")
    at().get(f"{back.path}?{back.query}")
    assert not inside(at)


def test_an_answer_does_not_count_in_another_browser(invited, at, provider):
    sent = at().post("/account/provider/avonmere/")["Location"]
    answer = requests.post(sent, data={"sub": "anna"}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    other = Asking(Client(), "avonmere.example")
    other.get(f"{back.path}?{back.query}")
    assert other.get("/account/").status_code == 302


def test_locks_are_per_address_whoever_asks(member, at):
    cache.clear()
    for number in range(5):
        Asking(Client(REMOTE_ADDR=f"198.51.100.{number}"), "avonmere.example").sign_in(ANNA, "wrong wrong wrong")
    assert "Too many failed" in Asking(Client(REMOTE_ADDR="198.51.100.99"), "avonmere.example").sign_in(ANNA).text


@pytest.mark.parametrize(
    "host", ["avonmere.example:8443", "AVONMERE.example", "avonmere.example.", "brackwater.example"]
)
def test_and_not_per_host_however_the_caller_writes_it(host, member, at, brackwater):
    by = Actor.operator(brackwater)
    open_account(create_person(first_names="Anna", last_name="Lee", by=by), email=ANNA, by=by)
    cache.clear()
    for _ in range(5):
        at().sign_in(ANNA, "wrong wrong wrong")
    assert "Too many failed" in Asking(Client(), host).sign_in(ANNA).text
