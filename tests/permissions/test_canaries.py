"""The canary crawl: a marked word in everything that is not public is found in no public page, feed, file or byte."""

import io
import re
import tomllib
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pypdfium2
import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import Resolver404, resolve

from moothall.foundation import permissions
from moothall.foundation.actors import Actor
from moothall.foundation.audit.models import Contents, Entry
from moothall.foundation.councils import triggers
from moothall.people.models import Account
from tests.permissions.walk import fill_in, table

pytestmark = pytest.mark.django_db
OPEN = tomllib.loads(Path(__file__).with_name("open_fields.toml").read_text("utf-8"))
MARK = re.compile(rb"zq\d{4}qz", re.IGNORECASE)
AT_MOST = 15
"""Addresses asked of one route: a calendar leads from month to month without end."""
TEXTS = (models.CharField, models.TextField)


class Planter:
    """Puts a word of its own into each field, and remembers where it put it."""

    def __init__(self):
        self.planted = {}

    def plant(self, row, field):
        """Mark one field of one row; past the verbs, as a leak would not ask them."""
        word = f"zq{len(self.planted):04}qz"
        value = f"{word}@mark.example" if isinstance(field, models.EmailField) else word
        if field.max_length is None or len(value) <= field.max_length:
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
            self.planted[word.encode()] = f"{row._meta.label}.{field.name}"


def marked(council):
    """Mark everything of a council that is not public; gives what was planted where."""
    planter = Planter()
    public, operator = Actor.public(council, origin="a test"), Actor.operator(council)
    hidden = {
        kind: permissions.visible(operator, kind).exclude(pk__in=permissions.visible(public, kind))
        for kind in permissions.sights()
    }
    # which rows are hidden is found out before any word changes it
    rows = [(row, ()) for each in hidden.values() for row in each]
    rows += [
        (row, OPEN[kind._meta.label])
        for kind in hidden
        if kind._meta.label in OPEN
        for row in permissions.visible(public, kind)
    ]
    rows += [(row, ()) for row in _of_no_council()]
    with triggers.lifted():
        for row, left in rows:
            for field in _texts(row):
                if field.name not in left:
                    planter.plant(row, field)
    return planter.planted


def _of_no_council():
    return [*Account.objects.all(), *EmailAddress.objects.all(), *Contents.objects.all(), *Entry.objects.all()]


def _texts(row):
    kept = {"password", "digest", "previous", "contents_digest", "uid", "verb", "kind", "key"}
    return [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices and not field.primary_key and field.name not in kept
    ]


class Links(HTMLParser):
    """Every address that a page names."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {value for name, value in attrs if name in {"href", "src", "action"} and value}


def crawl(host, start):
    """Every answer reached from ``start`` by links: by address, its bytes, with what is packed in them."""
    client, waiting, read, of_route = Client(), list(reversed(start)), {}, Counter()
    while waiting:
        path = waiting.pop()
        if path in read or path.startswith("/static/") or of_route[_route(path)] >= AT_MOST:
            continue
        of_route[_route(path)] += 1
        answer = client.get(path, headers={"host": host})
        read[path] = [str(dict(answer.headers)).encode(), *_unpacked(answer)]
        if answer.headers.get("Location"):
            waiting += _within(path, [answer.headers["Location"]], host)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = Links()
            links.feed(answer.content.decode())
            waiting += _within(path, links.found, host)
    return read


def _route(path):
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return ""


def _within(path, links, host):
    for link in links:
        whole = urlsplit(urljoin(f"http://{host}{path}", urldefrag(link)[0]))
        if whole.scheme in {"http", "https"} and whole.netloc == host:
            yield whole._replace(scheme="", netloc="").geturl()


def _unpacked(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    yield content
    if kind.startswith("application/pdf"):
        for page in pypdfium2.PdfDocument(content):
            yield page.get_textpage().get_text_bounded().encode()
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def leaks(read):
    """The marked words that were found, with where."""
    return {(word.lower(), path) for path, parts in read.items() for part in parts for word in MARK.findall(part)}


@pytest.fixture
def world(built, built_there):
    """Avonmere, and a second council all of whose words are marked."""
    return built


def addresses(world):
    """Where the crawl begins: the home page, and every address of the table that needs nothing private to be known."""
    asked = [address for page in table().values() for address in page if "there." not in address]
    known = {"passkey": "1", "invitation": "1-0", "council": world.council.slug, **world.names}
    return ["/", *(f"/{fill_in(address, known, {})}" for address in asked)]


def test_no_marked_word_is_found_anywhere(world):
    planted = marked(world.council)
    read = crawl("avonmere.example", addresses(world))
    assert {(planted[word], path) for word, path in leaks(read)} == set()
    assert len(planted) > 100
    assert len(read) > 40


def test_nothing_of_another_council_is_found(world, brackwater):
    rows = [row for kind in permissions.sights() for row in permissions.visible(Actor.operator(brackwater), kind)]
    planter = Planter()
    with triggers.lifted():
        for row in rows:
            for field in _texts(row):
                if field.name not in {"zone", "slug"}:
                    planter.plant(row, field)
    assert leaks(crawl("avonmere.example", addresses(world))) == set()
    assert {path for _, path in leaks(crawl("brackwater.example", ["/"]))}, "the words could be found at home"


def test_the_crawl_finds_a_word_that_leaks(world):
    person = permissions.visible(Actor.public(world.council, origin="a test"), apps.get_model("people.Person")).first()
    type(person)._base_manager.filter(pk=person.pk).update(last_name="zq9999qz")
    assert {word for word, _ in leaks(crawl("avonmere.example", ["/"]))} == {b"zq9999qz"}


def test_every_kind_that_the_public_sees_says_which_fields_are_open():
    public = {
        kind._meta.label
        for kind, found in permissions.sights().items()
        if any("public" in each.roles for each in found)
    }
    assert public == set(OPEN)


def test_every_field_called_open_is_there():
    for label, fields in OPEN.items():
        assert set(fields) <= {field.name for field in apps.get_model(label)._meta.concrete_fields}, label
