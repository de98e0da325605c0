"""The nginx configuration of docs/it/nginx, in a real nginx in front of the application."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from gzip import decompress
from pathlib import Path

import pytest
from django.core.signals import request_started

from moothall.forward_plan import actions as plans
from moothall.forward_plan.models import Entry
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting
from tests.ports import free_port
from tests.website.test_pages import PANEL

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed (Debian: nginx-light)"),
]
SHIPPED = Path(__file__).parents[2] / "docs" / "it" / "nginx" / "moothall.conf"
HOST = "avonmere.example"
ENTRY = f"{PANEL}forward-plan/1/"
MEETING = f"{PANEL}2014-12-08/"
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
TLS = ("ssl_certificate ", "ssl_certificate_key ")


def configured(folder, application, *, tls=False):
    """The shipped configuration with this machine's ports and folders; gives where nginx will listen."""
    port, plain = free_port(), free_port()
    text = SHIPPED.read_text("utf-8")
    replaced = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port}{' ssl http2' if tls else ''};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "democracy.avonmere.example;": f"{HOST};",
        "/etc/letsencrypt/live/democracy.avonmere.example": str(folder),
        "/var/cache/nginx/moothall": f"{folder}/cache",
        "http://127.0.0.1:8000": application,
    }
    for shipped, ours in replaced.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    if not tls:
        text = "\n".join(line for line in text.splitlines() if not line.strip().startswith(TLS))
    own = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in PLACES)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        + ("user root;" if os.geteuid() == 0 else "")
        + f"events {{}} http {{ types {{}} default_type application/octet-stream; access_log off; {own}\n{text}\n}}\n"
    )
    return port, plain


def command(folder):
    return ["nginx", "-p", folder, "-c", folder / "nginx.conf"]


@contextmanager
def running(folder, port):
    server = subprocess.Popen(command(folder), stderr=subprocess.PIPE)
    try:
        while True:
            assert server.poll() is None, server.stderr.read().decode()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield
    finally:
        server.terminate()
        server.communicate(timeout=30)


def ask(port, path, method="GET", **headers):
    """Ask nginx; gives status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": HOST, **given})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), body


@pytest.fixture
def asked():
    """What the application was asked: path and If-None-Match of each request."""
    found = []

    def note(environ, **_):
        found.append((environ["PATH_INFO"], environ.get("HTTP_IF_NONE_MATCH")))

    request_started.connect(note)
    yield found
    request_started.disconnect(note)


@pytest.fixture
def ports(live_server, panel, tmp_path):
    """nginx in front of a filled council: its port, and that of plain http."""
    port, plain = configured(tmp_path, live_server.url)
    with running(tmp_path, port):
        yield port, plain


@pytest.fixture
def get(ports):
    """Asks nginx: ``get("/calendar/", Cookie="a=b")``."""
    return lambda path, method="GET", **headers: ask(ports[0], path, method, **headers)


def until(done):
    """Do something again and again until it is ``done``; the test's own timeout ends it."""
    while not done():
        pass


def over(began, seconds=2):
    return time.time() >= began + seconds


def same(headers):
    """Headers that nginx must pass on as the application sent them."""
    own = {"server", "date", "connection", "transfer-encoding", "content-length", "vary", "accept-ranges", "keep-alive"}
    return {name.lower(): value for name, value in headers.items() if name.lower() not in own}


def test_shipped_configuration_is_one_that_nginx_takes(tmp_path):
    key = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem", "-subj", f"/CN={HOST}"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *key], check=True, capture_output=True)
    configured(tmp_path, "http://127.0.0.1:8000", tls=True)
    tried = subprocess.run([*command(tmp_path), "-t"], check=False, capture_output=True, text=True)
    assert (tried.returncode, "successful" in tried.stderr) == (0, True), tried.stderr


def test_plain_http_is_sent_on_to_https(ports):
    status, headers, _ = ask(ports[1], "/calendar/?body=x")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/calendar/?body=x")


def test_cached_page_is_the_applications_with_every_header(get, browse):
    for path in ("/", PANEL, MEETING, "/calendar.ics", "/people.json", f"{PANEL}forward-plan.csv"):
        own, first, again = browse(path), get(path), get(path)
        headers = {name: value for name, value in own.headers.items() if name != "X-Accel-Expires"}
        assert first[0] == again[0] == 200
        assert first[2] == again[2] == own.content, path
        assert same(first[1]) == same(again[1]), path
        assert same(again[1]).keys() == same(headers).keys(), path


def test_page_is_asked_for_once_while_the_copy_is_fresh(get, asked):
    began = time.time()
    answers = [get(PANEL) for _ in range(20)]
    assert {status for status, _, _ in answers} == {200}
    assert len(asked) <= 2 + (time.time() - began)


def test_old_copy_is_revalidated_by_its_etag(get, asked):
    _, headers, body = get(PANEL)
    cached = time.time()
    until(lambda: over(cached))
    asked.clear()
    assert get(PANEL)[2] == body
    assert asked == [(PANEL, headers["ETag"])]


def test_visitor_with_the_etag_gets_not_modified_from_the_copy(get):
    tag = get(PANEL)[1]["ETag"]
    assert (get(PANEL, If_None_Match=tag)[0], get(PANEL, If_None_Match='"other"')[0]) == (304, 200)
    assert get(PANEL, If_None_Match=f"W/{tag}")[0] == 304


@pytest.mark.parametrize("idle", [False, True], ids=["asked all the time", "not asked for a while"])
def test_withdrawn_page_is_served_for_at_most_two_seconds(get, operator, idle):
    assert get(ENTRY)[0] == 200
    if idle:
        cached = time.time()
        until(lambda: get("/")[0] == 200 and over(cached))
    plans.withdraw_entry(Entry.objects.of(operator.council).get(number=1), reason="A breach", by=operator)
    withdrawn = time.time()
    stale = []

    def gone():
        sent = time.time()
        status, _, _ = get(ENTRY)
        stale.extend([sent] if status == 200 else [])
        return status == 410

    until(gone)
    assert [sent - withdrawn for sent in stale if sent - withdrawn >= 2] == []
    assert not (idle and stale)


def test_page_after_an_action_is_the_new_one_within_two_seconds(get, operator):
    tag = get(MEETING)[1]["ETag"]
    meeting = Meeting.objects.of(operator.council).get(slug="2014-12-08")
    meetings.amend_meeting(meeting, title="Special", by=operator)
    done = time.time()
    until(lambda: over(done))
    _, headers, body = get(MEETING)
    assert b"Special" in body
    assert headers["ETag"] != tag


def test_visitor_with_a_cookie_is_answered_by_the_application(get, asked):
    get(PANEL)
    asked.clear()
    for headers in ({"Cookie": "sessionid=x"}, {"Authorization": "Basic YTpi"}):
        assert get(PANEL, **headers)[0] == 200
    assert len(asked) == 2


def test_private_and_missing_pages_are_never_cached(get, asked, tmp_path):
    paths = ("/account/login/", "/workspace/", "/never-was/", "/account/password/reset/")
    for path in (*paths, *paths):
        _, headers, _ = get(path)
        assert "X-Accel-Expires" not in headers
    assert [path for path, _ in asked] == [*paths, *paths]
    assert [each for each in (tmp_path / "cache").rglob("*") if each.is_file()] == []


def test_other_methods_reach_the_application(get, asked):
    get(PANEL)
    asked.clear()
    assert {get(PANEL, method=method)[0] for method in ("POST", "PUT", "DELETE")} <= {403, 405}
    assert len(asked) == 3


def test_spelling_of_the_host_gets_into_no_copy(get):
    assert get("/calendar.ics", Host="AVONMERE.example:81")[0] == 200
    assert b"AVONMERE" not in get("/calendar.ics")[2]


def test_public_page_is_compressed_and_a_private_one_is_not(get):
    _, plain, body = get(PANEL)
    _, packed, small = get(PANEL, Accept_Encoding="gzip")
    assert (packed["Content-Encoding"], decompress(small)) == ("gzip", body)
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in packed["Vary"]
    assert len(small) < len(body) / 2
    assert "Content-Encoding" not in get("/account/login/", Accept_Encoding="gzip")[1]


def test_compressed_page_is_revalidated_too(get):
    tag = get(PANEL, Accept_Encoding="gzip")[1]["ETag"]
    assert get(PANEL, Accept_Encoding="gzip", If_None_Match=tag)[0] == 304


def test_head_is_answered_like_get(get):
    status, headers, body = get(PANEL, method="HEAD")
    assert (status, body) == (200, b"")
    assert same(headers) == same(get(PANEL)[1])
