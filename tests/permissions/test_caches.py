"""What caches on the way may keep, and what can be learnt or done by asking them."""

import pytest
from django.core.cache import caches
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
PANEL = "/children-s-panel/"


@pytest.fixture
def panel(operator):
    """A body that anybody sees."""
    return bodies.start_body(
        bodies.create_body(name="Children's Panel", kind=Kind.SCRUTINY, first_day=TODAY, by=operator), by=operator
    )


@pytest.fixture
def hidden(operator):
    """A body that nobody outside knows of."""
    return bodies.create_body(name="Secret Board", kind=Kind.BOARD, first_day=TODAY, by=operator)


def asked(path, client=None, **headers):
    return (client or Client()).get(path, headers={"host": "avonmere.example", **headers})


@pytest.mark.parametrize("path", ["/secret-board/", "/secret-board.json", "/secret-board/meetings.ics", "/never-was/"])
@pytest.mark.parametrize("tag", ["*", " * ", '"x", *'])
def test_what_is_hidden_does_not_count_as_unchanged_for_who_has_anything(path, tag, panel, hidden):
    assert asked(path, **{"if-none-match": tag}).status_code == 404


def test_what_is_there_counts_as_unchanged_for_who_has_anything(panel):
    assert asked(PANEL, **{"if-none-match": "*"}).status_code == 304


def test_nobody_fills_the_memory_with_addresses_that_there_are_not(panel):
    for number in range(5):
        asked(f"/never-was-{number}/", **{"if-none-match": "*"})
    assert len(caches["pages"]._cache) == 0


@pytest.mark.parametrize("host", ["AVONMERE.example", "aVoNmErE.eXaMpLe", "avonmere.example."])
def test_nor_with_other_ways_to_write_the_host(host, panel):
    assert asked(PANEL, host=host).status_code == 200
    assert len(caches["pages"]._cache) == 0


@pytest.mark.parametrize("path", ["/", PANEL, "/calendar.ics", "/people.json"])
def test_no_answer_that_caches_may_keep_sets_a_cookie(path, panel):
    """A broken cookie of forms is renewed on whatever page it comes with."""
    client = Client()
    client.cookies["csrftoken"] = "broken"
    client.cookies["sessionid"] = "x" * 32
    answer = asked(path, client)
    assert not answer.cookies or answer["Cache-Control"] == "private, no-store"


def test_who_saw_a_page_is_not_told_that_it_is_unchanged_once_it_is_hidden(panel, operator):
    from django.db.models import F  # noqa: PLC0415

    before = asked(PANEL)
    assert asked(PANEL, **{"if-none-match": before["ETag"]}).status_code == 304
    bodies.dissolve_body(panel, last_day=TODAY, by=operator)
    type(panel).objects.of(operator.council).update(state="proposed", version=F("version") + 1)
    assert asked(PANEL, **{"if-none-match": before["ETag"]}).status_code == 404


def test_only_public_pages_let_nginx_keep_a_copy(panel, client):
    kept = {path: asked(path).headers.get("X-Accel-Expires") for path in ("/", PANEL, "/calendar.ics")}
    others = ("/never-was/", "/account/login/", "/workspace/", "/health")
    assert set(kept.values()) == {"1"}
    assert [path for path in others if "X-Accel-Expires" in asked(path).headers] == []
