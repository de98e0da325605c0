"""Where the real papers and oracles are. A user does not have them; CI does."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MOOTHALL_SHARED", ROOT.parent / "shared"))

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real papers are not on this machine")


def shared(*parts: str) -> Path:
    """The path of a shared file, such as ``shared("papers", "hard-pdfs")``."""
    return SHARED.joinpath(*parts)
