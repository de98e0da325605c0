"""In production without a mail server: no email is sent, none reaches a log, and the screens say what to do."""

import logging
import re
import subprocess

import pytest
from django.core import checks, mail
from django.core.mail import EmailMessage

from moothall.cli import run
from moothall.foundation.actors import Actor, Role
from moothall.foundation.errors import NotAllowed
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.worker import Worker
from moothall.foundation.permissions import may
from moothall.people.models import Account
from moothall.server.readiness import Place, obstacles, warnings
from moothall.sign_in import actions, emails
from moothall.sign_in.mail import REFUSING, EmailNotSetUp
from moothall.sign_in.models import Invitation
from tests.delivering import waiting
from tests.server.installation import ROOT, moothall, python

pytestmark = pytest.mark.django_db
VARIABLE = "MOOTHALL_EMAIL_URL"
SECRET = "".join(chr(33 + n % 90) for n in range(0, 64 * 7, 7))


@pytest.fixture
def no_email(settings):
    """The settings of production without a mail server."""
    settings.EMAIL_BACKEND = REFUSING


@pytest.fixture
def administrator(acting, client):
    """An administrator who is signed in."""
    actor = acting(Role.ADMINISTRATOR)
    client.force_login(Account.objects.get(pk=actor.account_id))
    return actor


def test_email_without_server_is_refused_and_printed_nowhere(no_email, capfd):
    with pytest.raises(EmailNotSetUp):
        EmailMessage("Sign in", "https://avonmere.example/secret", to=["anna@avonmere.example"]).send()
    assert capfd.readouterr() == ("", "")


def test_administrator_without_email_cannot_invite(no_email, administrator, anna):
    verdict = may(administrator, "sign_in.invite", anna)
    assert (verdict.ok, VARIABLE in verdict.reason) == (False, True)
    with pytest.raises(NotAllowed):
        actions.invite(anna, by=administrator)
    assert not Invitation.objects.of(administrator.council).filter(person=anna).exists()


def test_administrator_with_email_can_invite(administrator, anna):
    assert may(administrator, "sign_in.invite", anna)


@pytest.mark.parametrize(("path", "status"), [("", 200), ("invite/", 403)], ids=["person", "invitation"])
def test_screens_without_email_say_what_to_set_and_show_no_link(no_email, administrator, anna, client, path, status):
    page = client.get(f"/workspace/people/{anna.slug}/{path}", headers={"host": "avonmere.example"})
    assert (page.status_code, VARIABLE in page.text) == (status, True)
    assert "/account/invitation/" not in page.text


def test_found_without_email_shows_the_link_and_queues_no_email(no_email, capsys):
    host = ("--host", "weir.example", "--administrator", "Nour Haddad <nour@weir.example>")
    assert run(["found", "Weir Council", *host]) == 0
    said = capsys.readouterr().out
    assert "/account/invitation/" in said
    assert VARIABLE in said
    assert not waiting().exists()


def test_password_reset_without_email_is_an_error_and_queues_nothing(no_email, anna, client):
    typed = {"email": "anna-lee@avonmere.example"}
    page = client.post("/account/password/reset/", typed, headers={"host": "avonmere.example"})
    assert (page.status_code, VARIABLE in page.text) == (200, True)
    assert not waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_waiting_emails_without_server_fail_with_the_reason_and_no_content_in_the_log(avonmere, anna, caplog, settings):
    invitation = actions.invite(anna, by=Actor.operator(avonmere))
    emails.post(avonmere, "New browser", "https://avonmere.example/secret", "anna-lee@avonmere.example")
    settings.EMAIL_BACKEND = REFUSING
    secrets = (emails.address_of(invitation), "/secret", "anna-lee", "New browser")
    with caplog.at_level(logging.DEBUG):
        Worker().run_once()
    jobs = Job.objects.of(avonmere)
    assert jobs.count() == 2
    assert all(VARIABLE in each.reason for each in jobs)
    assert not [each for each in secrets if each in caplog.text]
    assert mail.outbox == []


def test_start_in_production_without_email_warns_and_is_not_stopped(no_email, settings):
    settings.PRODUCTION = True
    assert not [each for each in obstacles(Place("127.0.0.1", tls=True)) if "sign_in.W016" in each]
    (warning,) = warnings()
    assert VARIABLE in warning


def test_start_with_email_does_not_warn():
    assert warnings() == []


@pytest.mark.parametrize(
    "backend", [REFUSING, "django.core.mail.backends.console.EmailBackend"], ids=["none", "console"]
)
def test_check_without_deploy_warns_of_missing_email(settings, backend):
    settings.EMAIL_BACKEND = backend
    assert "sign_in.W016" in {each.id for each in checks.run_checks()}


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["production", "test"])
def test_worker_process_without_email_prints_no_invitation_link(installation, mode):
    environment = {**installation, "MOOTHALL_MODE": mode, "MOOTHALL_SECRET_KEY": SECRET}
    link = python(
        "from moothall.foundation.actors import Actor; from moothall.people import actions as people\n"
        "from moothall.sign_in import actions, emails, mail\n"
        "from unittest import mock\n"
        "by = Actor.operator(council)\n"
        "anna = people.create_person(first_names='Anna', last_name='Lee', by=by)\n"
        "anna = people.open_account(anna, email='anna-lee@avonmere.example', by=by)\n"
        "with mock.patch.object(mail, 'is_set_up', return_value=True):\n"
        "    print(emails.address_of(actions.invite(anna, by=by)))",
        environment,
    )
    token = re.search(r"/account/invitation/(\S+)", link)[1]
    command = [moothall(), "work", "--once"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    assert "send_invitation" in said
    assert not [each for each in (token, token[:20], "anna-lee@") if each in said]
    assert ("sign_in.W016" in said) is (mode == "production")
