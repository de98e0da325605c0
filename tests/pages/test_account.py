"""The pages of signing in, in a browser: accessible, and never wider than the screen."""

import pytest

from moothall.foundation.actors import Role
from tests.axe import violations
from tests.pages.test_website import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = ("login/", "password/reset/", "password/reset/done/", "inactive/")
OWN = (
    "",
    "sessions/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "logout/",
)


def looked_at(page, site, paths):
    """What is wrong with each page under /account/."""
    found = {}
    for path in paths:
        assert page.goto(f"{site}/account/{path}").status == 200, path
        found[path] = [*violations(page), *(["too wide"] if too_wide(page) > 0 else [])]
    return {path: each for path, each in found.items() if each}


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_where_anybody_may_go(site, open_page, width):
    page = open_page(width)
    assert looked_at(page, site, OPEN) == {}


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_ones_own_account(site, signed_in, open_page, width):
    page = signed_in(open_page(width), Role.CLERK)
    assert looked_at(page, site, OWN) == {}
