"""Without a mouse, in the reader's own colours, with larger letters (WCAG 2.2: 1.4.10, 2.1.2, 2.4.7, 2.4.11)."""

import pytest
from django.urls import reverse

from moothall.foundation.actors import Role
from tests.axe import violations
from tests.pages.following import follow
from tests.pages.test_website import too_wide
from tests.website.test_pages import PANEL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STOPS = 400
STOP = """() => {
    const now = document.activeElement;
    if (!now || now === document.body) return null;
    const box = now.getBoundingClientRect(), style = getComputedStyle(now), label = now.labels && now.labels[0];
    const shown = [now, label].filter(Boolean).some(each => {
        return ["", "::before", "::after"].some(part => {
            const looks = part ? getComputedStyle(each, part) : getComputedStyle(each);
            return looks.outlineStyle !== "none" || looks.boxShadow !== "none";
        });
    });
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const above = document.elementFromPoint(x, y);
    const covered = box.width > 1 && above && !now.contains(above) && !above.contains(now)
        && !(label && label.contains(above));
    if (!now.dataset.stop) now.dataset.stop = String(window.stops = (window.stops || 0) + 1);
    return { stop: now.dataset.stop, html: now.outerHTML.slice(0, 120), shown, covered: Boolean(covered) };
}"""


def stops(page):
    """Every stop of the Tab key, until it comes round or leaves the page."""
    found, seen = [], set()
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        now = page.evaluate(STOP)
        if now is None or now["stop"] in seen:
            return found
        seen.add(now["stop"])
        found.append(now)
    raise AssertionError(f"still not round after {STOPS} stops")


def walked(page, address):
    """What is wrong with the stops of a page: one that cannot be seen, one that is covered, too few of them."""
    page.goto(address)
    found = stops(page)
    wanted = page.evaluate("document.querySelectorAll('main a[href], main button, main summary').length")
    wrong = [each["html"] for each in found if not each["shown"] or each["covered"]]
    return wrong if len(found) >= min(wanted, 5) else [*wrong, f"only {len(found)} stops"]


@pytest.mark.parametrize("width", [1280, 375])
def test_every_stop_of_the_website_is_seen_and_none_is_a_trap(site, open_page, width):
    page = open_page(width)
    assert {path: walked(page, site + path) for path in ("/", PANEL, "/calendar/")} == {
        "/": [],
        PANEL: [],
        "/calendar/": [],
    }


def test_every_stop_of_a_form_is_seen_and_none_is_a_trap(site, signed_in, open_page):
    page = signed_in(open_page(375), Role.CLERK)
    assert walked(page, site + reverse("workspace:enter-person")) == []


@pytest.mark.parametrize("path", ["/", PANEL])
def test_in_the_reader_s_own_colours_a_stop_is_still_seen(site, open_page, path):
    page = open_page()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert walked(page, site + path) == []
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", PANEL, "/calendar/", "/accessibility/"])
def test_with_letters_twice_as_large_nothing_scrolls_sideways(site, open_page, path):
    page = open_page(640)
    page.goto(site + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) <= 0


def test_nothing_moves_for_who_asked_for_less_motion(site, open_page):
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + PANEL)
    moving = "document.getAnimations().filter(each => each.playState === 'running').length"
    assert page.evaluate(moving) == 0


def test_axe_finds_nothing_in_a_form_refused_with_errors(site, signed_in, open_page):
    page = signed_in(open_page(375), Role.CLERK)
    page.goto(site + reverse("workspace:enter-person"))
    follow(page.get_by_role("main").get_by_role("button").first)
    page.locator(".govuk-error-summary").wait_for()
    assert violations(page) == []
