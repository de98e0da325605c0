"""Findings that someone has checked and accepted, by stable id, with a name and a reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from moothall.core.documents.errors import CannotRead
from moothall.core.figures.findings import Report


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A finding that someone has accepted."""

    id: str
    who: str
    why: str


def read_accepted_findings(path: Path) -> dict[str, AcceptedFinding]:
    """Read the accepted findings from a TOML file, by finding id.

    The file has ``[[accepted]]`` tables with ``id``, ``who`` and ``why``. Raise ``CannotRead`` if the file cannot be
    read or an entry lacks one of the three.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("accepted", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotRead(f"The list of accepted findings {path.name} cannot be read: {error}.") from None
    if not isinstance(tables, list):
        raise CannotRead(f"{path.name}: write each accepted finding as a table [[accepted]].")
    found = [_parse_accepted_finding(table, number, path.name) for number, table in enumerate(tables, start=1)]
    return {each.id: each for each in found}


def _parse_accepted_finding(table: Any, number: int, name: str) -> AcceptedFinding:
    known = table if isinstance(table, Mapping) else {}
    missing = [key for key in ("id", "who", "why") if not str(known.get(key, "")).strip()]
    if missing:
        raise CannotRead(f"{name}: accepted finding {number} has no {' and no '.join(missing)}.")
    return AcceptedFinding(str(known["id"]), str(known["who"]), str(known["why"]))


def remove_accepted_findings(report: Report, accepted: Mapping[str, AcceptedFinding]) -> Report:
    """Return the report without its accepted findings."""
    return replace(report, findings=tuple(each for each in report.findings if each.id not in accepted))
