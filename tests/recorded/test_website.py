"""The website and the workspace still do what the committed record says; what differs on purpose is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recorded.compare import INTENDED, differences, is_about, read, read_intended, report, sort_out
from tests.recorded.record_web import record

RECORD = Path(__file__).with_name("data") / "web"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_website_and_workspace_differ_from_the_record_only_as_intended(tmp_path: Path) -> None:
    recorded, new = read(RECORD), json.loads(json.dumps(record(tmp_path)))
    intended = [each for each in read_intended(INTENDED) if is_about(each, recorded)]
    left, unused = sort_out(differences(recorded, new), intended)
    assert not left, report(left)
    assert not unused, "listed as intended, but there are no such differences"
