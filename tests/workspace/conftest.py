"""A filled Avonmere, and its people at their browsers, on Monday 24 November 2014."""

from functools import partial

import pytest
from django.test import Client

from moothall.foundation.actors import Role
from moothall.foundation.councils.models import Council
from moothall.people import middleware
from moothall.people.models import Account, Person
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(Council, "today", TODAY)
    monkeypatch.setattr(middleware, "actor_of", partial(actor_of, at=moment(TODAY)))


@pytest.fixture
def panel(filled):
    """The panel of a filled council."""
    return filled


@pytest.fixture
def browser():
    """Signs somebody in: ``browser(clerk)`` gives a client; ``browser()`` one of nobody."""

    def sign_in(actor=None, council="avonmere"):
        client = Client(SERVER_NAME=f"{council}.example")
        if actor is not None:
            client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return sign_in


@pytest.fixture
def desk(browser, clerk):
    """The clerk's browser."""
    return browser(clerk)


@pytest.fixture
def administrator(acting):
    """An administrator."""
    return acting(Role.ADMINISTRATOR, first_names="Ada", last_name="Minton")


@pytest.fixture
def auditor(acting):
    """An auditor."""
    return acting(Role.AUDITOR, first_names="Otto", last_name="Dittmar")


@pytest.fixture
def anna(avonmere, panel):
    """The chair of the panel."""
    return Person.objects.of(avonmere).get(last_name="Lee")
