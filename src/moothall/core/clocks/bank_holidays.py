"""Bank and public holidays of the United Kingdom's nations, moved and substitute ones too, as data (CLK-08).

The days come from the ``holidays`` package, written once into ``bank_holidays.json`` beside this file: reading
that package's 250 countries takes longer than making a pack. ``python -m moothall.core.clocks.bank_holidays``
writes the file anew; a test fails when it and the package differ.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 1990, 2045


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISION = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@cache
def bank_holidays(nation: Nation) -> Mapping[dt.date, str]:
    """Every bank holiday of ``nation`` from 1990 to 2045, with its name."""
    return {dt.date.fromisoformat(day): name for day, name in _written()[nation].items()}


@cache
def version() -> str:
    """Names this edition of the days (12 hex digits), to be kept with whatever is computed from it (CLK-40)."""
    return hashlib.sha256(_file().read_bytes()).hexdigest()[:12]


def computed() -> dict[str, dict[str, str]]:
    """The days as the ``holidays`` package gives them, by nation."""
    from holidays.countries.united_kingdom import UnitedKingdom  # noqa: PLC0415 - takes half a second

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return {
        nation: {
            day.isoformat(): name
            for day, name in sorted(UnitedKingdom(subdiv=_SUBDIVISION[nation], years=years).items())  # type: ignore[no-untyped-call]
        }
        for nation in Nation
    }


@cache
def _written() -> dict[str, dict[str, str]]:
    days: dict[str, dict[str, str]] = json.loads(_file().read_bytes())
    return days


def _file() -> Path:
    return Path(str(resources.files("moothall.core.clocks"))) / "bank_holidays.json"


if __name__ == "__main__":
    _file().write_text(json.dumps(computed(), indent=0, sort_keys=True) + "\n", "utf-8")
