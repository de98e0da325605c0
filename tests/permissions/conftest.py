"""Somebody at a browser, signed in or about to be."""

import re

import pytest

from moothall.foundation.actors import Actor, Role
from moothall.people.actions import create_person, grant_role, open_account
from moothall.people.models import Account, Person
from moothall.sign_in import actions

PASSWORD = "copper lantern harvest"
LETTER = re.compile(r"https?://[^/]+(/account/\S+)")


@pytest.fixture
def at(client):
    """Asks a council's pages: ``at("avonmere").get("/")``; without a name, Avonmere's."""
    return lambda council="avonmere": Asking(client, f"{council}.example")


class Asking:
    """A browser at one host."""

    def __init__(self, client, host):
        self.client, self.host = client, host

    def get(self, path, **more):
        return self.client.get(path, headers={"host": self.host}, **more)

    def post(self, path, data=None, **more):
        return self.client.post(path, data or {}, headers={"host": self.host}, **more)

    def sign_in(self, email, password=PASSWORD):
        return self.post("/account/login/", {"login": email, "password": password})


@pytest.fixture
def anna(avonmere, new_person):
    """Anna Lee, with an account and no password yet."""
    return opened(new_person("Anna Lee"), Actor.operator(avonmere))


@pytest.fixture
def invited(anna, avonmere):
    """Anna Lee, invited; with the address in her letter."""
    return anna, invite(anna, Actor.operator(avonmere))


@pytest.fixture
def member(anna, avonmere):
    """Anna Lee, who has taken up her invitation."""
    return joined(anna, Actor.operator(avonmere))


@pytest.fixture
def administrator(avonmere):
    """An administrator as an actor."""
    by = Actor.operator(avonmere)
    person = create_person(first_names="Ida", last_name="Stone", by=by)
    grant_role(person, role=Role.ADMINISTRATOR, first_day=by.today, by=by)
    return opened(person, by)


def opened(person, by):
    """The person, with an account."""
    return open_account(person, email=f"{person.slug}@avonmere.example", by=by)


def invite(person, by):
    """Invite somebody; gives the address that the letter tells."""
    actions.invite(person, by=by)
    return letter()


def letter():
    """The address in the last letter."""
    from tests.delivering import delivered  # noqa: PLC0415

    return LETTER.search(delivered()[-1].body)[1]


def joined(person, by):
    """The person, with a password."""
    from moothall.sign_in.tokens import token  # noqa: PLC0415

    invitation = actions.invite(person, by=by)
    actions.accept_invitation(token=token(invitation), password=PASSWORD, by=by)
    return Person.objects.of(by.council).select_related("account").get(pk=person.pk)


def entries(council, verb=""):
    """The verbs in a council's log that begin so."""
    from moothall.foundation.audit.models import Entry  # noqa: PLC0415

    found = Entry.objects.filter(council=council, verb__startswith=verb).order_by("number")
    return [each.verb.partition(".")[2] for each in found]


def account_of(email):
    """The account of an address."""
    return Account.objects.get(email=email)
