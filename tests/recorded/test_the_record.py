"""Today's packs, findings, deadlines and command lines differ from the committed record only as intended."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recorded.compare import INTENDED, differences, read_intended, report, sort_out
from tests.shared import SHARED

HERE = Path(__file__).parent
QUICK = ["demo_pack", "findings", "deadlines", "commands"]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", QUICK)
def test_part_differs_from_the_record_only_as_intended(tmp_path: Path, part: str) -> None:
    if part == "findings" and not SHARED.is_dir():
        pytest.skip("the real papers are not on this machine")
    subprocess.run([sys.executable, HERE / "record_packs.py", "--out", tmp_path, "--only", part], check=True)
    before, now = (json.loads((each / f"{part}.json").read_text("utf-8")) for each in (HERE / "data/packs", tmp_path))
    left, unused = sort_out(differences({part: before}, {part: now}), read_intended(INTENDED))
    assert not left, report(left)
    assert not [each for each in unused if each["path"].split(" › ")[0] == part]
