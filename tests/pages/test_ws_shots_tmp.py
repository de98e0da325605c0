import pytest
from moothall.actor import Role
from tests.pages.test_workspace import *
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
def test_shots(site, signed_in, open_page, avonmere):
    import os
    os.makedirs("/tmp/mh/ws", exist_ok=True)
    for width in (1280, 375):
        page = open_page(width)
        page = signed_in(page, Role.ADMINISTRATOR if width==1280 else Role.CLERK)
        for name, path in main_pages(avonmere).items():
            if name in ("accounts","log","verify") and width==375: continue
            page.goto(site+path); page.screenshot(path=f"/tmp/mh/ws/{width}-{name}.png", full_page=True)
