"""What tests of a running installation need."""

import pytest

from tests.server.installation import founded


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation with Avonmere."""
    (tmp_path / "house").mkdir()
    return founded(tmp_path / "house")
