"""``moothall written``: public pages written as files, for whoever sets nginx up or has moved their folder."""

from __future__ import annotations

import click

from moothall.cli import house


@click.group(name="written")
def command() -> None:
    """Look after public pages that are written as files (MOOTHALL_WRITTEN_PAGES) and served by nginx."""


@command.command()
def maps() -> None:
    """Print what goes into nginx's http block."""
    house.start()

    from moothall.written import nginx  # noqa: PLC0415 - needs Django started

    click.echo(nginx.maps(), nl=False)


@command.command()
@click.option("--application", default="http://127.0.0.1:8000", show_default=True, help="Where the site is served.")
def locations(application: str) -> None:
    """Print what goes into nginx's server block. Do it anew after every newer version: until then nginx asks us."""
    house.start()

    from django.conf import settings  # noqa: PLC0415 - needs Django started

    from moothall.councils.models import Domain  # noqa: PLC0415
    from moothall.written import nginx  # noqa: PLC0415
    from moothall.written.kinds import told  # noqa: PLC0415
    from moothall.written.visiting import ask  # noqa: PLC0415

    if settings.WRITTEN_PAGES is None:
        raise click.ClickException("MOOTHALL_WRITTEN_PAGES is not set: no pages are written.")
    hosts = Domain.objects.order_by("pk").values_list("host", flat=True)
    page = next(filter(None, (ask(host, "/") for host in hosts)), None)
    if page is None:
        raise click.ClickException("There is no council yet that has a home page: begin one with moothall found.")
    click.echo(nginx.locations(settings.WRITTEN_PAGES, told(page.headers).alike, application), nl=False)


@command.command()
def withdraw() -> None:
    """Take all written pages away now. They are written anew after the next act, and every night."""
    house.start()

    from django.conf import settings  # noqa: PLC0415 - needs Django started

    from moothall.audit.written import take_everything_away  # noqa: PLC0415
    from moothall.errors import Refused  # noqa: PLC0415

    try:
        take_everything_away(settings.WRITTEN_PAGES)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    click.echo("No written page is served.")


@command.command()
@click.confirmation_option(prompt="Does nobody serve pages from there any more?")
def forget() -> None:
    """Forget written pages whose folder is gone, so that people can go on. Make sure first that nothing serves them."""
    house.start()

    from moothall.audit.written import forget as forgotten  # noqa: PLC0415 - needs Django started

    for each in forgotten():
        click.echo(f"{each} is forgotten.")
