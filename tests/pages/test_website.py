"""The website in a browser: accessible, quiet, and never wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.pages.following import field, send
from tests.website.test_pages import PANEL, PATHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MISSING = "/nothing-of-this-name/"


def too_wide(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(site, open_page, width):
    page, found = open_page(width), {}
    for path in (*PATHS, MISSING):
        page.goto(site + path)
        found[path] = violations(page)
    assert {path: each for path, each in found.items() if each} == {}


def test_the_console_stays_empty(site, open_page):
    page = open_page()
    for path in PATHS:
        page.goto(site + path)
    assert page.complaints == []


def test_nothing_scrolls_sideways_at_320_pixels(site, open_page):
    page, found = open_page(320), {}
    for path in (*PATHS, MISSING):
        page.goto(site + path)
        found[path] = too_wide(page)
    assert {path: pixels for path, pixels in found.items() if pixels > 0} == {}


def test_the_skip_link_is_the_first_stop_and_leads_past_the_navigation(site, open_page):
    page = open_page()
    page.goto(site + PANEL)
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_the_calendar_is_filtered_without_javascript(site, open_page):
    page = open_page(script=False)
    page.goto(f"{site}/calendar/")
    field(page, "body", method="get").select_option(label="Early Years, Children and Youth Scrutiny Panel")
    send(page, method="get")
    assert "Early Years, Children" in page.get_by_role("heading", level=1).inner_text()


def test_the_typeface_is_ours(site, open_page):
    page = open_page()
    page.goto(site)
    page.wait_for_function("document.fonts.check('19px \"Source Sans 3\"')")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Source Sans 3"')
