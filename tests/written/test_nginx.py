"""Written pages served by a real nginx: as the application would, and everything else by the application."""

import datetime as dt
import http.client
import logging
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.councils.models import Council
from moothall.written import nginx
from moothall.written.folder import Sets
from moothall.written.kinds import told
from moothall.written.visiting import ask
from moothall.written.writing import name_of, write
from tests.ports import free_port
from tests.website.test_pages import PANEL

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed (Debian: nginx-light)"),
]
HOST = "avonmere.example"
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
OF_NGINX = {"server", "date", "connection", "last-modified", "accept-ranges"}
PAGES = (
    *("/", "/calendar/", "/bodies/", "/people/", "/people/anna-lee/", "/people/anna-lee/meetings.ics", "/calendar.ics"),
    *(f"{PANEL}forward-plan.{kind}" for kind in ("csv", "pdf", "atom")),
)


class Application(BaseHTTPRequestHandler):
    """Stands in for the application: says what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = f"{self.requestline.split()[1]} at {self.headers['Host']}".encode()
        self.send_response(404 if "nowhere" in self.path else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("From-Application", "yes")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - names of the standard library

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def application():
    """Where the application is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def day(monkeypatch):
    """The day it is, for nginx and the council."""
    now = dt.datetime.now(ZoneInfo("Europe/London"))
    today = now.date()
    if (now + dt.timedelta(minutes=2)).date() != today:
        pytest.skip("it is nearly midnight: nginx and the council would be of different days")
    if name_of(today) is None:
        pytest.skip("the clocks change today, and no page is written")
    monkeypatch.setattr(Council, "today", today)
    return today


@contextmanager
def running(folder, root, application, alike):
    """nginx with what the commands print; gives its port."""
    port = free_port()
    own = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in PLACES)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        + ("user root;" if os.geteuid() == 0 else "")
        + f"events {{}} http {{ access_log off; {own}\n{nginx.maps()}\nserver {{ listen 127.0.0.1:{port};\n"
        + nginx.locations(root, alike, application)
        + "} }\n"
    )
    clock = {**os.environ, "TZ": "GMT0BST,M3.5.0/1,M10.5.0"}
    server = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], env=clock, stderr=subprocess.PIPE)
    try:
        _answers(port, server)
        yield port
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _answers(port, server):
    while True:
        assert server.poll() is None, server.stderr.read().decode()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


@pytest.fixture
def get(panel, avonmere, root, day, application, tmp_path):
    """Asks nginx, in front of written pages: ``get("/calendar/", Cookie="a=b")``."""
    write(avonmere, root)
    alike = told(ask(HOST, "/").headers).alike
    with running(tmp_path, root, application, alike) as port:

        def asked(path, method="GET", **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": HOST, **given})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, dict(answer.headers), body

        yield asked


def from_application(answer):
    return "From-Application" in answer[1]


def same(headers):
    """What must be the same from nginx and from the application; the tag is nginx's own, and a page may come packed."""
    low = {name.lower(): value for name, value in headers.items()}
    low["vary"] = low["vary"].replace(", Accept-Encoding", "")
    return {name: value for name, value in low.items() if name not in {"server", "date", "connection", "etag"}}


def test_a_written_page_is_the_applications_with_every_header(get):
    for path in PAGES:
        status, headers, body = get(path)
        own = Client().get(path, headers={"host": HOST})
        assert (status, body) == (200, own.content), path
        assert not from_application((status, headers, body)), path
        assert same(headers) == same(dict(own.headers)), path


def test_an_unchanged_page_is_not_sent_again(get):
    tag = get("/")[1]["ETag"]
    status, headers, body = get("/", If_None_Match=tag)
    assert (status, body) == (304, b"")
    assert {"Last-Modified", "From-Application"} & set(headers) == set()
    assert get("/calendar/")[1]["ETag"] != tag
    assert get("/", If_Modified_Since="Mon, 24 Nov 2090 00:00:00 GMT")[0] == 200


def test_a_packed_page_has_a_tag_of_its_own(get):
    _, headers, body = get("/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["ETag"] != get("/")[1]["ETag"]
    assert len(body) < len(get("/")[2])


def test_a_part_is_never_sent_since_the_application_sends_none(get):
    status, headers, _ = get("/", Range="bytes=0-3")
    assert status == 200
    assert "Accept-Ranges" not in headers


def test_head_is_answered_from_the_file(get):
    status, headers, body = get("/", method="HEAD")
    assert (status, body) == (200, b"")
    assert same(headers) == same(get("/")[1])


BRINGING_MORE = [
    {"Cookie": "__Host-session=x"},
    {"Authorization": "Basic YTpi"},
    {"If_Match": '"x"'},
    {"If_Unmodified_Since": "Mon, 24 Nov 2014 00:00:00 GMT"},
    {"Host": f"{HOST}:8443"},
    {"Host": "AVONMERE.example"},
    {"Host": f"{HOST}."},
    {"Host": "brackwater.example"},
]


def test_who_brings_more_than_a_question_is_for_the_application(get):
    for headers in BRINGING_MORE:
        assert from_application(get("/calendar/", **headers)), headers


def test_a_host_in_the_address_that_is_not_the_one_of_the_header_is_for_the_application(get):
    assert from_application(get("http://brackwater.example/calendar/"))
    assert from_application(get(f"http://{HOST}/calendar/", Host="brackwater.example"))
    assert not from_application(get(f"http://{HOST}/calendar/"))


def test_other_methods_are_for_the_application(get):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert from_application(get("/calendar/", method=method)), method


OTHERS = [
    "/calendar/?body=x",
    "/calendar/?",
    "/calendar",
    "//calendar/",
    "/./calendar/",
    "/bodies/../calendar/",
    "/c%61lendar/",
    "/calendar/%40.html",
    "/calendar/@.html",
    "/@.html.gz",
    "/calendar.ics/",
    "/calendar.ics?",
    "/Calendar.ics",
    "/calendar/@",
    "/calendar@.html",
    "/people.json@.json",
    "/people.json@",
    "/people.json/",
    "/2014-11-24+00:00/calendar/",
    "/workspace/",
    f"/{HOST}/",
]


def test_every_other_address_is_for_the_application_as_it_was_asked(get):
    for path in OTHERS:
        answer = get(path)
        assert from_application(answer), path
        assert answer[2] == f"{path} at {HOST}".encode()


def test_what_is_missing_is_said_by_the_application(get):
    status, headers, body = get("/nowhere/")
    assert (status, body) == (404, f"/nowhere/ at {HOST}".encode())
    assert "From-Application" in headers


def test_after_an_act_pages_are_the_applications_and_then_written_anew(get, avonmere, root, operator):
    assert not from_application(get("/outside-bodies/"))
    bodies.create_outside_body(name="Sky Trust", first_day=dt.date(2014, 5, 1), places=1, by=operator)
    assert from_application(get("/outside-bodies/"))
    write(avonmere, root)
    answer = get("/outside-bodies/")
    assert not from_application(answer)
    assert b"Sky Trust" in answer[2]


def test_pages_of_yesterday_are_not_found(get, root):
    for link in (root / "now").glob("*/*/*"):
        link.rename(link.with_name("2014-11-23+00:00"))
    assert from_application(get("/"))


def test_an_nginx_told_of_other_headers_finds_nothing(panel, avonmere, root, day, application, tmp_path):
    write(avonmere, root)
    with running(tmp_path, root, application, (("X-Old", "header"),)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/", headers={"Host": HOST})
        assert connection.getresponse().headers["From-Application"] == "yes"
        connection.close()


def test_a_set_that_is_cleared_away_is_not_served(get, avonmere, root):
    Sets(root, "avonmere").clear_but(root)
    assert from_application(get("/"))


def test_our_own_questions_are_not_logged(panel, caplog):
    log = logging.getLogger("moothall.access")
    before = log.level
    log.addHandler(caplog.handler)
    log.setLevel(logging.INFO)
    try:
        ask(HOST, "/")
        assert caplog.records == []
        assert log.level == logging.INFO
    finally:
        log.removeHandler(caplog.handler)
        log.setLevel(before)
