"""What takes the same work takes the same time. No clock is looked at here: statements, hashing, letters and the words
of the answers are counted, of what there is and of what there is not. The medians are in the threat model.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.foundation.actors import Actor, Role
from moothall.people.actions import close_account, create_person, grant_role
from moothall.people.models import Account
from tests.delivering import delivered
from tests.permissions.conftest import PASSWORD, joined, opened

pytestmark = pytest.mark.django_db
ANNA, NOBODY = "anna-lee@avonmere.example", "nobody@avonmere.example"
WRONG = "wrong wrong wrong"
VALUES = re.compile(r"""'(?:[^']|'')*'|\b\d+(\.\d+)?\b|%\(\w+\)s|X'[0-9A-F]*'|"?\bs\d+_x\d+\b"?""")
PER_ATTEMPT = re.compile(rb'(name="csrfmiddlewaretoken" value="[^"]*"|value="[^"]*@[^"]*")')


class Work:
    """What one request made the server do."""

    def __init__(self, monkeypatch, client, method, path, typed=None):
        hashed = []
        delivered().clear()
        encode = MD5PasswordHasher.encode
        with monkeypatch.context() as patched, CaptureQueriesContext(connection) as told:
            patched.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
            answer = client.generic(method, path, **_form(typed), headers={"host": "avonmere.example"})
        self.statements = [VALUES.sub("?", each["sql"]) for each in told]
        self.hashed = len(hashed)
        self.letters = len(delivered())
        self.said = (answer.status_code, answer.get("Location"), PER_ATTEMPT.sub(b"", answer.content))
        self.headers = {
            name: value for name, value in answer.items() if name not in {"Set-Cookie", "Content-Length", "Expires"}
        }

    @property
    def kinds(self):
        """The kinds of statement on the books, in their order: one row is looked for here and there.

        The table of attempts is left out: what it forgets as time goes by is no matter of who asks.
        """
        books = [each.split()[0] for each in self.statements if "sign_in_remembered" not in each]
        # PostgreSQL declares a cursor for what is read row by row
        return [kind.replace("DECLARE", "SELECT") for kind in books if kind not in {"SAVEPOINT", "RELEASE"}]

    def __eq__(self, other):
        return (self.kinds, self.hashed, self.letters, self.said, self.headers) == (
            *(other.kinds, other.hashed, other.letters, other.said, other.headers),
        )

    __hash__ = None

    def __repr__(self):
        return f"{self.hashed} hashed, {self.letters} letters, {self.said[0]}\n" + "\n".join(self.statements)


def _form(typed):
    from urllib.parse import urlencode  # noqa: PLC0415

    return {"data": urlencode(typed or {}), "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def work(monkeypatch):
    """What a request makes the server do, in a browser that was never here: ``work("POST", path, typed)``."""

    def done(method, path, typed=None, client=None):
        cache.clear()
        return Work(monkeypatch, client or Client(), method, path, typed)

    return done


def test_sign_in_with_an_address_that_nobody_has_is_the_same_work_as_with_a_wrong_password(member, work):
    wrong = work("POST", "/account/login/", {"login": ANNA, "password": WRONG})
    unknown = work("POST", "/account/login/", {"login": NOBODY, "password": WRONG})
    assert wrong.hashed == unknown.hashed == 1
    assert (wrong.said, wrong.headers, wrong.kinds) == (unknown.said, unknown.headers, unknown.kinds)


def test_the_right_password_of_somebody_of_no_council_here_is_the_same_work_but_for_the_question_who_that_is(
    member, work, brackwater
):
    by = Actor.operator(brackwater)
    joined(opened(create_person(first_names="Ben", last_name="Ode", by=by), by), by)
    there = work("POST", "/account/login/", {"login": "ben-ode@avonmere.example", "password": PASSWORD})
    wrong = work("POST", "/account/login/", {"login": "ben-ode@avonmere.example", "password": WRONG})
    assert (there.hashed, there.said, there.headers) == (wrong.hashed, wrong.said, wrong.headers)
    assert abs(len(there.kinds) - len(wrong.kinds)) <= 1


def test_a_closed_account_is_the_same_work_as_a_wrong_password(member, work, avonmere):
    wrong = work("POST", "/account/login/", {"login": ANNA, "password": WRONG})
    close_account(member, by=Actor.operator(avonmere))
    closed = work("POST", "/account/login/", {"login": ANNA, "password": WRONG})
    assert (closed.hashed, closed.said) == (wrong.hashed, wrong.said)
    Account.objects.filter(email=ANNA).update(is_active=False)
    assert work("POST", "/account/login/", {"login": ANNA, "password": WRONG}).hashed == 1


def test_asking_for_a_new_password_hashes_nothing_and_sends_one_letter_whoever_it_is(member, work):
    known = work("POST", "/account/password/reset/", {"email": ANNA})
    unknown = work("POST", "/account/password/reset/", {"email": NOBODY})
    assert (
        (known.hashed, known.letters, known.said)
        == (unknown.hashed, unknown.letters, unknown.said)
        == (
            0,
            1,
            (302, "/account/password/reset/done/", b""),
        )
    )


def test_how_many_letters_can_be_asked_for_does_not_tell_who_is_somebody(member, client):
    def asked(email):
        cache.clear()
        return [
            client.post("/account/password/reset/", {"email": email}, headers={"host": "avonmere.example"}).status_code
            for _ in range(7)
        ]

    assert asked(ANNA) == asked(NOBODY)


@pytest.fixture
def world(built):
    """Avonmere, with something in every state."""
    return built


HIDDEN = [
    ("/workspace/bodies/{proposed}/", "/workspace/bodies/never-was/"),
    ("/workspace/people/{unnamed}/", "/workspace/people/never-was/"),
    ("/workspace/people/{unnamed}/role/", "/workspace/people/never-was/role/"),
]


@pytest.mark.parametrize(("hidden", "missing"), HIDDEN, ids=["body", "person", "act"])
def test_what_is_hidden_is_the_same_work_as_what_never_was(hidden, missing, world, work):
    client = Client()
    client.force_login(world.accounts["no role"])
    seen = work("GET", hidden.format(**world.names), client=client)
    never = work("GET", missing, client=client)
    assert seen.said[0] == 404
    assert seen == never


PUBLIC = [
    ("/{proposed}/", "/never-was-a-body/"),
    ("/people/{unnamed}/", "/people/never-was/"),
]


@pytest.mark.parametrize(("hidden", "missing"), PUBLIC, ids=["body", "person"])
def test_what_is_hidden_from_everybody_is_the_same_work_too(hidden, missing, world, work):
    seen = work("GET", hidden.format(**world.names))
    never = work("GET", missing)
    assert seen.said[0] == 404
    assert seen == never


def test_a_word_that_was_never_sent_is_the_same_work_for_a_number_that_is_and_one_that_is_not(invited, work):
    from moothall.sign_in.models import Invitation  # noqa: PLC0415

    number = Invitation.objects.of(invited[0].council).get().pk
    there = work("GET", f"/account/invitation/{number}-{'0' * 64}/")
    not_there = work("GET", f"/account/invitation/999999-{'0' * 64}/")
    assert (there.said, there.hashed) == (not_there.said, not_there.hashed)
    assert there.kinds == not_there.kinds


def test_the_measure_finds_a_difference(member, work, avonmere):
    by = Actor.operator(avonmere)
    grant_role(member, role=Role.CLERK, first_day=by.today, by=by)
    assert work("POST", "/account/login/", {"login": ANNA, "password": PASSWORD}) != work(
        "POST", "/account/login/", {"login": ANNA, "password": WRONG}
    )
