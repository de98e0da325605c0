"""What a start in production is refused for, and what it is only told."""

import subprocess
import sys

import pytest
from django.conf import settings as own
from django.core import checks

from moothall.settings import MIDDLEWARE
from moothall.sign_in.checks import EMAIL_NOT_SET_UP, ORDER, RULES, TOLD
from tests.shared import process_environment

SAFE = {
    "MODE": "production",
    "DEBUG": False,
    "SECRET_KEY": "k7" * 15 + "Zq9-x_Lw" * 5,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "SEEN_COOKIE_NAME": "__Host-seen",
    "KNOWN_COOKIE_NAME": "__Host-known",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63072000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.fixture
def safe(settings):
    """Settings as a good start in production has them."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def found():
    """The numbers of what the check for deployment says."""
    told = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    return {each.id.removeprefix("sign_in.") for each in told}


def test_safe_settings_pass(safe):
    assert found() == set()


WRONG = {
    "W001": {"SESSION_COOKIE_SECURE": False},
    "W002": {"SESSION_COOKIE_HTTPONLY": False},
    "W003": {"SESSION_COOKIE_SAMESITE": "None"},
    "W004": {"SEEN_COOKIE_NAME": "seen"},
    "W005": {"SESSION_COOKIE_DOMAIN": ".example"},
    "W006": {"SESSION_ENGINE": "django.contrib.sessions.backends.db"},
    "W007": {"CSRF_COOKIE_HTTPONLY": False},
    "W008": {"CSRF_TRUSTED_ORIGINS": ["https://elsewhere.example"]},
    "W009": {"MODE": "development"},
    "W010": {"MIDDLEWARE": [each for each in MIDDLEWARE if "SessionsEnd" not in each]},
    "W011": {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]},
    "W012": {"AUTH_PASSWORD_VALIDATORS": []},
    "W013": {"USE_X_FORWARDED_HOST": True},
    "W014": {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"), "PROXIES": ()},
    "W015": {"SECRET_KEY": "not secret: development and tests only, " + "-" * 20},
    "I001": {"SESSION_IDLE": 60 * 60},
    "W016": {"EMAIL_BACKEND": "moothall.sign_in.mail.RefusingBackend"},
    # Django's own, which must go on firing
    "security.W004": {"SECURE_HSTS_SECONDS": 0},
    "security.W005": {"SECURE_HSTS_INCLUDE_SUBDOMAINS": False},
    "security.W006": {"SECURE_CONTENT_TYPE_NOSNIFF": False},
    "security.W008": {"SECURE_SSL_REDIRECT": False},
    "security.W009": {"SECRET_KEY": "short"},
    "security.W016": {"CSRF_COOKIE_SECURE": False},
    "security.W018": {"DEBUG": True},
    "security.W019": {"X_FRAME_OPTIONS": "SAMEORIGIN"},
    "security.W020": {"ALLOWED_HOSTS": []},
    "security.W022": {"SECURE_REFERRER_POLICY": None},
}


@pytest.mark.parametrize("number", WRONG)
def test_a_wrong_setting_is_found(number, safe):
    for name, value in WRONG[number].items():
        setattr(safe, name, value)
    assert number in found()


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o640, True), (0o600, False)], ids=oct)
def test_a_file_of_secrets_that_others_can_read_is_told(mode, told, safe, tmp_path):
    kept = tmp_path / "openid.toml"
    kept.write_text("")
    kept.chmod(mode)
    safe.OPENID_FILE = str(kept)
    assert ("I003" in found()) is told


def test_every_rule_is_tried_here():
    numbers = {number for number, *_ in (*RULES, *TOLD)}
    assert numbers - set(WRONG) == {"I003"}
    assert EMAIL_NOT_SET_UP.removeprefix("sign_in.") in WRONG


@pytest.mark.parametrize("lacking", ORDER)
def test_no_guard_can_be_taken_away(lacking, safe):
    safe.MIDDLEWARE = [each for each in MIDDLEWARE if each != lacking]
    assert "W010" in found()


def test_the_guards_stand_in_their_order():
    assert [each for each in own.MIDDLEWARE if each in ORDER] == list(ORDER)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "passes", "numbers"),
    [
        ({"MOOTHALL_EMAIL_URL": "smtp://mail.avonmere.example"}, True, ()),
        ({}, False, ("sign_in.W016",)),
        ({"MOOTHALL_MODE": "development"}, False, ("W001", "W009", "security.W018")),
    ],
    ids=["production", "production without email", "development"],
)
def test_the_command_tells_what_is_wrong(given, passes, numbers, tmp_path):
    safe = {
        "DJANGO_SETTINGS_MODULE": "moothall.settings",
        "MOOTHALL_MODE": "production",
        "MOOTHALL_SECRET_KEY": SAFE["SECRET_KEY"],
        "MOOTHALL_DATA": str(tmp_path),
    }
    command = [sys.executable, "-m", "moothall", "manage", "check", "--deploy", "--fail-level", "WARNING"]
    env = process_environment(**{**safe, **given})
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is passes, done.stderr
    assert all(each in done.stderr + done.stdout for each in numbers)
