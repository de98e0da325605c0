"""A newer version over an installation that has been at work: tables with guards, and rows in them."""

import pytest

from tests.server.installation import python, run

MISSING = """
from django.db import connection
from moothall.foundation.councils import triggers
short = lambda name: name.lower()[:63]  # as PostgreSQL keeps names
kept = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger",
}
with connection.cursor() as cursor:
    cursor.execute(kept[connection.vendor])
    there = {short(row[0]) for row in cursor.fetchall()}
print(sorted(each.name for each in triggers.guards() if short(each.name) not in there))
"""


@pytest.mark.slow
def test_a_table_is_rebuilt_although_the_guards_of_others_ask_for_it(installation):
    """SQLite gives a rebuilt table its name back only where no trigger is left that asks for it."""
    run("manage", "migrate", "people", "0004", environment=installation)
    assert "people.0005" in run("migrate", environment=installation)
    assert python(MISSING, installation).strip() == "[]"
    assert "all in order" in run("verify", environment=installation)
