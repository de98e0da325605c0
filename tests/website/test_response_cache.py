"""The response cache: the same response as without it, until anything on the page changes, and for nobody else."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body
from moothall.foundation.councils.models import Council
from moothall.website.response_cache import LARGEST, may_be_cached
from tests.website.test_pages import DATA, PANEL, PATHS

pytestmark = pytest.mark.django_db
FILES = ("/calendar.ics", f"{PANEL}meetings.ics", f"{PANEL}forward-plan.csv", f"{PANEL}forward-plan.atom")
ADDRESSES = tuple(dict.fromkeys((*PATHS, *DATA, *FILES)))
UNREACHABLE = {"BACKEND": "tests.website.test_response_cache.Unreachable"}


class Unreachable(LocMemCache):
    """A cache whose server does not answer."""

    def get(self, *_, **__):
        raise ConnectionError

    set = clear = get


@pytest.fixture
def unreachable(settings):
    """Nothing can be read from the cache of pages, nor written to it."""
    settings.CACHES = {**settings.CACHES, "pages": UNREACHABLE}


def cached():
    """How many responses are cached."""
    return len(caches["pages"]._cache)


def told(response):
    return response.status_code, response.content, dict(response.headers)


def asked_twice(ask):
    """How a request is answered without the cache, and with it."""
    caches["pages"].clear()
    return told(ask()), told(ask())


def test_cached_page_costs_one_query(panel, browse, django_assert_num_queries):
    browse(PANEL)
    with django_assert_num_queries(1):
        assert browse(PANEL).status_code == 200


def test_page_is_made_without_a_cache_that_cannot_be_reached(panel, browse, unreachable, caplog):
    assert browse(PANEL).status_code == 200
    assert {each.levelname for each in caplog.records} == {"WARNING"}


def test_action_succeeds_when_the_cache_cannot_be_reached(panel, browse, unreachable, operator):
    before = browse("/outside-bodies/")
    bodies.create_outside_body(name="Sky Trust", first_day=dt.date(2014, 5, 1), places=1, by=operator)
    after = browse("/outside-bodies/")
    assert b"Sky Trust" in after.content
    assert before["ETag"] != after["ETag"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_cached_response_equals_a_new_one_with_every_header(panel, browse, path):
    anew, again = asked_twice(lambda: browse(path))
    assert anew == again


@pytest.mark.parametrize("path", ADDRESSES)
def test_not_modified_from_the_cache_equals_a_new_one_with_every_header(panel, browse, path):
    tag = browse(path)["ETag"]
    anew, again = asked_twice(lambda: browse(path, **{"If-None-Match": tag}))
    assert anew == again
    assert anew[0] == 304


@pytest.mark.parametrize("path", ADDRESSES)
def test_not_modified_is_the_same_with_and_without_a_cached_page(panel, browse, path):
    tag = browse(path)["ETag"]
    again = told(browse(path, **{"If-None-Match": tag}))
    caches["pages"].clear()
    assert again == told(browse(path, **{"If-None-Match": tag}))


@pytest.mark.parametrize("asked", ["*", "W/{}", '"a", {}, "b"', '"a",W/{}'])
def test_not_modified_names_the_etag_of_the_page_in_every_spelling(panel, browse, asked):
    tag = browse(PANEL)["ETag"]
    for _ in range(2):
        answer = browse(PANEL, **{"If-None-Match": asked.format(tag)})
        assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b"")
        caches["pages"].clear()


@pytest.mark.parametrize("asked", ['"a"', '"a",,"b"', "a", '"' * 500, '"x",' * 2000, "\xff"])
def test_etag_of_another_page_gets_the_page(panel, browse, asked):
    page = browse(PANEL)
    assert told(browse(PANEL, **{"If-None-Match": asked})) == told(page)


@pytest.mark.parametrize("path", ["/", PANEL, "/calendar.ics"])
def test_head_has_the_headers_of_get(panel, browse, path):
    client = Client(SERVER_NAME="avonmere.example")
    anew, again = asked_twice(lambda: client.head(path))
    browse(path)
    assert anew == again == told(client.head(path))


def test_page_after_an_action_shows_the_action(panel, browse, operator):
    assert b"Sky Trust" not in browse("/outside-bodies/").content
    bodies.create_outside_body(name="Sky Trust", first_day=dt.date(2014, 5, 1), places=1, by=operator)
    assert b"Sky Trust" in browse("/outside-bodies/").content


def test_page_after_a_body_ends_does_not_show_it(panel, browse, operator):
    body = Body.objects.of(operator.council).get(slug=PANEL.strip("/"))
    assert PANEL.encode() in browse("/bodies/").content
    bodies.dissolve_body(body, last_day=dt.date(2014, 11, 23), by=operator)
    assert PANEL.encode() not in browse("/bodies/").content


def test_page_of_a_new_day_is_made_again(panel, browse, monkeypatch):
    tag = browse("/")["ETag"]
    monkeypatch.setattr(Council, "today", dt.date(2014, 11, 25))
    assert browse("/", **{"If-None-Match": tag}).status_code == 200


def test_page_of_another_council_is_cached_apart(panel, brackwater, browse):
    assert b"Avonmere" in browse("/").content
    assert b"Avonmere" not in browse("/", "brackwater").content


@pytest.mark.parametrize(
    "path",
    [
        "/?a=1",
        f"{PANEL}?body={PANEL.strip('/')}",
        f"/calendar/?body={PANEL.strip('/')}&a=1",
        f"/calendar/?body={PANEL.strip('/')}&body=x",
        "/calendar/?body=%65arly-years-children-and-youth-scrutiny-panel",
        "/calendar/?body=",
        "/calendar/?body=nobody",
        "/nowhere/",
        "/people/nobody/",
        "/bodies",
        "/account/login/",
        "/workspace/",
    ],
)
def test_unusual_address_is_not_cached(panel, browse, path):
    browse(path)
    assert cached() == 0


def test_calendar_of_a_body_is_cached_apart(panel, browse):
    every, one = browse("/calendar/"), browse(f"/calendar/?body={PANEL.strip('/')}")
    assert told(every) == told(browse("/calendar/"))
    assert told(one) == told(browse(f"/calendar/?body={PANEL.strip('/')}"))
    assert every.content != one.content


@pytest.mark.parametrize("host", ["avonmere.example:81", "AVONMERE.example:8443"])
def test_unusual_port_is_not_cached(panel, host):
    assert Client().get("/calendar.ics", headers={"host": host}).status_code == 200
    assert cached() == 0


def test_unusual_spelling_of_the_host_is_not_cached(panel):
    shouted = Client().get("/calendar.ics", headers={"host": "AVONMERE.example"})
    assert b"AVONMERE.example" not in Client().get("/calendar.ics", headers={"host": "avonmere.example"}).content
    assert shouted.status_code == 200


POISON = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Scheme": "evil",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=evil.example",
    "Accept-Language": "cy, fr;q=0.9",
    "Accept": "application/evil",
    "Accept-Encoding": "evil",
    "User-Agent": "<evil>",
    "Referer": "https://evil.example/",
    "Range": "bytes=0-3",
    "HX-Request": "true",
}


@pytest.mark.parametrize("path", ADDRESSES)
def test_header_of_the_visitor_gets_into_no_response(panel, browse, path):
    clean = told(browse(path))
    caches["pages"].clear()
    assert told(browse(path, **POISON)) == clean
    assert told(browse(path)) == clean


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_method_is_refused_for_a_cached_page(panel, browse, method):
    browse("/")
    assert getattr(Client(SERVER_NAME="avonmere.example"), method)("/").status_code == 405


def answer(**headers):
    return HttpResponse(b"x", headers=headers)


def with_cookie():
    made = answer()
    made.set_cookie("a", "b")
    return made


OTHERS = {
    "missing": HttpResponse(b"x", status=404),
    "withdrawn": HttpResponse(b"x", status=410),
    "moved": HttpResponse(b"x", status=301),
    "with a cookie": with_cookie(),
    "streamed": StreamingHttpResponse([b"x"]),
    "varying": answer(Vary="Cookie"),
    "private": answer(**{"Cache-Control": "private"}),
    "large": HttpResponse(b"x" * (LARGEST + 1)),
}


@pytest.mark.parametrize("what", OTHERS)
def test_response_that_is_not_the_same_for_everybody_is_not_cached(rf, what):
    assert may_be_cached(rf.get("/"), answer(), frozenset())
    assert not may_be_cached(rf.get("/"), OTHERS[what], frozenset())


def test_response_that_looked_at_the_visitor_is_not_cached(rf):
    looked = rf.get("/")
    looked.session = type("Session", (), {"accessed": True})
    tokened = rf.get("/", CSRF_COOKIE_NEEDS_UPDATE=True)
    assert not any(may_be_cached(each, answer(), frozenset()) for each in (looked, tokened, rf.head("/")))
