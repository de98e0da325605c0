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


def process_environment(**given: str) -> dict[str, str]:
    """The environment for a process of its own: this one's with what is given, without what only browser tests set."""
    return {name: value for name, value in {**os.environ, **given}.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
