"""What every answer carries, and that a production start passes Django's own check."""

import os
import re
import subprocess
import sys

import pytest

from tests.shared import process_environment

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))|<style|\son\w+=|\sstyle=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", ["/", "/account/login/", "/never-was/", "/people.json"])
def test_nothing_inline_and_nothing_from_elsewhere_may_run(path, at, avonmere):
    parts = dict(each.split(" ", 1) for each in at().get(path)["Content-Security-Policy"].split("; "))
    assert (parts["default-src"], parts["script-src"], parts["style-src"]) == ("'none'", "'self'", "'self'")
    assert (parts["frame-ancestors"], parts["base-uri"], parts["form-action"]) == ("'none'", "'none'", "'self'")


@pytest.mark.parametrize("path", ["/", "/account/login/", "/account/password/reset/", "/never-was/"])
def test_pages_have_nothing_inline(path, at, avonmere):
    assert INLINE.findall(at().get(path).text) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_every_answer_says(name, value, at, avonmere):
    assert at().get("/")[name] == value


def test_a_public_page_is_the_same_for_everybody_and_looks_at_no_cookie(at, avonmere):
    answer = at().get("/")
    assert "Cookie" not in answer.get("Vary", "")
    assert "no-store" not in answer.get("Cache-Control", "")


def test_a_production_start_passes_the_check_for_deployment(tmp_path):
    mode = {
        "MOOTHALL_MODE": "production",
        "MOOTHALL_SECRET_KEY": "k7" * 15 + "Zq9-x_Lw" * 5,
        "MOOTHALL_DATA": str(tmp_path),
        "MOOTHALL_EMAIL_URL": "smtp+tls://mail.avonmere.example:587",
    }
    env = process_environment(**mode, DJANGO_SETTINGS_MODULE="moothall.settings")
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_cookies_in_production_are_for_one_host_and_https_only():
    code = (
        "from moothall import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000)"
    )
    env = {**os.environ, "MOOTHALL_MODE": "production", "MOOTHALL_SECRET_KEY": "k7" * 40}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__Host-session", "True", "True", "__Host-csrf", "True", "True"]
