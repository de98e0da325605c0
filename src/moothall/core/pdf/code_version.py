"""Which edition of the press this is: what an older one made and kept is not taken for its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from moothall.core.pdf.cache import digest


@cache
def edition() -> str:
    """Names this very code, so that a change to the press never meets what an older one made."""
    folder = Path(__file__).parent.parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".typ", ".ttf"})
    facts = ((path.relative_to(folder).as_posix(), path.stat()) for path in files)
    return digest(*(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in facts))
