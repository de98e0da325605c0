"""``moothall found``: begin a council, with its first administrator."""

from __future__ import annotations

from email.utils import parseaddr

import click

from moothall.cli import django_setup
from moothall.core.clocks import Nation


@click.command(name="found")
@click.argument("name")
@click.option("--host", required=True, help="The host name it answers to, such as democracy.avonmere.example.")
@click.option("--slug", help="Its short name for commands; made from its name when not given.")
@click.option(
    "--nation",
    type=click.Choice([each.value for each in Nation]),
    default=Nation.ENGLAND.value,
    show_default=True,
    help="Whose bank holidays count.",
)
@click.option("--administrator", required=True, help='Who sets it up, such as "Nour Haddad <nour@avonmere.example>".')
def command(name: str, host: str, slug: str | None, nation: str, administrator: str) -> None:
    """Begin a council in this installation, with its first administrator.

    Example: moothall found "Avonmere Council" --host democracy.avonmere.example --administrator "Nour Haddad
    <nour@avonmere.example>"
    """
    first_names, last_name, email = _person(administrator)
    django_setup.start()

    from django.db import transaction  # noqa: PLC0415 - needs Django started

    from moothall.foundation.actors import Actor, Role  # noqa: PLC0415
    from moothall.foundation.councils.actions import create_council  # noqa: PLC0415
    from moothall.people import actions  # noqa: PLC0415
    from moothall.people.names import slug_of  # noqa: PLC0415
    from moothall.sign_in import mail  # noqa: PLC0415
    from moothall.sign_in.actions import invite  # noqa: PLC0415
    from moothall.sign_in.emails import address_of  # noqa: PLC0415

    with transaction.atomic():
        council = create_council(slug=slug or slug_of(name), name=name, host=host, nation=Nation(nation))
        by = Actor.operator(council)
        person = actions.create_person(first_names=first_names, last_name=last_name, by=by)
        actions.grant_role(person, role=Role.ADMINISTRATOR, first_day=by.today, by=by)
        person = actions.open_account(person, email=email, by=by)
        invitation = invite(person, by=by)
    click.echo(
        f"{council.name} answers to {host}. {person} chooses a password, within seven days, at {address_of(invitation)}"
    )
    if mail.is_set_up():
        click.echo(
            f"An email to {email} says the same. It is sent as soon as “moothall serve” or “moothall work” runs."
        )
    else:
        click.echo(
            f"Email is not set up (MOOTHALL_EMAIL_URL). Give this link to {person} yourself, and to no one else."
        )


def _person(told: str) -> tuple[str, str, str]:
    name, email = parseaddr(told)
    first_names, _, last_name = name.strip().rpartition(" ")
    if not first_names or "@" not in email:
        raise click.BadParameter("give a name and an address, such as “Nour Haddad <nour@avonmere.example>”.")
    return first_names, last_name, email
