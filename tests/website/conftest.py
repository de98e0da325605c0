"""A website of Avonmere, on Monday 24 November 2014."""

import pytest
from django.test import Client

from moothall.foundation.councils.models import Council
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(Council, "today", TODAY)


@pytest.fixture
def panel(filled):
    """The panel of a filled council."""
    return filled


@pytest.fixture
def browse():
    """Asks a council's website for a path: ``browse("/calendar/")``, ``browse("/", "brackwater")``."""

    def get(path, council="avonmere", **headers):
        return Client(SERVER_NAME=f"{council}.example", raise_request_exception=True).get(path, headers=headers)

    return get
