"""``moothall unlock``: let in somebody who has lost telephone, passkeys and recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from moothall.cli import django_setup

if TYPE_CHECKING:
    from moothall.people.models import Person


@click.command(name="unlock")
@click.argument("email", metavar="ADDRESS")
@click.option("--council", "slug", help="The council, by its short name; needed where the address signs in to several.")
def command(email: str, slug: str | None) -> None:
    """Take away the second factors of somebody who lost them, and sign them out everywhere.

    Make sure first who asks, as when they were invited: whoever has their password can set up new ones. They are told
    by e-mail, and the council's audit log keeps it.
    """
    django_setup.start()

    from moothall.foundation.actors import Actor  # noqa: PLC0415 - needs Django started
    from moothall.foundation.errors import Refused  # noqa: PLC0415
    from moothall.sign_in.actions import remove_factors  # noqa: PLC0415

    person = _person(email, slug)
    try:
        remove_factors(person, by=Actor.operator(person.council))
    except Refused as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{person} of {person.council} signs in with the password, and sets up a second factor anew.")


def _person(email: str, slug: str | None) -> Person:
    from moothall.foundation.councils.models import Council  # noqa: PLC0415 - needs Django started
    from moothall.people.models import Account, Person  # noqa: PLC0415
    from moothall.people.models.accounts import small  # noqa: PLC0415

    who = Account.objects.filter(email=small(email))
    councils = Council.objects.filter(**({"slug": slug} if slug else {})).order_by("slug")
    found = [each for council in councils for each in Person.objects.of(council).filter(account__in=who)]
    if not found:
        raise click.ClickException(f"Nobody signs in with {email}.")
    if len(found) > 1:
        raise click.ClickException(f"Give --council: {', '.join(each.council.slug for each in found)}.")
    return found[0]
