"""The council's website as a visitor finds it who follows every link from the home page; asked in this process."""

from __future__ import annotations

import io
import logging
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from moothall.website.kept import SHELF, may_be_kept

AT_MOST = {"website:month": 60, "website:year": 6}
"""Pages of a kind: calendars lead on without end. The nearest come first."""
OF_A_KIND = 2000


@dataclass(frozen=True, slots=True)
class Visited:
    """A page for anyone, as the application answers it."""

    address: str
    headers: dict[str, str]
    body: bytes


def visit(host: str) -> Iterator[Visited]:
    """Every page for anyone that links lead to from the home page, and that may be kept until something is written."""
    waiting, seen, of_kind = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        page = ask(host, waiting.popleft())
        if page is None:
            continue
        yield page
        for link in _within(host, page):
            kind = _kind(link)
            if link not in seen and kind and of_kind[kind] < AT_MOST.get(kind, OF_A_KIND):
                seen.add(link)
                of_kind[kind] += 1
                waiting.append(link)


def ask(host: str, address: str) -> Visited | None:
    """The page for anyone at an address; None when there is none that may be kept."""
    request = _request(host, address)
    with _unlogged():
        SHELF.clear()  # what is kept does not say of itself that it may be
        answer = _site().get_response(request)
    if not (isinstance(answer, HttpResponse) and answer.status_code == 200 and may_be_kept(request, answer)):
        return None
    return Visited(address, dict(answer.headers), answer.content)


def scheme() -> str:
    """How the site is asked: encrypted, as production is."""
    return "https" if settings.PRODUCTION else "http"


@cache
def _site() -> BaseHandler:
    site = BaseHandler()
    site.load_middleware()
    return site


def _request(host: str, address: str) -> WSGIRequest:
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": "443" if settings.PRODUCTION else "80",
            "HTTP_HOST": host,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": scheme(),
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
    )


def _kind(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag in {"a", "link"} and name == "href" and value]


def _within(host: str, page: Visited) -> Iterator[str]:
    """The addresses of the same site that a page links to, those with a query left out."""
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return
    links = _Links()
    links.feed(page.body.decode())
    for link in links.found:
        whole = urlsplit(urljoin(f"{scheme()}://{host}{page.address}", urldefrag(link)[0]))
        # webcal: is how calendars are subscribed to; programs then ask for the same address by http
        if whole.netloc == host and whole.scheme in {"http", "https", "webcal"} and not whole.query:
            yield whole.path or "/"


@contextmanager
def _unlogged() -> Iterator[None]:
    """The time in which our own questions are not written into the log of what was asked for."""
    log = logging.getLogger("moothall.access")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
        SHELF.clear()
