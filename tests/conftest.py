"""Two councils, and the people that tests speak of. Made with the product's own verbs, never by writing rows."""

import datetime as dt
import os
import shutil
from unittest import mock

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

from moothall.core.clocks import LONDON
from moothall.foundation.actors import Actor, Role
from moothall.foundation.councils.actions import create_council
from moothall.foundation.councils.models import Council
from moothall.people import actions
from moothall.people.models import Term
from moothall.people.queries import actor_of
from tests.keeping import kept

TODAY = dt.date(2014, 11, 24)
AVONMERE = ("avonmere", "Avonmere Council")
BRACKWATER = ("brackwater", "Brackwater Borough Council")

# The same examples every time, however slow the machine is; --hypothesis-profile searching looks for others.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", settings.get_profile("steady"), derandomize=False, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _no_response_of_another_test():
    """Rows that are brought back for each test have the same public versions, and so the same ETags, each time."""
    caches["pages"].clear()


@pytest.fixture(scope="session")
def chromium():
    """Debian's browser; there is one for all tests of a process, since Playwright runs only once in each."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Debian's chromium is not installed")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def avonmere_and_more(request, db):
    """Avonmere, and what ``filled`` or ``built`` gives where a test asks for one of them."""
    if "filled" in request.fixturenames:
        return kept("a filled Avonmere", _filled)
    if "built" in request.fixturenames:
        return kept("a built Avonmere", lambda: _built(*AVONMERE))
    return _council(*AVONMERE), None


@pytest.fixture
def avonmere(avonmere_and_more):
    """The council that most tests are about."""
    return avonmere_and_more[0]


@pytest.fixture
def filled(avonmere_and_more):
    """The panel of Avonmere, where there is something on every page of the website (tests/website/filling.py)."""
    return avonmere_and_more[1]


@pytest.fixture
def built(avonmere_and_more):
    """The world of Avonmere, where there is something in every state (tests/permissions/world.py)."""
    return avonmere_and_more[1]


@pytest.fixture
def brackwater_and_more(request, db):
    """Brackwater, and what ``built_there`` gives where a test asks for it."""
    if "built_there" in request.fixturenames:
        return kept("a built Brackwater", lambda: _built(*BRACKWATER))
    return _council(*BRACKWATER), None


@pytest.fixture
def brackwater(brackwater_and_more):
    """A second council, of which the first must never learn anything."""
    return brackwater_and_more[0]


@pytest.fixture
def built_there(brackwater_and_more):
    """The world of Brackwater, where there is something in every state."""
    return brackwater_and_more[1]


@pytest.fixture
def operator(avonmere):
    """Whoever runs the machine of Avonmere."""
    return Actor.operator(avonmere, at=moment(TODAY))


@pytest.fixture
def public(avonmere):
    """Anybody, in Avonmere."""
    return Actor.public(avonmere, origin="a test", at=moment(TODAY))


@pytest.fixture
def acting(operator):
    """Makes somebody with a granted role in Avonmere (or another council): ``clerk = acting(Role.CLERK)``."""

    def make(role, *, council=None, first_names="Robin", last_name=None):
        by = operator if council is None else Actor.operator(council, at=moment(TODAY))
        return _granted(role, by=by, first_names=first_names, last_name=last_name or str(role).title())

    return make


@pytest.fixture
def clerk(acting):
    """A clerk of Avonmere."""
    return acting(Role.CLERK, first_names="Nour", last_name="Haddad")


@pytest.fixture
def new_person(operator):
    """Makes a person: ``new_person("Anna Lee")``; with ``councillor=True`` one with a term of office."""

    def make(name, *, councillor=False, ward="Abbey", by=operator):
        first, _, last = name.rpartition(" ")
        person = actions.create_person(first_names=first, last_name=last, by=by)
        if councillor:
            day = dt.date(2011, 5, 9)
            actions.begin_term(person, office=Term.Office.COUNCILLOR, first_day=day, ward=ward, by=by)
        return person

    return make


def moment(day):
    """Noon of a day, where the councils are."""
    return dt.datetime.combine(day, dt.time(12), LONDON)


def _filled():
    from tests.website.filling import fill  # noqa: PLC0415 - which takes its day from here

    council = _council(*AVONMERE)
    with mock.patch.object(Council, "today", TODAY):
        return council, fill(council)


def _built(slug, name):
    from tests.permissions.world import build  # noqa: PLC0415 - only where a test asks for it

    council = _council(slug, name)
    return council, build(council)


def _council(slug, name):

    return create_council(slug=slug, name=name, host=f"{slug}.example")


def _granted(role, *, by, first_names, last_name):

    person = actions.create_person(first_names=first_names, last_name=last_name, by=by)
    actions.grant_role(person, role=role, first_day=dt.date(2014, 1, 1), by=by)
    email = f"{person.slug}@{by.council.slug}.example"
    person = actions.open_account(person, email=email, by=by)
    return actor_of(person.account, by.council, origin="a test", at=by.at)
