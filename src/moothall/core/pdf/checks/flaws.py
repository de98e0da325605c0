"""What a check found, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """A failure breaks what a machine can test; advice is what the standard recommends, or leaves to a person."""

    FAILURE = "failure"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a flaw is forbidden: the clause of ISO 14289-1 and, where there is one, the Matterhorn condition (1.1)."""

    clause: str
    matterhorn: str = ""
    grade: Grade = Grade.FAILURE

    def __str__(self) -> str:
        clause = f"PDF/UA-1, {self.clause}"
        return f"{clause}; Matterhorn {self.matterhorn}" if self.matterhorn else clause


RULES: dict[str, Rule] = {
    "no-claim": Rule("5", "06-002", Grade.ADVICE),
    "not-marked": Rule("6.2"),
    "no-tags": Rule("7.1", "01-005"),
    "content-untagged": Rule("7.1", "01-005"),
    "artifact-in-tags": Rule("7.1", "01-003 and 01-004"),
    "suspects": Rule("7.1", "01-007"),
    "unknown-role": Rule("7.1", "02-001"),
    "standard-role-remapped": Rule("7.1", "02-004"),
    "no-title": Rule("7.1", "06-003"),
    "title-not-shown": Rule("7.1", "07-001 and 07-002"),
    "content-without-tag": Rule("7.1", "01-005"),
    "tag-without-content": Rule("7.1"),
    "parent-tree": Rule("7.1"),
    "wrong-parent": Rule("7.1"),
    "broken-child": Rule("7.1"),
    "id-not-listed": Rule("7.1"),
    "no-language": Rule("7.2", "11-001"),
    "misplaced": Rule("7.2", "09-004 to 09-006"),
    "figure-without-alternative": Rule("7.3", "13-004"),
    "formula-without-alternative": Rule("7.7", "17-002"),
    "figure-undescribed": Rule("7.3", "", Grade.ADVICE),
    "heading-skips": Rule("7.4.2", "14-002 and 14-003"),
    "header-without-scope": Rule("7.5", "15-003"),
    "unknown-header": Rule("7.5", "15-003"),
    "table-without-headers": Rule("7.5", "15-001, 15-002 and 15-004", Grade.ADVICE),
    "note-without-id": Rule("7.9", "19-003"),
    "doubled-id": Rule("7.9", "19-004"),
    "layer-without-name": Rule("7.10", "20-001 and 20-002"),
    "layer-changes-itself": Rule("7.10", "20-003"),
    "annotation-untagged": Rule("7.18.1", "28-002 and 28-011"),
    "annotation-role": Rule("7.18.1", "28-002, 28-010 and 28-011"),
    "annotation-undescribed": Rule("7.18.1", "28-004 and 28-012"),
    "annotation-parent": Rule("7.18.1"),
    "tab-order": Rule("7.18.3", "28-008 and 28-009"),
    "font-not-embedded": Rule("7.21.4.1", "31-009"),
    "font-without-unicode": Rule("7.21.7", "31-027"),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A breach of PDF/UA-1: a stable kebab-case ``code``, one sentence, and the page (1-based) or None."""

    code: str
    message: str
    page: int | None = None

    @property
    def rule(self) -> Rule:
        """The rule that it breaks."""
        return RULES[self.code]

    @property
    def fails(self) -> bool:
        """Whether it breaks what a machine can test."""
        return self.rule.grade is Grade.FAILURE
