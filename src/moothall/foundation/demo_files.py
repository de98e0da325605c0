"""Where the demo council's files are: beside the source in a checkout, inside the package once installed."""

from __future__ import annotations

from pathlib import Path


def demo_folder() -> Path:
    """The folder ``demo``. Raises FileNotFoundError when the installation lacks it."""
    here = Path(__file__).resolve().parent
    for folder in (here.parent / "demo", here.parent.parent.parent / "demo"):
        if (folder / "avonmere").is_dir():
            return folder
    raise FileNotFoundError("the demo council's files are not part of this installation.")
