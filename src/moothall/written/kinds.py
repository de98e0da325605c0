"""What a file on the disk tells of its page, and nginx tells again: its kind, and the name to save it under.

A page that the application would send otherwise is not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HTML = "html"
KINDS = {
    HTML: "text/html; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
"""The content type of each kind of page, by the ending of its address; an address that ends with / is HTML."""
SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*"
ADDRESSES = {
    rf"^((?:/{SEGMENT})*/)$": rf"\1@.{HTML}",
    rf"^((?:/{SEGMENT})+\.({'|'.join(kind for kind in KINDS if kind != HTML)}))$": r"\1@.\2",
}
"""Which addresses may be written, as they were asked for to the letter, and the file of each.

No query, no escape, no empty part, no part that begins with a dot: nothing that nginx reads otherwise than we do. Its
file is named after the address, with an @ and the kind behind it: nginx takes what was asked for, if it reads it as it
was sent, and asks no pattern. The @ is in no address of ours, so that a file has no address of its own.
"""
SAVED_AS = {
    r"^/calendar\.ics$": 'inline; filename="calendar.ics"',
    rf"^/(?:people/)?({SEGMENT})/meetings\.ics$": r'inline; filename="\1.ics"',
    rf"^/({SEGMENT})/(\d[0-9-]*)\.ics$": r'inline; filename="\1-\2.ics"',
    rf"^/({SEGMENT})/forward-plan\.(csv|pdf)$": r'inline; filename="\1-forward-plan.\2"',
}
"""The Content-Disposition of addresses that have one."""
OF_PAGE = {"content-type", "content-length", "content-disposition", "etag"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer tells in its headers: of this page, and what all pages tell alike."""

    kind: str | None
    saved_as: str | None
    alike: tuple[tuple[str, str], ...]


def told(headers: dict[str, str]) -> Told:
    """What headers tell."""
    low = {name.lower(): value for name, value in headers.items()}
    alike = tuple(sorted((name, value) for name, value in headers.items() if name.lower() not in OF_PAGE))
    return Told(low.get("content-type"), low.get("content-disposition"), alike)


def file_of(address: str) -> str | None:
    """The file of an address below the folder of its host, with a / before it; None when it may not be written."""
    return _first(ADDRESSES, address)


def as_served(address: str, alike: tuple[tuple[str, str], ...]) -> Told:
    """What nginx tells of the file of an address."""
    kind = (file_of(address) or "").rpartition(".")[2]
    return Told(KINDS.get(kind), _first(SAVED_AS, address), alike)


def _first(table: dict[str, str], address: str) -> str | None:
    found = (match.expand(to) for pattern, to in table.items() if (match := re.fullmatch(pattern, address)))
    return next(found, None)
