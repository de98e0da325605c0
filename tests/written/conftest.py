"""A filled council, Avonmere, whose pages may be written."""

import pytest

from moothall.audit.written import begin
from moothall.councils.models import Council
from moothall.website.release import release
from moothall.written import visiting
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(Council, "today", TODAY)
    monkeypatch.setattr(visiting, "AT_MOST", {"website:month": 2, "website:year": 1})  # more of them teach nothing


@pytest.fixture
def root(tmp_path):
    """The folder of written pages."""
    return tmp_path / "pages"


@pytest.fixture
def panel(filled, brackwater, root):
    """The panel of a filled council; pages of it and of another may be written."""
    begin(release(), root)
    return filled


@pytest.fixture
def served(root):
    """What nginx would find at an address: ``served("/calendar/@.html")``; None when nothing."""

    def find(file, host="avonmere.example"):
        found = [link / file.lstrip("/") for link in (root / "now").glob(f"*/{host}/*")]
        there = [path.read_bytes() for path in found if path.exists()]
        assert len(there) <= 1
        return there[0] if there else None

    return find
