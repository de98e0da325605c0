"""The facts of a page: what stays when its sentences are rewritten."""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import lxml.etree
import pypdfium2

from tests.recorded.browser import Answer, field_names

MONTHS = list(calendar.month_name)[1:]
NUMBER_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH = rf"({'|'.join(MONTHS)}|{'|'.join(each[:3] for each in MONTHS)})"
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {MONTH}(?: (\d{{4}}))?\b|\b(\d{{4}}-\d\d-\d\d)\b")
MONTH_ONLY = re.compile(rf"\b{MONTH} (\d{{4}})\b")
TIME = re.compile(r"\b(\d{1,2})(?:[.:](\d\d))? ?(am|pm)\b|\b(\d{1,2}):(\d\d)\b")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?%?(?!\w)")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ATOM = "{http://www.w3.org/2005/Atom}"


def facts_of(answer: Answer, names: Iterable[str]) -> dict[str, Any]:
    """Return the facts of an answer: status and type, and those of the page or the text of the PDF."""
    found: dict[str, Any] = {"status": answer.outcome, "type": answer.kind}
    if answer.status == 200 and answer.kind == "text/html":
        found |= _of_page(answer) | _of_text(" ".join(answer.main.itertext()), names)
    if answer.status == 200 and answer.kind == "application/pdf":
        found |= _of_pdf(answer.body, names)
    return {key: value for key, value in found.items() if value}


def values_of(answer: Answer) -> Any:
    """Return the values of a data file, parsed; None if the answer is no data file."""
    text = UUID.sub("uuid", answer.body.decode("utf-8", "replace"))
    if answer.status != 200:
        return None
    if answer.kind == "application/json":
        return json.loads(text)
    if answer.kind == "text/csv":
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if answer.kind == "text/calendar":
        return _of_calendar(text)
    if answer.kind == "application/atom+xml":
        return _of_feed(text)
    return None


def days_in(text: str) -> list[str]:
    """Return the days that a text names with their years, sorted."""
    return sorted(day for day in {_day(each) for each in DAY.finditer(text)} if not day.startswith("-"))


def _of_page(answer: Answer) -> dict[str, Any]:
    main = answer.main
    for each in main.xpath(".//script|.//style"):
        each.drop_tree()
    inside = {each.get("href").partition("#")[0] for each in main.xpath(".//a[@href]")}
    away = {each for each in inside if each.startswith(("http", "mailto:", "tel:"))}
    own = set(answer.links()) & {answer.mapping.to_recorded_address(each) for each in inside}
    return {
        "headings": dict(sorted(Counter(each.tag for each in main.xpath(".//h1|.//h2|.//h3|.//h4")).items())),
        "links": sorted(own | away),
        "tables": [_size(each) for each in main.xpath(".//table")],
        "terms": len(main.xpath(".//dt")),
        "fields": sorted({answer.mapping.to_recorded("fields", name) for name in field_names(main)}),
    }


def _of_text(text: str, names: Iterable[str]) -> dict[str, Any]:
    text = re.sub(r"\s+", " ", text)
    found_names = sorted(name for name in names if name in text)
    days = {_day(each) for each in DAY.finditer(text)}
    text = DAY.sub(" ", text)
    days |= {f"{each[2]}-{NUMBER_OF[each[1][:3].lower()]:02}" for each in MONTH_ONLY.finditer(text)}
    text = MONTH_ONLY.sub(" ", text)
    times = {_time(each) for each in TIME.finditer(text)}
    numbers = Counter(NUMBER.findall(TIME.sub(" ", text)))
    return {
        "names": found_names,
        "dates": sorted(days),
        "times": sorted(times),
        "numbers": sorted(f"{number} x{times}" if times > 1 else number for number, times in numbers.items()),
    }


def _of_pdf(body: bytes, names: Iterable[str]) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(body)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        return {"pages": len(document), **_of_text(text, names)}
    finally:
        document.close()


def _size(table: Any) -> str:
    rows = table.xpath(".//tr")
    return f"{len(rows)} x {max((len(row.xpath('./td|./th')) for row in rows), default=0)}"


def _day(found: re.Match[str]) -> str:
    day, month, year, iso = found.groups()
    return iso or f"{year or '----'}-{NUMBER_OF[month[:3].lower()]:02}-{int(day):02}"


def _time(found: re.Match[str]) -> str:
    hour, minute, half, plain_hour, plain_minute = found.groups()
    if plain_hour:
        return f"{int(plain_hour):02}:{plain_minute}"
    return f"{int(hour) % 12 + (12 if half == 'pm' else 0):02}:{minute or '00'}"


def _of_calendar(text: str) -> dict[str, Any]:
    """The calendar's own properties and its events; the rules of the time zone are left out."""
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    own: dict[str, str] = {}
    events: list[dict[str, str]] = []
    inside = ["calendar"]
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            inside.pop()
        elif "VEVENT" in inside:
            events[-1][f"{inside[-1]} {name}" if inside[-1] != "VEVENT" else name] = value
        elif inside[-1] == "VCALENDAR":
            own[name] = value
    return {"calendar": own, "events": events}


def _of_feed(text: str) -> dict[str, Any]:
    feed = lxml.etree.fromstring(text.encode())
    entries = feed.findall(f"{ATOM}entry")
    return {"feed": _children(feed), "entries": [_children(each) for each in entries]}


def _children(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in element:
        name = str(each.tag).removeprefix(ATOM)
        if name == "link":
            found[f"link {each.get('rel', '')}".strip()] = each.get("href")
        elif name != "entry":
            found[name] = " ".join(each.itertext())
    return found
