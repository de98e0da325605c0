"""The table of rules in the reference, read; and which tests cite which rule.

``python -m tests.foundation.rules`` writes the last column of the table anew.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "reference" / "rules.md"
RULE = re.compile(r"\b(?:CLK|MTG|INT|SCR|PUB|NAM|MIN|ACC|GDP)-\d\d\b")
LATER = "## Kept by a later part"


@dataclass(frozen=True)
class Line:
    """A rule of the table: what is done, where, and the files of the tests that cite it."""

    rule: str
    done: str
    kept_by: tuple[str, ...]
    tested_in: str

    def __str__(self):
        code = ", ".join(f"`{each}`" for each in self.kept_by)
        return f"| {self.rule} | {self.done} | {code} | {self.tested_in} |"


def lines():
    """The rules of the first table: those that are kept."""
    rows = [_cells(row) for row in PAGE.read_text("utf-8").partition(LATER)[0].splitlines() if row.startswith("| ")]
    return [
        Line(row[0], row[1], tuple(re.findall(r"`([\w.]+)`", row[2])), row[3]) for row in rows if RULE.match(row[0])
    ]


def later():
    """The rules of the second table: those that a later part keeps."""
    rows = [_cells(row) for row in PAGE.read_text("utf-8").partition(LATER)[2].splitlines() if row.startswith("| ")]
    return [row[0] for row in rows if RULE.match(row[0])]


@cache
def citing():
    """By rule, the files with tests that have its number in their name or docstring."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in cited(node.name, ast.get_docstring(node) or ""):
                    found.setdefault(rule, set()).add(path.relative_to(ROOT / "tests").as_posix())
    return found


def cited(name, docstring):
    """The rules in a test's name (mtg_25) and docstring (MTG-25)."""
    return set(RULE.findall(f"{name.upper().replace('_', '-')} {docstring}"))


def files_citing(rule):
    """The last cell of a rule's line."""
    return ", ".join(sorted(citing().get(rule, ())))


def _cells(row):
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def write():
    """Write the last column anew."""
    kept = {line.rule: str(Line(line.rule, line.done, line.kept_by, files_citing(line.rule))) for line in lines()}
    first, mark, rest = PAGE.read_text("utf-8").partition(LATER)
    rows = [kept.get(row.split("|")[1].strip(), row) if row.startswith("| ") else row for row in first.split("\n")]
    PAGE.write_text("\n".join(rows) + mark + rest, "utf-8")


if __name__ == "__main__":
    write()
