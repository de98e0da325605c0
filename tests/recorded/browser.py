"""A small browser: one connection that stays open, cookies, links and forms."""

from __future__ import annotations

import http.client
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html

from tests.recorded.mapping import Mapping

HREF = re.compile(r"""\shref=["']([^"'#]+)""")
SIGN_IN = "/account/login/"


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes
    mapping: Mapping

    @property
    def kind(self) -> str:
        """The content type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def location(self) -> str:
        """Where a redirect leads, as the record writes addresses."""
        found = self.headers.get("location", "")
        return self.mapping.to_recorded_address(_local(self.address, found) or found)

    @property
    def outcome(self) -> str:
        """The status in a word: "200", "sign in", "301 to /quay-board/"."""
        if self.status in {301, 302, 303, 307, 308}:
            if self.location.startswith(f"{SIGN_IN}?next="):
                return "sign in"
            return f"{self.status} to {self.location}"
        return str(self.status)

    @cached_property
    def tree(self) -> Any:
        """The page as a tree of elements."""
        return lxml.html.document_fromstring(self.body.decode("utf-8"))

    @property
    def main(self) -> Any:
        """The part of the page that is its own; the whole page where there is no such part."""
        found = self.tree.xpath("//main")
        return found[0] if found else self.tree

    def links(self) -> list[str]:
        """The addresses on this site that the page links to, in order, as the record writes them."""
        if self.kind != "text/html":
            return []
        found = (each.replace("&amp;", "&") for each in HREF.findall(self.body.decode("utf-8")))
        local = (_local(self.address, each) for each in found)
        return list(dict.fromkeys(self.mapping.to_recorded_address(each) for each in local if each))

    def links_near(self, text: str) -> list[str]:
        """The addresses that the rows of tables and lists with a text link to."""
        rows = [each for each in self.main.xpath(".//tr|.//li") if text in " ".join(each.text_content().split())]
        local = (_local(self.address, each) for row in rows for each in row.xpath(".//a/@href"))
        return [self.mapping.to_recorded_address(each) for each in local if each]


class Browser:
    """Somebody at a browser, signed in or not. Addresses given and returned are the recorded ones."""

    def __init__(self, port: int, mapping: Mapping) -> None:
        self.port, self.mapping = port, mapping
        self.cookies: dict[str, str] = {}
        self.connection = self._connect()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in. Raises RuntimeError if that fails."""
        self.get(SIGN_IN)
        answer = self.post(SIGN_IN, {"login": email, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def get(self, address: str) -> Answer:
        """Get an address."""
        return self._send("GET", address, None, {})

    def post(self, address: str, values: dict[str, Any], files: dict[str, tuple[str, str]] | None = None) -> Answer:
        """Post a form; a value may be a list. Files are given as name and text."""
        pairs = [
            (key, each) for key, value in values.items() for each in (value if isinstance(value, list) else [value])
        ]
        pairs.append(("csrfmiddlewaretoken", self.cookies.get("csrftoken", "")))
        if files is None:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = _multipart(pairs, files)
        return self._send("POST", address, body, {"Content-Type": kind})

    def _send(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        target = self.mapping.to_current_address(address)
        for again in (True, False):
            try:
                self.connection.request(method, target, body, headers)
                response = self.connection.getresponse()
                content = response.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection.close()
                if not again:
                    raise
                self.connection = self._connect()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        found = {name.lower(): value for name, value in response.getheaders()}
        content = content.replace(f"127.0.0.1:{self.port}".encode(), b"127.0.0.1")  # the port is another every time
        return Answer(address, response.status, found, content, self.mapping)

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


def form_values(form: Any) -> dict[str, list[str]]:
    """Return what a browser would send if nobody changed the form: name and values."""
    found: dict[str, list[str]] = {}
    empty = {each.get("name") for each in form.xpath('.//input[@value=""][@checked]')}
    for name, value in form.form_values():
        # lxml reads value="" as if it were missing
        found.setdefault(name, []).append("" if value == "on" and name in empty else value)
    found.pop("csrfmiddlewaretoken", None)
    return found


def field_names(form: Any) -> list[str]:
    """Return the names of a form's fields, in order."""
    names: Iterable[str] = (each.get("name") for each in form.xpath(".//input|.//select|.//textarea|.//button"))
    return list(dict.fromkeys(name for name in names if name and name != "csrfmiddlewaretoken"))


def _local(page: str, address: str) -> str | None:
    """Return path and query of an address on this site; None for any other."""
    found = urlsplit(urljoin(f"http://site{page}", address))
    if found.scheme != "http" or found.netloc not in {"site", "democracy.avonmere.example"}:
        return None
    return found.path + (f"?{found.query}" if found.query else "")


def _multipart(pairs: list[tuple[str, str]], files: dict[str, tuple[str, str]]) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in pairs]
    parts += [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"; filename="{name}"\r\n'
        f"Content-Type: text/csv\r\n\r\n{text}\r\n"
        for key, (name, text) in files.items()
    ]
    return "".join([*parts, f"--{boundary}--\r\n"]).encode(), f"multipart/form-data; boundary={boundary}"
