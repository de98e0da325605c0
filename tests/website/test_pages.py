"""What the pages for anyone say."""

import json

import pytest

pytestmark = pytest.mark.django_db
PANEL = "/early-years-children-and-youth-scrutiny-panel/"
PATHS = (
    "/",
    "/accessibility/",
    "/calendar/",
    f"/calendar/?body={PANEL.strip('/')}",
    "/calendar/?body=riverbank-working-board",
    "/calendar/2014-10/",
    "/calendar/2014/",
    "/bodies/",
    "/outside-bodies/",
    "/people/",
    "/people/anna-lee/",
    "/people/eleanor-fitzwilliam-haverstock/",
    "/people/sam-reed/",
    "/people/nadia-brook/",
    "/forward-plan/",
    PANEL,
    f"{PANEL}forward-plan/",
    f"{PANEL}forward-plan/1/",
    f"{PANEL}forward-plan/2/",
    "/riverbank-working-board/",
    f"{PANEL}2014-10-13/",
    f"{PANEL}2014-12-08/",
    f"{PANEL}2015-01-19/",
    f"{PANEL}2015-03-02/",
    f"{PANEL}2015-03-23/",
)
DATA = (
    "/bodies.json",
    "/people.json",
    "/calendar.json",
    "/people/anna-lee.json",
    f"{PANEL[:-1]}.json",
    f"{PANEL}forward-plan.json",
    f"{PANEL}forward-plan/1.json",
    f"{PANEL}2014-12-08.json",
)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers(panel, browse, path):
    response = browse(path)
    assert response.status_code == 200
    assert "Avonmere Council" in text(response)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_carries_script_or_style_inside(panel, browse, path):
    page = text(browse(path))
    assert "<style" not in page
    assert " style=" not in page
    assert " on" not in {f" {part}"[:3] for part in page.split("<") if "onclick" in part}
    assert all("></script>" in part for part in page.split("<script")[1:])


@pytest.mark.parametrize("path", DATA)
def test_data_is_json(panel, browse, path):
    response = browse(path)
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)
