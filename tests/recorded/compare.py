"""Compare two records: `python tests/recorded/compare.py RECORD NEW`; ends with 1 if they differ unexpectedly.

A difference is a path into a file (`pages/council/links`), with a value that was lost or found there. Differences
that are intended are listed in `intended.toml`, each with a reason and the number of a decision.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INTENDED = Path(__file__).with_name("intended.toml")
SEPARATOR = " › "
SHOWN = 40
"""How many differences of a kind are printed."""


@dataclass(frozen=True)
class Difference:
    """A value that one of the records has at a path, and the other does not."""

    path: tuple[str, ...]
    sign: str
    value: str

    @property
    def kind(self) -> str:
        """What the difference is about: the file, and the fact for pages."""
        return SEPARATOR.join((self.path[0], *self.path[2:3]))

    def __str__(self) -> str:
        return f"{self.sign} {SEPARATOR.join(self.path)}: {self.value}"


def main() -> None:
    """Print the differences between two folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path, help="the folder of the committed record")
    parser.add_argument("new", type=Path, help="the folder of the new record")
    parser.add_argument("--intended", type=Path, default=INTENDED, help="the list of intended differences")
    parser.add_argument("--all", action="store_true", help=f"print every difference, not only {SHOWN} of a kind")
    chosen = parser.parse_args()
    record = read(chosen.record)
    found = differences(record, read(chosen.new))
    intended = [each for each in read_intended(chosen.intended) if is_about(each, record)]
    left, unused = sort_out(found, intended)
    print(report(left, most=len(left) if chosen.all else SHOWN), end="")
    print(f"{len(left)} differences; {len(found) - len(left)} more are intended.")
    for each in unused:
        print(f"Listed as intended, but there is no such difference: {each['path']}")
    sys.exit(1 if left else 0)


def read(folder: Path) -> dict[str, Any]:
    """Read the files of a record, by name."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}


def read_intended(file: Path) -> list[dict[str, str]]:
    """Read the intended differences. Raises ValueError if one has no reason or decision."""
    found: list[dict[str, str]] = tomllib.loads(file.read_text("utf-8")).get("intended", [])
    for each in found:
        missing = {"path", "reason", "decision"} - {key for key, value in each.items() if value}
        if missing:
            raise ValueError(f"{each.get('path', 'an entry')} in {file.name} has no {', '.join(sorted(missing))}")
    return found


def is_about(entry: dict[str, str], record: dict[str, Any]) -> bool:
    """Whether an entry of the list is about one of the files of a record."""
    return any(fnmatch.fnmatchcase(name, entry["path"].split(SEPARATOR)[0]) for name in record)


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> list[Difference]:
    """Return what was lost (-) and found (+) between two records."""
    return list(_differences(before, after, path))


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            if key not in after:
                yield Difference((*path, key), "-", _written(before[key]))
            elif key not in before:
                yield Difference((*path, key), "+", _written(after[key]))
            else:
                yield from _differences(before[key], after[key], (*path, key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif before != after:
        yield Difference(path, "-", _written(before))
        yield Difference(path, "+", _written(after))


def _of_lists(before: list[Any], after: list[Any], path: tuple[str, ...]) -> Iterator[Difference]:
    """Lists of the same length are compared item by item if the items are records, else as what they contain."""
    if len(before) == len(after) and any(isinstance(each, dict | list) for each in before):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, (*path, str(number)))
        return
    was, became = (Counter(_written(each) for each in found) for found in (before, after))
    yield from (Difference(path, "-", each) for each in (was - became).elements())
    yield from (Difference(path, "+", each) for each in (became - was).elements())
    if was == became and before != after:
        yield Difference(path, "-", f"in this order: {_written(before)}")
        yield Difference(path, "+", f"in this order: {_written(after)}")


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sort_out(found: list[Difference], intended: list[dict[str, str]]) -> tuple[list[Difference], list[dict[str, str]]]:
    """Return the differences that are not intended, and the intended ones that do not exist."""
    used = [[each for each in found if matches(each, entry)] for entry in intended]
    wanted = {each for matching in used for each in matching}
    unused = [entry for entry, matching in zip(intended, used, strict=True) if not matching]
    return [each for each in found if each not in wanted], unused


def matches(difference: Difference, entry: dict[str, str]) -> bool:
    """Whether an entry of the list is about a difference. `path`, `lost` and `found` may have * for anything."""
    if not fnmatch.fnmatchcase(SEPARATOR.join(difference.path), entry["path"]):
        return False
    if "lost" not in entry and "found" not in entry:
        return True
    pattern = entry.get("lost" if difference.sign == "-" else "found")
    return pattern is not None and fnmatch.fnmatchcase(difference.value, pattern)


def report(found: list[Difference], most: int = SHOWN) -> str:
    """Write the differences, grouped by kind."""
    groups: dict[str, list[Difference]] = defaultdict(list)
    for each in found:
        groups[each.kind].append(each)
    lines = []
    for kind, group in groups.items():
        lines += [f"{kind}: {len(group)}", *(f"  {each}"[:300] for each in group[:most])]
        if len(group) > most:
            lines.append(f"  and {len(group) - most} more (--all prints them)")
    return "\n".join([*lines, ""]) if lines else ""


if __name__ == "__main__":
    main()
