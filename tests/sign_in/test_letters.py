"""Letters: put in line with what they tell of, sent by a worker, seen when they fail; and every word of them."""

import re
import smtplib
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import allauth
import pytest
from django.core import mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from moothall import sign_in
from moothall.foundation.actors import Actor, Role
from moothall.foundation.errors import Refused
from moothall.foundation.jobs import leases
from moothall.foundation.jobs.models import Job
from moothall.foundation.jobs.queries import trouble_of
from moothall.foundation.jobs.worker import _call
from moothall.people.models import Account
from moothall.sign_in import actions, emails
from moothall.sign_in.models import Invitation
from tests.delivering import delivered, waiting
from tests.permissions.pseudo import CLOSE, INNERMOST, LETTERS, OPEN, in_brackets

pytestmark = pytest.mark.django_db
ANNA, NOBODY = "anna-lee@avonmere.example", "nobody@avonmere.example"
REFUSED = smtplib.SMTPRecipientsRefused({ANNA: (550, b"no such user")})
OWN = Path(sign_in.__path__[0]) / "templates"
UNUSED = re.compile(r"login_code|email_confirm|already_exists|password_reset_code|email_changed|email_deleted")
"""allauth's letters about what nobody can do here: sign up, change the address, get in with a code from a letter."""


def server(error=None):
    """A mail server that takes letters, or answers with an error."""
    return mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=error)


def asked_for(at, email):
    """Ask for a new password."""
    return at().post("/account/password/reset/", {"email": email})


def tried(job):
    """Let a worker try a job once."""
    held = leases.take("a worker")
    assert held.pk == job.pk
    try:
        leases.finish(held, _call(held))
    except Refused as error:
        leases.fail(held, error)
    Job.objects.of(job.council).filter(pk=job.pk).update(due=timezone.now())
    return Job.objects.of(job.council).get(pk=job.pk)


@pytest.mark.parametrize("email", [ANNA, NOBODY])
def test_the_request_sends_nothing_and_puts_one_letter_in_line(member, at, email):
    delivered().clear()
    asked_for(at, email)
    assert (mail.outbox, waiting().count()) == ([], 1)
    assert [each.to for each in delivered()] == [[email]]


def test_a_mail_server_that_is_away_locks_nobody_out(member, at, avonmere):
    delivered()
    with server(ConnectionRefusedError):
        assert at().sign_in(ANNA).status_code == 302
        assert "ConnectionRefusedError" in tried(waiting().get()).reason


def test_a_letter_is_tried_again_and_an_administrator_sees_that_it_failed(member, at, acting):
    delivered()
    asked_for(at, ANNA)
    with server(REFUSED):
        for attempt in range(leases.TRIES):
            job = tried(waiting().get())
            assert (job.attempts, job.state) == (attempt + 1, "dead" if attempt + 1 == leases.TRIES else "waiting")
    assert trouble_of(acting(Role.ADMINISTRATOR)).dead == 1
    assert "SMTPRecipientsRefused" in job.reason
    assert ANNA not in job.reason + job.error


def test_what_is_taken_back_sends_no_letter(anna, avonmere):
    with transaction.atomic():
        actions.invite(anna, by=Actor.operator(avonmere))
        transaction.set_rollback(True)
    assert not waiting().exists()


def test_an_invitation_that_was_withdrawn_meanwhile_is_not_sent(anna, avonmere):
    by = Actor.operator(avonmere)
    delivered().clear()
    actions.withdraw_invitation(actions.invite(anna, by=by), by=by)
    assert delivered() == []


def test_the_page_of_a_person_tells_that_the_letter_failed(anna, avonmere, acting, client):
    actions.invite(anna, by=Actor.operator(avonmere))
    client.force_login(Account.objects.get(pk=acting(Role.ADMINISTRATOR).account_id))
    job = waiting().get()
    for state in ("waiting", "dead"):
        Job.objects.of(avonmere).filter(pk=job.pk).update(state=state)
        page = client.get(f"/workspace/people/{anna.slug}/", headers={"host": "avonmere.example"}).text
        assert re.findall('data-letter="([a-z]+)"', page) == [state]
        assert ("govuk-warning-text" in page) is (state == "dead")


def test_a_letter_waits_without_telling_what_it_opens_and_for_whom(member, at):
    delivered()
    asked_for(at, ANNA)
    kept = str(DBTaskResult.objects.get(pk=waiting().get().result_id).args_kwargs)
    path = re.search(r"http://[^/]+(/\S+)", delivered()[-1].body)[1]
    assert ANNA not in kept
    assert path not in kept


def test_a_letter_that_goes_out_twice_is_one_to_mail_programs(member, at):
    delivered().clear()
    asked_for(at, ANNA)
    job = waiting().get()
    for _ in range(2):
        job.result.task.call(*job.result.args_kwargs["args"])
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def told(council):
    """What any letter may tell."""
    person = SimpleNamespace(plain_name="Zoë O’Brien & Co")
    return {
        "council": SimpleNamespace(name="Avonmere & Weir Council", short_name="Avonmere"),
        "person": person,
        "address": "https://avonmere.example/account/",
        "expires": timezone.now(),
        "timestamp": timezone.now(),
        "ip": "192.0.2.1",
        "user_agent": "Browser 1.0",
        "email": ANNA,
        "password_reset_url": "https://avonmere.example/account/password/reset/key/x/",
    }


TEMPLATES = sorted(str(each.relative_to(OWN)) for each in OWN.rglob("*.txt") if "base_" not in each.name)


def outside(text):
    """The words of a text that did not come through gettext."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return LETTERS.findall(text.replace(OPEN, " ").replace(CLOSE, " "))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_word_of_every_letter_goes_through_gettext_and_is_plain_text(name, avonmere):
    values = told(avonmere)
    text = render_to_string(name, values)
    assert "<" not in text
    assert "&amp;" not in text
    assert "&#x27;" not in text
    assert max(len(line) for line in text.splitlines()) < 900
    with in_brackets():
        spoken = render_to_string(name, values)
    assert spoken.count(OPEN) == spoken.count(CLOSE) > 0
    assert outside(spoken) == []


@pytest.mark.parametrize("name", [each for each in TEMPLATES if each.endswith("_subject.txt")])
def test_every_subject_names_the_council_in_one_short_line(name, avonmere):
    subject = render_to_string(name, told(avonmere)).strip()
    assert "Avonmere" in subject
    assert "\n" not in subject
    assert len(subject) <= 78


def test_every_letter_that_allauth_sends_here_is_in_our_words():
    found = set()
    for source in Path(allauth.__path__[0]).rglob("*.py"):
        if "tests" not in source.parts:
            found |= set(re.findall(r'"((?:account|mfa|socialaccount)/email/\w+)"', source.read_text()))
    used = {each for each in found if not UNUSED.search(each)}
    assert used >= {"account/email/password_reset_key", "mfa/email/totp_activated"}
    missing = {f"{each}_{part}.txt" for each in used for part in ("subject", "message")} - set(TEMPLATES)
    assert missing == set()


def test_letters_to_others_are_not_in_the_language_of_who_causes_them(anna, avonmere, monkeypatch):
    spoken = []
    monkeypatch.setattr(emails, "language_of", lambda council: spoken.append(council) or "en-gb")
    actions.invite(anna, by=Actor.operator(avonmere))
    assert "Avonmere" in delivered()[-1].subject
    assert spoken == [avonmere]
    assert Invitation.objects.of(avonmere).count() == 1
