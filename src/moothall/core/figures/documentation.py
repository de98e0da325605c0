"""Documentation of the rules, made from their docstrings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc
from typing import Final

from moothall.core.figures.checks import Rule, load_rules
from moothall.core.figures.findings import Severity

_EXAMPLE: Final = re.compile(r"^(Contradiction|Agreement)[^\n]*:\n\n?((?:(?: {4}[^\n]*)?\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleDocumentation:
    """The documentation of a rule. The examples are texts that ``read_paper`` reads."""

    rule: str
    aliases: tuple[str, ...]
    severity: Severity
    statement: str
    explanation: str
    contradictions: tuple[str, ...]
    agreements: tuple[str, ...]


def document_rules() -> tuple[RuleDocumentation, ...]:
    """Return the documentation of every rule, by id."""
    return tuple(describe_rule(rule) for rule in load_rules())


def describe_rule(rule: Rule) -> RuleDocumentation:
    """Return the documentation in the docstring of a rule."""
    text = cleandoc(rule.__doc__ or "")
    statement, _, rest = text.partition("\n")
    examples = [(match[1], _remove_indent(match[2])) for match in _EXAMPLE.finditer(text + "\n")]
    first = _EXAMPLE.search(rest)
    return RuleDocumentation(
        rule=rule.RULE,
        aliases=rule.ALIASES,
        severity=rule.SEVERITY,
        statement=statement.strip(),
        explanation=(rest[: first.start()] if first else rest).strip(),
        contradictions=tuple(body for kind, body in examples if kind == "Contradiction"),
        agreements=tuple(body for kind, body in examples if kind == "Agreement"),
    )


def _remove_indent(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.rstrip().split("\n")) + "\n"


def build_reference_page() -> str:
    """Return the text of ``docs/reference/figure-rules.md``, in Markdown."""
    return _INTRODUCTION + "\n".join(_format_rule(each) for each in document_rules())


_INTRODUCTION: Final = """\
# Rules of the figure checker

`build_reference_page()` in `moothall.core.figures.documentation` writes this page from the docstrings of the rules. A
test checks that the page is up to date, and the tests run every example. In an example, ` | ` separates the cells of a
table. This page is for anyone who wants to know what a finding means.

The **most serious grade** of a rule is the worst grade that its findings can have:

- *error*: cannot be true under any reading of the words or any rounding
- *improbable*: could only be true at the very edge of rounding
- *suspicious*: depends on an assumption, for example that two figures are about the same pupils

Use `--severity rounding` to see differences that rounding explains.
"""


def _format_rule(rule: RuleDocumentation) -> str:
    aliases = f" Earlier ids: {', '.join(f'`{alias}`' for alias in rule.aliases)}." if rule.aliases else ""
    parts = [
        f"\n## {rule.rule}\n",
        f"{rule.statement} Most serious grade: *{rule.severity.word}*.{aliases}\n",
        *([rule.explanation.replace("``", "`") + "\n"] if rule.explanation else []),
        *(_format_example("Contradicts itself", text) for text in rule.contradictions),
        *(_format_example("Agrees", text) for text in rule.agreements),
    ]
    return "\n".join(parts)


def _format_example(title: str, text: str) -> str:
    return f"{title}:\n\n```text\n{text.strip(chr(10))}\n```\n"
