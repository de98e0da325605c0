"""A browser in front of the whole product: Debian's chromium, the real server, Monday 24 November 2014."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from moothall.actor import Actor
from moothall.councils.actions import add_domain
from moothall.councils.models import Council
from tests.conftest import TODAY
from tests.website.filling import fill

CHROMIUM = "/usr/bin/chromium"
# Playwright runs a loop in the thread of the tests, which Django takes for one that must not wait for a database
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, avonmere, monkeypatch):
    """The root of a filled Avonmere's website, under a name that browsers trust as they trust https."""
    monkeypatch.setattr(Council, "today", TODAY)
    fill(avonmere)
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
