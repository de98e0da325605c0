"""A form with every kind of field in a browser."""

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.pages.following import follow
from tests.pages.test_website import too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.pages.form_urls"),
]


@pytest.fixture
def refused(site, open_page):
    """The form, sent with nothing but half a date in it: ``refused(375)``."""

    def make(width=1280, **options):
        page = open_page(width, **options)
        page.goto(f"{site}/form/")
        page.locator("#id_day_day").fill("31")
        follow(page.locator('form button[type="submit"]').first)
        return page

    return make


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_a_refused_form(refused, width):
    assert violations(refused(width)) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_a_fresh_form(site, open_page, width):
    page = open_page(width)
    page.goto(f"{site}/form/")
    assert violations(page) == []


def test_a_form_is_no_wider_than_320_pixels(refused):
    assert too_wide(refused(320)) <= 0


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(refused):
    page = refused()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator('.govuk-error-summary a[href="#id_day_month"]').click()
    expect(page.locator("#id_day_month")).to_be_focused()


def test_a_refused_form_says_so_in_its_title_and_keeps_what_was_typed(refused):
    page = refused(script=False)
    prefix, _, title = page.title().strip().partition(": ")
    assert (prefix != "", title.split()) == (True, ["Every", "field", "–", "Avonmere", "Council"])
    assert page.locator("#id_day_day").input_value() == "31"


def test_the_console_stays_empty(refused):
    assert refused().complaints == []
