"""Answers kept in memory: the same as made anew, until anything is written, and for nobody else."""

import datetime as dt

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body
from moothall.councils.models import Council
from moothall.website.kept import SHELF, may_be_kept
from moothall.website.shelf import OVERHEAD, Kept, Shelf
from tests.website.test_pages import DATA, PANEL, PATHS

pytestmark = pytest.mark.django_db
FILES = ("/calendar.ics", f"{PANEL}meetings.ics", f"{PANEL}forward-plan.csv", f"{PANEL}forward-plan.atom")
ADDRESSES = tuple(dict.fromkeys((*PATHS, *DATA, *FILES)))


@pytest.fixture(autouse=True)
def _nothing_kept():
    SHELF.clear()


def told(response):
    return response.status_code, response.content, dict(response.headers)


def asked_twice(ask):
    """How a question is answered when nothing is kept, and when its answer is."""
    SHELF.clear()
    return told(ask()), told(ask())


def test_a_kept_answer_costs_one_query(panel, browse, django_assert_num_queries):
    browse(PANEL)
    with django_assert_num_queries(1):
        assert browse(PANEL).status_code == 200


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_kept_answer_is_that_made_anew_with_every_header(panel, browse, path):
    anew, again = asked_twice(lambda: browse(path))
    assert anew == again


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchanged_answer_is_that_made_anew_with_every_header(panel, browse, path):
    tag = browse(path)["ETag"]
    anew, again = asked_twice(lambda: browse(path, **{"If-None-Match": tag}))
    assert anew == again
    assert anew[0] == 304


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchanged_answer_from_a_kept_page_is_the_same(panel, browse, path):
    tag = browse(path)["ETag"]
    again = told(browse(path, **{"If-None-Match": tag}))
    SHELF.clear()
    assert again == told(browse(path, **{"If-None-Match": tag}))


@pytest.mark.parametrize("asked", ["*", "W/{}", '"a", {}, "b"', '"a",W/{}'])
def test_however_it_is_asked_an_unchanged_answer_names_the_tag_of_the_page(panel, browse, asked):
    tag = browse(PANEL)["ETag"]
    for _ in range(2):
        answer = browse(PANEL, **{"If-None-Match": asked.format(tag)})
        assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b"")
        SHELF.clear()


@pytest.mark.parametrize("asked", ['"a"', '"a",,"b"', "a", '"' * 500, '"x",' * 2000, "\xff"])
def test_tags_of_other_pages_and_no_tags_at_all_get_the_page(panel, browse, asked):
    page = browse(PANEL)
    assert told(browse(PANEL, **{"If-None-Match": asked})) == told(page)


@pytest.mark.parametrize("path", ["/", PANEL, "/calendar.ics"])
def test_head_is_answered_with_the_headers_of_get(panel, browse, path):
    client = Client(SERVER_NAME="avonmere.example")
    anew, again = asked_twice(lambda: client.head(path))
    browse(path)
    assert anew == again == told(client.head(path))


def test_only_its_tag_known_an_answer_is_made_for_who_has_none(panel, browse):
    page = browse(PANEL)
    SHELF.clear()
    browse(PANEL, **{"If-None-Match": page["ETag"]})
    assert browse(PANEL).content == page.content


def test_every_act_ends_what_is_kept(panel, browse, operator):
    assert b"Sky Trust" not in browse("/outside-bodies/").content
    bodies.create_outside_body(name="Sky Trust", first_day=dt.date(2014, 5, 1), places=1, by=operator)
    assert b"Sky Trust" in browse("/outside-bodies/").content


def test_what_ends_is_not_shown_again(panel, browse, operator):
    body = Body.objects.of(operator.council).get(slug=PANEL.strip("/"))
    assert PANEL.encode() in browse("/bodies/").content
    bodies.dissolve_body(body, last_day=dt.date(2014, 11, 23), by=operator)
    assert PANEL.encode() not in browse("/bodies/").content


def test_a_new_day_ends_what_is_kept(panel, browse, monkeypatch):
    tag = browse("/")["ETag"]
    monkeypatch.setattr(Council, "today", dt.date(2014, 11, 25))
    assert browse("/", **{"If-None-Match": tag}).status_code == 200


def test_councils_are_never_mixed(panel, brackwater, browse):
    assert b"Avonmere" in browse("/").content
    assert b"Avonmere" not in browse("/", "brackwater").content


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=x"},
        {"Cookie": "django_language=cy"},
        {"Authorization": "Basic YTpi"},
        {"If-Match": '"x"'},
        {"If-Unmodified-Since": "Mon, 24 Nov 2014 00:00:00 GMT"},
    ],
    ids=" ".join,
)
def test_who_brings_more_than_a_question_is_passed_by(panel, browse, headers, monkeypatch):
    browse(PANEL, **headers)
    assert SHELF.size == 0
    browse(PANEL)
    monkeypatch.setattr(Shelf, "get", None)
    browse(PANEL, **headers)
    with pytest.raises(TypeError):  # it would have been looked for
        browse(PANEL)


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
def test_nobody_fills_the_memory_with_addresses_of_their_own(panel, browse, path):
    browse(path)
    assert SHELF.size == 0


def test_a_body_that_there_is_is_kept_apart(panel, browse):
    every, one = browse("/calendar/"), browse(f"/calendar/?body={PANEL.strip('/')}")
    assert told(every) == told(browse("/calendar/"))
    assert told(one) == told(browse(f"/calendar/?body={PANEL.strip('/')}"))
    assert every.content != one.content


@pytest.mark.parametrize("host", ["avonmere.example:81", "AVONMERE.example:8443"])
def test_a_port_of_ones_own_is_not_kept(panel, host):
    assert Client().get("/calendar.ics", headers={"host": host}).status_code == 200
    assert SHELF.size == 0


def test_the_way_a_host_is_written_is_kept_apart(panel):
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
def test_no_header_of_the_caller_gets_into_an_answer(panel, browse, path):
    clean = told(browse(path))
    SHELF.clear()
    assert told(browse(path, **POISON)) == clean
    assert told(browse(path)) == clean


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused_as_before(panel, browse, method):
    browse("/")
    assert getattr(Client(SERVER_NAME="avonmere.example"), method)("/").status_code == 405


def answer(**also):
    made = HttpResponse(b"x", headers={"ETag": '"1"', "Cache-Control": "public, max-age=0", "Vary": "Accept-Language"})
    made.for_anyone = True
    for name, value in also.items():
        setattr(made, name, value)
    return made


def with_header(name, value):
    made = answer()
    if value is None:
        del made.headers[name]
    else:
        made.headers[name] = value
    return made


def with_cookie():
    made = answer()
    made.set_cookie("a", "b")
    return made


def streamed():
    made = StreamingHttpResponse([b"x"], headers=answer().headers)
    made.for_anyone = True
    return made


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(answer(for_anyone=False), id="not for anyone"),
        pytest.param(answer(status_code=404), id="missing"),
        pytest.param(answer(status_code=410), id="withdrawn"),
        pytest.param(answer(status_code=301), id="moved"),
        pytest.param(with_cookie(), id="a cookie"),
        pytest.param(streamed(), id="streamed"),
        pytest.param(with_header("Vary", "Accept-Language, Cookie"), id="varies by cookie"),
        pytest.param(with_header("Vary", "*"), id="varies by anything"),
        pytest.param(with_header("Cache-Control", "public, no-store"), id="not to be stored"),
        pytest.param(with_header("Cache-Control", "private"), id="private"),
        pytest.param(with_header("Cache-Control", None), id="says nothing"),
        pytest.param(with_header("ETag", None), id="no tag"),
    ],
)
def test_what_is_not_the_same_for_everybody_is_not_kept(rf, made):
    assert may_be_kept(rf.get("/"), answer())
    assert not may_be_kept(rf.get("/"), made)


def test_what_looked_at_who_asks_is_not_kept(rf):
    looked = rf.get("/")
    looked.session = type("Session", (), {"accessed": True})
    tokened = rf.get("/", CSRF_COOKIE_NEEDS_UPDATE=True)
    assert not any(may_be_kept(each, answer()) for each in (looked, tokened, rf.head("/")))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9000)), max_size=60))
@settings(deadline=None)
def test_the_shelf_never_holds_more_than_its_limit(puts):
    shelf = Shelf(100_000)
    for key, size in puts:
        shelf.put(key, Kept("t", {}, b"x" * size, None))
        assert shelf.size <= 100_000
        assert shelf.size == sum(each.size for each in shelf._kept.values())
    assert all(each.size <= 100_000 // 16 for each in shelf._kept.values())


def test_what_is_asked_for_least_goes_first():
    shelf = Shelf(16 * OVERHEAD)
    for key in range(16):
        shelf.put(key, Kept("t", {}, b"", None))
    shelf.get(0)
    shelf.put("new", Kept("t", {}, b"", None))
    assert shelf.get(0)
    assert shelf.get(1) is None
