"""A migration changes tables. One that changes rows or runs SQL is read twice, and named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.source import calls, describe, dotted, find_breaches, find_unused, migrations, nodes

OPERATIONS = {"RunSQL", "RunPython"}
STATEMENTS = {"execute", "executemany", "cursor"}
ALLOWED = {
    "foundation/audit/migrations/0003_edition.py": "gives every council's end of the log its first edition",
    "people/migrations/0005_sort_keys.py": "gives every person a sort key",
}


def find_row_changes(source: str) -> Iterator[str]:
    for node in nodes(source):
        name = dotted(node).rpartition(".")[2] if isinstance(node, ast.Name | ast.Attribute) else ""
        if name in OPERATIONS:
            yield describe(name, node)
    yield from (describe(name, node) for name, node in calls(source) if name in STATEMENTS)


@pytest.mark.parametrize(
    "sample",
    [
        "operations = [migrations.RunSQL('drop trigger audit_entry_kept')]",
        "operations = [migrations.RunPython(rewrite)]",
        "from django.db.migrations import RunPython\nchange = RunPython\n",
        "def rewrite(apps, schema_editor):\n    schema_editor.execute('update audit_entry set who = 1')",
        "def rewrite(apps, editor):\n    editor.connection.cursor()",
    ],
)
def test_rule_of_migrations_finds_its_sample(sample: str) -> None:
    assert list(find_row_changes(sample))


def test_only_allowed_migrations_change_rows() -> None:
    assert migrations()
    assert find_breaches(find_row_changes, migrations(), ALLOWED) == {}
    assert find_unused(find_row_changes, migrations(), ALLOWED) == []
