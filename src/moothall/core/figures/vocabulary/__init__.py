"""The words of each field, in data files that an officer can edit (``children.toml`` ...)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_fields() -> tuple[dict[str, Any], ...]:
    """Return every vocabulary file of this folder, parsed, in order of name."""
    found = sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(tomllib.loads(f.read_text("utf-8")) for f in found)


def list_entries(table: str) -> list[dict[str, Any]]:
    """Return the entries ``[[table]]`` of all fields."""
    return [entry for field in load_fields() for entry in field.get(table, [])]


@cache
def list_words(table: str, key: str) -> frozenset[str]:
    """Return the words under ``key`` of ``[table]`` in all fields, in lower case."""
    return frozenset(word.lower() for field in load_fields() for word in field.get(table, {}).get(key, []))
