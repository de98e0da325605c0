"""``moothall send-test-email`` sends with the settings that invitations use, or says which one to check."""

import smtplib
from unittest import mock

import pytest
from django.core import mail

from moothall.cli import run
from moothall.sign_in.mail import REFUSING

ADDRESS = "iris@avonmere.example"
COMMAND = ["send-test-email", ADDRESS]
FAILURES = {
    "password": (smtplib.SMTPAuthenticationError(535, b"5.7.8"), ("535", "MOOTHALL_EMAIL_URL")),
    "sender": (smtplib.SMTPSenderRefused(550, b"5.1.0", "x@y.example"), ("550", "MOOTHALL_EMAIL_FROM")),
    "recipient": (smtplib.SMTPRecipientsRefused({ADDRESS: (551, b"5.1.1")}), ("551",)),
    "conversation": (smtplib.SMTPServerDisconnected("secret"), ("MOOTHALL_EMAIL_URL",)),
    "connection": (ConnectionRefusedError(111, "Connection refused"), ("mail.avonmere.example:587", "refused")),
}


def test_send_test_email_with_mail_server_sends_one_message_to_the_address(settings, capsys):
    settings.EMAIL_HOST = "mail.avonmere.example"
    settings.DEFAULT_FROM_EMAIL = "democracy@avonmere.example"
    assert run(COMMAND) == 0
    (message,) = mail.outbox
    assert (message.to, message.from_email) == ([ADDRESS], "democracy@avonmere.example")
    assert ADDRESS in capsys.readouterr().out


def test_send_test_email_without_mail_server_fails_and_names_the_variable(settings, capsys):
    settings.EMAIL_BACKEND = REFUSING
    assert run(COMMAND) == 2
    assert "MOOTHALL_EMAIL_URL" in capsys.readouterr().err


def test_send_test_email_outside_production_names_the_folder_of_the_file(settings, capsys, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.EMAIL_HOST = tmp_path, ""
    assert run(COMMAND) == 0
    assert str(tmp_path) in capsys.readouterr().out
    (written,) = tmp_path.iterdir()
    assert f"To: {ADDRESS}" in written.read_text()


@pytest.mark.parametrize(("error", "facts"), FAILURES.values(), ids=list(FAILURES))
def test_send_test_email_refused_by_server_fails_and_says_what_to_check(settings, capsys, error, facts):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.avonmere.example", 587
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=error):
        assert run(COMMAND) == 2
    said = capsys.readouterr().err
    assert [each for each in facts if each not in said] == []
    assert "secret" not in said


@pytest.mark.parametrize("address", ["iris", "Iris Calder <iris@avonmere.example>", "a@b.example, c@d.example"])
def test_send_test_email_to_something_that_is_no_address_is_refused(address):
    assert run(["send-test-email", address]) == 2
    assert mail.outbox == []
