"""The files of the demo council, read."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from typing import Any

from moothall.demo.logins import Login
from moothall.foundation.demo_files import demo_folder


@cache
def council() -> dict[str, Any]:
    """``council.toml``."""
    found: dict[str, Any] = tomllib.loads((_folder() / "council.toml").read_text("utf-8"))
    return found


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def logins() -> tuple[Login, ...]:
    """One login for each role, officers first."""
    granted = [Login(each["role"], each["name"]) for each in council()["officers"] if "role" in each]
    return (*granted, *(Login(role, name) for role, name in council()["places"].items()))


def _folder() -> Any:
    return demo_folder() / "avonmere" / "council"
