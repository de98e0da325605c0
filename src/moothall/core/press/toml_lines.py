"""On which line of a TOML file a key stands, so that a message can name it.

The standard parser keeps no positions. This reads only table headers and the keys that begin a line, which is
how meeting files are written; a key within an inline table is found by its own name on the lines of its owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[(\[)?\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]?\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]*\")\s*=")


class Lines:
    """The lines of the keys of one TOML text; lines count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")  # the only line end in TOML; splitlines knows more
        self._at: dict[Path, int] = {}
        for path, line in _keys(self._text):
            self._at.setdefault(path, line)

    def line(self, path: Path, key: str = "") -> int | None:
        """The line of ``path``, or of ``key`` within it, or of the nearest owner that has one."""
        if key and (line := self._at.get((*path, key))):
            return line
        for end in range(len(path), 0, -1):
            if line := self._at.get(path[:end]):
                return self._within(line, key, path[end:])
        return None

    def _within(self, start: int, key: str, rest: Path) -> int:
        """The line from ``start`` on that names ``key`` (or the innermost name of ``rest``), if one does soon."""
        names = [name for name in (key, *reversed(rest)) if isinstance(name, str) and name]
        for name in names:
            pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            for offset, text in enumerate(self._text[start - 1 : start + 60]):
                if offset and _HEADER.match(text):
                    break
                if pattern.search(text):
                    return start + offset
        return start


def _keys(lines: list[str]) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    table: Path = ()
    within = ""  # the quotes of a text of several lines, in which nothing is a key
    for number, text in enumerate(lines, start=1):
        if within:
            within = "" if within in text else within
            continue
        within = next((quotes for quotes in ('"""', "'''") if text.count(quotes) % 2), "")
        if header := _HEADER.match(text):
            table = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield table, number
        elif key := _KEY.match(text):
            yield (*table, key[1].strip('"')), number
