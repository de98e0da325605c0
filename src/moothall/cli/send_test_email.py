"""``moothall send-test-email``: check that the mail server accepts an email."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

import click

from moothall.cli import django_setup


@click.command(name="send-test-email")
@click.argument("address", metavar="ADDRESS")
def command(address: str) -> None:
    """Send a test email to ADDRESS now, with the settings that invitations use.

    Ends with 2 when the mail server does not accept the email, and says why.
    """
    if parseaddr(address)[1] != address or "@" not in address:
        raise click.BadParameter("enter an email address, such as name@avonmere.example.", param_hint="ADDRESS")
    django_setup.start()

    from django.conf import settings  # noqa: PLC0415 - needs Django started
    from django.core.mail import EmailMessage  # noqa: PLC0415

    from moothall.sign_in import mail  # noqa: PLC0415

    if not mail.is_set_up():
        raise click.ClickException("Email is not set up. Set MOOTHALL_EMAIL_URL, then try again.")
    message = EmailMessage(
        "Test email from Moothall",
        "Moothall can send email. You do not need to do anything.\n",
        to=[address],
    )
    try:
        message.send()
    except OSError as error:  # SMTPException is one
        server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        raise click.ClickException(f"The email was not sent. {_describe(error, server)}") from None
    click.echo(_result(address, settings.EMAIL_HOST, settings.EMAIL_FILE_PATH))


def _result(address: str, host: str, folder: object) -> str:
    if not host:
        return f"Email is written to files outside production. The test email is in {folder}."
    return f"{host} accepted a test email to {address}. Check that it arrives, and that it is not marked as spam."


def _describe(error: OSError, server: str) -> str:
    """Say what is wrong and which setting to check. It has no text of the server, only its reply code."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{server} refused the user name or password in MOOTHALL_EMAIL_URL (reply {error.smtp_code})."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"{server} refused the sender {error.sender} (reply {error.smtp_code}). Check MOOTHALL_EMAIL_FROM."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = ", ".join(str(code) for code, _ in error.recipients.values())
        return f"{server} refused the address that you gave (reply {codes})."
    if isinstance(error, smtplib.SMTPException):
        return f"{server} did not complete the conversation ({type(error).__name__}). Check MOOTHALL_EMAIL_URL."
    return f"{server} cannot be reached ({error.strerror or type(error).__name__}). Check MOOTHALL_EMAIL_URL."
