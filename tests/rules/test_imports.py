"""The imports between folders keep to the contracts in `pyproject.toml`."""

import subprocess
import sys
from pathlib import Path

from tests.rules.source import SOURCE


def test_imports_keep_to_their_contracts() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=SOURCE.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
