"""The words of the fields: data files that an officer can edit, one a field (``children.toml`` ...)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_fields() -> tuple[dict[str, Any], ...]:
    """Every vocabulary file of this folder, parsed, in order of name."""
    found = sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(tomllib.loads(f.read_text("utf-8")) for f in found)


def list_entries(table: str) -> list[dict[str, Any]]:
    """The entries ``[[table]]`` of every field together."""
    return [entry for field in load_fields() for entry in field.get(table, [])]


@cache
def list_words(table: str, key: str) -> frozenset[str]:
    """The words listed under ``key`` of ``[table]`` in every field together, in lower case."""
    return frozenset(word.lower() for field in load_fields() for word in field.get(table, {}).get(key, []))
