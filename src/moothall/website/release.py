"""Which program, told what, makes the pages: part of every tag, so that no page of another release seems unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

import moothall

SHOWN = {".py", ".html", ".toml", ".css", ".js", ".mo", ".typ"}
LEFT_OUT = {"source", "__pycache__"}  # what the shipped stylesheet and script were made from


@cache
def release() -> str:
    """A digest of the program and of the settings that pages show: one value for the life of a process."""
    files = b"".join(path.read_bytes() for path in sorted(_files(Path(moothall.__file__).parent)))
    told = (moothall.__version__, settings.MODE, settings.DEFAULT_FROM_EMAIL, settings.DEMO_DAY, settings.LANGUAGES)
    return hashlib.blake2b(files + repr(told).encode(), digest_size=12).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for each in folder.iterdir():
        if each.is_dir() and each.name not in LEFT_OUT:
            yield from _files(each)
        elif each.suffix in SHOWN:
            yield each
