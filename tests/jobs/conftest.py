"""What tests of jobs need."""

import pytest

from tests.server.installation import founded


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation with Avonmere."""
    return founded(tmp_path)
