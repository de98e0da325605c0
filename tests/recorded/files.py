"""Writes the record: one JSON file per subject, in a stable order, with what belongs together on one line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

WIDTH = 300
"""A value whose JSON is no longer than this stays on one line, so that a difference between two records is short."""
FLAT_WIDTH = 900
"""The same for a list or an object that contains no other."""


def write_json(path: Path, value: object) -> None:
    """Write ``value`` with sorted keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_dump(value, "") + "\n", "utf-8")


def _dump(value: object, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False, sort_keys=True)
    deeper = indent + " "
    if not isinstance(value, dict | list) or len(flat) <= _width(value):
        return flat
    if isinstance(value, list):
        return "[\n" + ",\n".join(deeper + _dump(each, deeper) for each in value) + f"\n{indent}]"
    rows = (f"{deeper}{json.dumps(key, ensure_ascii=False)}: {_dump(value[key], deeper)}" for key in sorted(value))
    return "{\n" + ",\n".join(rows) + f"\n{indent}}}"


def _width(value: dict[str, object] | list[object]) -> int:
    inner = value.values() if isinstance(value, dict) else value
    return WIDTH if any(isinstance(each, dict | list) for each in inner) else FLAT_WIDTH


def hash_parts(parts: Iterable[str]) -> str:
    """Return a short hash of texts in their order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def count_and_hash(words: Iterable[str]) -> list[object]:
    """Return the number of words, a hash of the words whatever their order, and a hash in their order."""
    listed = list(words)
    return [len(listed), hash_parts(sorted(listed)), hash_parts(listed)]
