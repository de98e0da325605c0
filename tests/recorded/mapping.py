"""Names that have changed since the record was made: addresses of the workspace, fields of forms, actions.

A record keeps the names of the day on which it was first made. `mapping.toml` pairs each of these with the name of
today. Everything that is read from a page is translated to the recorded name, everything that is sent to the name of
today, so that a renamed form does not look like a lost one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("mapping.toml")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Mapping:
    """Pairs of names: the recorded one and the one of today."""

    addresses: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def to_recorded_address(self, address: str) -> str:
        """Return an address as the record writes it."""
        return self._address(address, [(now, recorded) for recorded, now in self.addresses])

    def to_current_address(self, address: str) -> str:
        """Return an address of the record as the software has it today."""
        return self._address(address, self.addresses)

    def to_recorded(self, kind: str, name: str) -> str:
        """Return the recorded name of a field, an action or a field of the audit log."""
        return {now: recorded for recorded, now in self.words.get(kind, {}).items()}.get(name, name)

    def to_current(self, kind: str, name: str) -> str:
        """Return today's name of a field, an action or a field of the audit log."""
        return self.words.get(kind, {}).get(name, name)

    @staticmethod
    def _address(address: str, pairs: list[tuple[str, str]]) -> str:
        path, mark, query = address.partition("?")
        for before, after in pairs:
            pattern = "".join(
                f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part)
                for index, part in enumerate(PLACEHOLDER.split(before))
            )
            if found := re.fullmatch(pattern, path):
                return after.format(**found.groupdict()) + mark + query
        return address


def read_mapping(file: Path = FILE) -> Mapping:
    """Read the mapping file."""
    found = tomllib.loads(file.read_text("utf-8"))
    addresses = list(found.pop("addresses", {}).items())
    return Mapping(addresses, found)
