"""The pages in a real browser: no accessibility violation, nothing wider than the screen, nothing from outside."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import pytest

from tests.axe import source

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=["demo", "awkward"])
def pages(request) -> list[Path]:
    folder = request.getfixturevalue(request.param)
    return sorted([*(folder / "html").glob("*.html"), *(folder / "public" / "html").glob("*.html")])


@pytest.fixture
def different(pages) -> list[Path]:
    """The pages without those that are byte for byte another one: most of the public pack's are the members'."""
    return list({path.read_bytes(): path for path in reversed(pages)}.values())


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_no_violation(chromium, different, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    found = {}
    for path in different:
        page.goto(path.as_uri())
        page.evaluate(source())
        result = page.evaluate("axe.run()")
        assert len(result["passes"]) > 10
        if result["violations"]:
            found[path.name] = [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]]
    page.close()
    assert found == {}


@pytest.mark.parametrize("width", [1280, 1024, 375, 320])
def test_no_page_scrolls_sideways(chromium, different, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    wider = []
    for path in different:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wider.append(path.name)
    page.close()
    assert wider == []


def test_nothing_is_asked_of_the_network_and_every_file_is_there(chromium, pages):
    page = chromium.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    for path in pages:
        page.goto(path.as_uri())
    page.close()
    assert asked
    assert not [url for url in asked if not url.startswith("file://")]
    assert failed == []


def test_the_pages_hold_under_a_strict_content_security_policy(chromium, demo):
    """As a website would send them, where no page may bring a style or a script of its own."""
    policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    folder = demo / "html"
    page = chromium.new_page()
    page.add_init_script("window.broken = []; addEventListener('securitypolicyviolation', e => broken.push(e.sample))")
    page.route(
        "http://pack.test/**",
        lambda route: route.fulfill(
            path=folder / route.request.url.removeprefix("http://pack.test/").partition("#")[0],
            headers={"Content-Security-Policy": policy, "Content-Type": _kind(route.request.url)},
        ),
    )
    widths = set()
    for path in sorted(folder.glob("*.html")):
        page.goto(f"http://pack.test/{path.name}")
        assert page.evaluate("broken") == [], path.name
        widths.update(page.evaluate("[...document.querySelectorAll('col')].map(c => getComputedStyle(c).width)"))
    page.close()
    assert len(widths - {"auto"}) > 3


def _kind(url: str) -> str:
    return mimetypes.guess_type(url)[0] or "text/html"


def test_a_wide_table_scrolls_in_its_own_box_and_is_reached_by_the_keyboard(chromium, awkward):
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    page.goto((awkward / "html" / "item-4.html").as_uri())
    box = page.locator(".wide")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.wide').scrollLeft > 0")
    page.close()
