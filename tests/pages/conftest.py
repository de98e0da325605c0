"""A browser in front of the whole product: Debian's chromium, the real server, Monday 24 November 2014."""

import os
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from moothall.foundation.actors import Actor
from moothall.foundation.councils.actions import add_domain
from moothall.foundation.councils.models import Council
from moothall.people import actions as people
from moothall.people import middleware
from moothall.people.models import Account
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment

# Playwright runs a loop in the thread of the tests, which Django takes for one that must not wait for a database
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def site(live_server, avonmere, filled, monkeypatch):
    """The root of a filled Avonmere's website, under a name that browsers trust as they trust https."""
    monkeypatch.setattr(Council, "today", TODAY)
    add_domain(host="avonmere.localhost", primary=True, by=Actor.operator(avonmere))
    return f"http://avonmere.localhost:{urlsplit(live_server.url).port}"


@pytest.fixture
def open_page(chromium):
    """Opens a window of a width: ``page = open_page(375)``; ``script=False`` without JavaScript.

    What the console complains of is in ``page.complaints``.
    """
    contexts = []

    def make(width=1280, *, height=900, script=True):
        context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console", lambda each: page.complaints.append(each.text) if each.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda each: page.complaints.append(str(each)))
        page.on("response", lambda each: page.complaints.append(each.url) if each.status >= 500 else None)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(site, avonmere, monkeypatch):
    """Opens a window for somebody with a role: ``page = signed_in(Role.CLERK)(1280)``."""
    monkeypatch.setattr(middleware, "actor_of", partial(actor_of, at=moment(TODAY)))
    by = Actor.operator(avonmere, at=moment(TODAY))

    def sign(page, role):
        person = people.create_person(first_names="Nour", last_name=f"Haddad {role.title()}", by=by)
        people.grant_role(person, role=role, first_day=TODAY, by=by)
        opened = people.open_account(person, email=f"{person.slug}@avonmere.example", by=by)
        client = Client(SERVER_NAME="avonmere.localhost")
        client.force_login(Account.objects.get(pk=opened.account_id))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return sign
