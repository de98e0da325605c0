"""Counts the queries of pages. Run in Django's own shell by `record_web.py`; it knows addresses, not code."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

HOST = {"host": "127.0.0.1"}


def count(client, address):
    """How many queries an address takes, the first time and the second."""
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, headers=HOST)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        found.append(len(queries))
    return found


def count_all(wanted):
    """Give each role with the counts of its addresses."""
    for role, (login, addresses) in wanted["pages"].items():
        client = Client()
        if login:
            form = {"login": login, "password": wanted["password"]}
            assert client.post("/account/login/", form, headers=HOST).status_code == 302, role
        yield role, {address: count(client, address) for address in addresses}


def print_counts(wanted):
    """Print the counts in one line of JSON, by role and address."""
    print("\n" + json.dumps(dict(count_all(json.loads(wanted)))))
