"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """A breach of PDF/UA-1: a stable kebab-case ``code``, one sentence, and the page (1-based) or None."""

    code: str
    message: str
    page: int | None = None
