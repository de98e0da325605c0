"""The rules in their own words: what each docstring states, and its examples as papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc
from typing import Final

from moothall.core.figures.checks import Rule, rules
from moothall.core.figures.findings import Severity

_EXAMPLE: Final = re.compile(r"^(Contradiction|Agreement)[^\n]*:\n\n?((?:(?: {4}[^\n]*)?\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Documented:
    """A rule as its docstring tells it; the examples are plain texts that ``read`` takes."""

    rule: str
    aliases: tuple[str, ...]
    severity: Severity
    statement: str
    explanation: str
    contradictions: tuple[str, ...]
    agreements: tuple[str, ...]


def documented() -> tuple[Documented, ...]:
    """Every rule, by id."""
    return tuple(describe(rule) for rule in rules())


def describe(rule: Rule) -> Documented:
    """What a rule's docstring says."""
    text = cleandoc(rule.__doc__ or "")
    statement, _, rest = text.partition("\n")
    examples = [(match[1], _dedented(match[2])) for match in _EXAMPLE.finditer(text + "\n")]
    first = _EXAMPLE.search(rest)
    return Documented(
        rule=rule.RULE,
        aliases=rule.ALIASES,
        severity=rule.SEVERITY,
        statement=statement.strip(),
        explanation=(rest[: first.start()] if first else rest).strip(),
        contradictions=tuple(body for kind, body in examples if kind == "Contradiction"),
        agreements=tuple(body for kind, body in examples if kind == "Agreement"),
    )


def _dedented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.rstrip().split("\n")) + "\n"
