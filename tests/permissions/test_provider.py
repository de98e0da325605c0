"""A council's own provider of identities, a real one run here: whom it lets in, and whom not."""

from urllib.parse import urlsplit

import pytest
import requests
from oidc_provider_mock import User, run_server_in_thread

from moothall.sign_in.models import Invitation
from moothall.sign_in.providers import providers
from tests.permissions.conftest import entries

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ANNA = "anna-lee@avonmere.example"
PEOPLE = {
    "anna": {"email": ANNA, "email_verified": True},
    "unchecked": {"email": ANNA, "email_verified": False},
    "in-words": {"email": ANNA, "email_verified": "false"},
    "stranger": {"email": "eve@elsewhere.example", "email_verified": True},
}


@pytest.fixture
def provider(settings, tmp_path):
    """Avonmere's provider, with its file; gives the address it stands at."""
    users = [User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=users) as server:
        issuer = f"http://localhost:{server.server_port}"
        kept = tmp_path / "openid.toml"
        kept.write_text(
            f'[avonmere]\nname = "Council login"\nissuer = "{issuer}"\nclient_id = "m"\nclient_secret = "s"\n'
        )
        settings.OPENID_FILE = str(kept)
        yield issuer


def through(at, sub, council="avonmere"):
    """Sign in at the provider as somebody, as a browser would."""
    sent = at(council).post("/account/provider/avonmere/")
    answer = requests.post(sent["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return at(council).get(f"{back.path}?{back.query}")


def signed_in(at):
    return at().get("/account/").status_code == 200


def test_an_invited_person_whose_address_was_checked_gets_in(invited, at, avonmere, provider):
    through(at, "anna")
    assert signed_in(at)
    assert entries(avonmere, "sign_in")[-3:] == ["account_connected", "sign_in", "new_device"]


def test_the_second_time_the_provider_s_own_number_counts(invited, at, provider):
    through(at, "anna")
    at().post("/account/logout/")
    through(at, "anna")
    assert signed_in(at)


@pytest.mark.parametrize("sub", ["unchecked", "in-words", "stranger"])
def test_nobody_else_gets_in(sub, invited, at, avonmere, provider):
    through(at, sub)
    assert not signed_in(at)
    assert entries(avonmere, "sign_in")[-1] == "failed_sign_in"


def test_who_was_not_invited_does_not_get_in(anna, at, provider):
    assert not Invitation.objects.of(anna.council).exists()
    through(at, "anna")
    assert not signed_in(at)


def test_a_provider_is_one_council_s_only(invited, at, brackwater, provider):
    assert at("brackwater").post("/account/provider/avonmere/").status_code == 404
    assert "Council login" not in at("brackwater").get("/account/login/").text


def test_an_answer_that_nobody_asked_for_signs_nobody_in(invited, at, provider):
    at().get("/account/provider/avonmere/back/?code=x&state=y")
    assert not signed_in(at)


def test_the_sign_in_page_may_send_its_form_to_the_provider(invited, at, provider):
    policy = at().get("/account/login/")["Content-Security-Policy"]
    assert f"form-action 'self' {provider}" in policy
    assert provider not in at().get("/account/password/reset/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    "said",
    [
        "[avonmere]\nname = 1",
        "not toml at all [",
        '[a]\nname="x"\nissuer="https://login.example/common/v2.0"\n'
        'client_id="x"\nclient_secret="x"\ntrusts_email=true',
    ],
    ids=["wrong kind", "no TOML", "trust in everybody's tenant"],
)
def test_a_file_that_cannot_be_used_stops_the_start(said, settings, tmp_path):
    from moothall.foundation.environment import Misconfigured  # noqa: PLC0415

    kept = tmp_path / "openid.toml"
    kept.write_text(said)
    settings.OPENID_FILE = str(kept)
    with pytest.raises(Misconfigured, match="MOOTHALL_OPENID"):
        providers()
