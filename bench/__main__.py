"""``python -m bench [NAME ...]``: run the measurements and print them as Markdown tables."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the named measurements, or all of them."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if _measures(path))
    for name in names or known:
        if name not in known:
            sys.exit(f"bench: no measurement {name}; there are: {', '.join(known)}")
        importlib.import_module(f"bench.{name}").main()


def _measures(path: Path) -> bool:
    return not path.stem.startswith("_") and "\ndef main(" in path.read_text("utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
