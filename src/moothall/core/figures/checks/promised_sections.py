"""Each part that a list promises must be in the paper.

Most of the parts named must be headings further on, so that it is clearly a list of parts. The name of a part is the
text before a dash or colon.

Contradiction:
    This document contains the following sections:

    - Strategic Context – the law
    - Capital Programme – alterations
    - Equalities – summary

    Strategic Context

    The law has changed since the last plan was made.

    Equalities

    The impact was assessed when the plan was set.

Agreement:
    This document contains the following sections:

    - Strategic Context – the law
    - Equalities – summary

    Strategic Context

    The law has changed since the last plan was made.

    Equalities

    The impact was assessed when the plan was set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from moothall.core.figures.claims.phrases import normalise_text
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Paper, Sentence

RULE = "promised-sections"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_PROMISE: Final = re.compile(
    r"\b(?:document|report|paper|update|plan|strategy|section|appendix|annex)\b[^.]{0,60}"
    r"\b(?:contains?|includes?|comprises?|covers?|consists? of|sets? out|is divided into|is structured)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"^(.{3,60}?)\s*(?:[–—:]|\s-\s)")


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every promised part that has no heading."""
    for lead, group in groupby(paper.sentences, key=lambda s: s.passage.lead):
        if not lead or not _PROMISE.search(lead):
            continue
        named = [(sentence, name) for sentence in group if sentence.start == 0 and (name := _read_name(sentence))]
        if len(named) < 3:
            continue
        headings = [
            normalise_text(heading.text) for heading in paper.headings if heading.place.line > named[-1][0].line
        ]
        present = [name for _, name in named if _has_heading(name, headings)]
        if len(present) * 3 >= len(named) * 2 or (len(present) >= 3 and len(present) * 2 > len(named)):
            for sentence, name in named:
                if name not in present:
                    yield _make_finding(sentence, name, len(present), len(named))


def _read_name(sentence: Sentence) -> str:
    match = _NAME.match(sentence.text)
    return match[1].strip() if match else ""


def _has_heading(name: str, headings: list[str]) -> bool:
    wanted = normalise_text(name)
    return any(wanted in heading or (len(heading) > 6 and heading in wanted) for heading in headings)


def _make_finding(sentence: Sentence, name: str, present: int, all_: int) -> Finding:
    return Finding(
        RULE,
        SEVERITY,
        f'The list promises a part called "{name}", but no heading has that name. '
        f"{present} of the {all_} parts have a heading.",
        name,
        sentence.locate(0, len(name)),
        weight=1,
    )
