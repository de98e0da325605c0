"""The queue of writers on SQLite: whoever waits keeps looking, and gives up in the end."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler, OperationalError

from moothall.foundation.sqlite import base
from moothall.settings import DATABASES

pytestmark = pytest.mark.django_db


@pytest.fixture
def database(tmp_path):
    """A connection to a file of its own, and another that holds the lock on it."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
    found = {"ENGINE": "moothall.foundation.sqlite", "NAME": tmp_path / "moothall.sqlite3", "OPTIONS": options}
    connection = ConnectionHandler({"default": found})["default"]
    connection.inc_thread_sharing()
    other = sqlite3.connect(tmp_path / "moothall.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    yield connection, other
    connection.close()
    other.close()


def test_a_transaction_asks_again_and_again_until_it_is_its_turn(database, monkeypatch):
    connection, other = database
    connection.ensure_connection()
    asked, begin = [], base.DatabaseWrapper._begun

    def look(self, until):
        asked.append(until)
        if len(asked) == 3:
            other.execute("ROLLBACK")
        return begin(self, until)

    monkeypatch.setattr(base.DatabaseWrapper, "_begun", look)
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert (len(asked), connection.connection.in_transaction) == (3, True)
    assert connection.connection.execute("PRAGMA busy_timeout").fetchone() == (20000,)


def test_it_gives_up_when_its_patience_is_over(database, monkeypatch):
    connection, _ = database
    connection.ensure_connection()
    monkeypatch.setattr(base, "PATIENCE", 0.1)
    with pytest.raises(OperationalError, match="locked"):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_another_error_is_not_waited_for(database):
    connection, _ = database
    connection.ensure_connection()
    connection.transaction_mode = "NONSENSE"
    with pytest.raises(OperationalError, match="syntax"):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_the_product_uses_it_unless_it_is_told_of_another_database():
    assert DATABASES["default"]["ENGINE"] in {"moothall.foundation.sqlite", "django.db.backends.postgresql"}
