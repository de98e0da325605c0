"""The rules, one a file: a module in this folder is a rule because it is here.

A rule's module has

- ``RULE``: its id, kebab-case, never reused; ``ALIASES``: ids it had before;
- ``SEVERITY``: the gravest grade that it gives;
- a docstring: the first line states the rule; then what it means and its source; then examples, each a line
  ``Contradiction:`` or ``Agreement:`` followed by an indented paper in plain text (table columns divided by ``|``).
  The tests read every example and run the rule on it;
- ``check(paper)``, which yields its findings, and ``Seen(kind, checked)`` for each claim or relation that it met, for
  the coverage. It knows nothing of other rules: grouping, order and ids come after.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper


class Rule(Protocol):
    """What a module in this folder offers."""

    __doc__: str | None
    RULE: str
    ALIASES: tuple[str, ...]
    SEVERITY: Severity

    def check(self, paper: Paper) -> Iterator[Finding | Seen] | Iterator[Finding]:
        """Yield the rule's findings, and ``Seen`` for what it looked at."""
        ...


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule found in this folder, by id; ``ValueError`` when two claim one id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = [cast("Rule", import_module(f"{__name__}.{name}")) for name in names]
    ids = [one for rule in found for one in (rule.RULE, *rule.ALIASES)]
    if len(set(ids)) != len(ids):
        raise ValueError("two rules claim one id: " + ", ".join(sorted({i for i in ids if ids.count(i) > 1})))
    return tuple(sorted(found, key=lambda rule: rule.RULE))


def rule(name: str) -> Rule:
    """The rule of an id or alias; ``KeyError`` with the known ids when there is none."""
    for each in rules():
        if name == each.RULE or name in each.ALIASES:
            return each
    raise KeyError(f"no rule {name!r}; there are " + ", ".join(each.RULE for each in rules()))
