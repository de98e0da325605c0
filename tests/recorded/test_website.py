"""The website and the workspace still do what the committed record says; what differs on purpose is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recorded.compare import INTENDED, differences, read, read_intended, report, sort_out
from tests.recorded.record_web import record

RECORD = Path(__file__).with_name("data") / "web"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_website_and_workspace_differ_from_the_record_only_as_intended(tmp_path: Path) -> None:
    new = json.loads(json.dumps(record(tmp_path)))
    left, unused = sort_out(differences(read(RECORD), new), read_intended(INTENDED))
    assert not left, report(left)
    assert not [each for each in unused if each["path"].split(" › ")[0] in new]
