"""Every text that the product says goes through gettext: told in brackets, no page has a word outside of them."""

import importlib
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import moothall
from moothall.core.clocks.rules import all_rules
from tests.permissions.pseudo import entered, in_brackets, untranslated
from tests.permissions.test_walk import there, world  # noqa: F401 - the fixtures
from tests.permissions.walk import askers, fill_in, table

pytestmark = pytest.mark.django_db
NAMES = [
    re.compile(rf"\b{name}\b") for name in ("Moothall", "GOV.UK", "PDF", "CSV", "JSON", "Atom", "iCalendar", "standard")
]
"""What is called the same in every language."""
NOT_YET = ("workspace/import/", "workspace/log/", "account/2fa/webauthn/add/")
"""Messages of imports; the log, which names the fields of the tables; a label that allauth does not translate."""
WHO = ("signed out", "administrator", "clerk", "member", "legal officer", "auditor")


def catalogue():
    """The texts of the product, as translators get them."""
    return texts(Path(moothall.__file__).parent / "locale" / "django.pot")


def brought():
    """The texts that Django and allauth bring with their own translations."""
    parts = ("django", "allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount", "allauth.usersessions")
    folders = {Path(importlib.import_module(part).__file__).parent for part in parts}
    found = (path for folder in folders for path in folder.rglob("locale/de/LC_MESSAGES/django.po"))
    return set().union(*(texts(path) for path in found))


def texts(path):
    """The texts of a catalogue, with their context before them."""
    with path.open("rb") as file:
        found = read_po(file)
    ids = ((each.context, each.id if isinstance(each.id, str) else each.id[0]) for each in found)
    return {f"{context}\4{text}" if context else text for context, text in ids}


def pages(world, there, who):  # noqa: F811
    """Every page of the table, as somebody sees it."""
    client = askers(world, there.accounts["clerk"])[who]
    for route, asked in table().items():
        for address in asked:
            path = fill_in(address, world.names, there.names)
            answer = client.get(f"/{path}", headers={"host": "avonmere.example"})
            if answer["Content-Type"].startswith("text/html"):
                yield route, answer.text


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("who", WHO)
def test_no_page_says_a_word_that_is_not_translated(world, there, who):  # noqa: F811
    data = [*entered(), *NAMES]
    with in_brackets():
        found = {(route, words) for route, page in pages(world, there, who) for words in untranslated(page, data)}
    assert sorted(f"{words}  ({route})" for route, words in found if not route.startswith(NOT_YET)) == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param("<h1>⟦Meetings of ⟦November⟧⟧</h1>", [], id="a text in another"),
        pytest.param("<p>⟦See the <a href='/'>calendar</a> first.⟧</p>", [], id="a text with a link in it"),
        pytest.param("<p>⟦Due on⟧ Monday</p>", ["Monday"], id="a word beside a text"),
        pytest.param("<button title='Close'>×</button>", ["Close"], id="what is only heard"),
        pytest.param("<p>Anna Lee, 24</p>", [], id="a name"),
        pytest.param("<p>Anna Leeway</p>", ["Anna Leeway"], id="a word that begins like a name"),
        pytest.param("<input type='submit' value='Save'>", ["Save"], id="a button"),
        pytest.param("<style>p { color: red }</style>", [], id="what nobody reads"),
    ],
)
def test_words_outside_of_brackets_are_found(page, found):
    assert untranslated(page, [re.compile(r"(?<!\w)Anna Lee(?!\w)")]) == found


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_text_that_a_page_asks_for_is_in_a_catalogue(world, there):  # noqa: F811
    known = catalogue() | brought()
    with in_brackets() as asked:
        list(pages(world, there, "clerk"))
    assert sorted(asked - known) == []


def test_the_catalogue_has_the_sentences_of_the_core():
    titles = {each.title for each in all_rules()}
    assert titles != set()
    assert {*titles, "Christmas Day (observed)", "planned"} <= catalogue()
