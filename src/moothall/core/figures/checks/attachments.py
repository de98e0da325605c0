"""What a sentence says is attached must be listed as an attachment or be in the paper.

The rule needs a list of attachments in the paper. It is an error if the other listed attachments are in the paper.
Otherwise the attachment may be published separately, so it is only suspicious.

Contradiction:
    List of attachments to this report:

    Appendix 1 Early Years

    The figures are in the appendix. A glossary of terms is also attached.

    Appendix 1 Early Years

    There were 51 children.

Agreement:
    List of attachments to this report:

    Appendix 1 Early Years; Glossary

    The figures are in the appendix. A glossary of terms is also attached.

    Appendix 1 Early Years

    There were 51 children.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.mentions import compile_pattern
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Paper, Sentence

RULE = "attachments"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_LIST: Final = re.compile(
    r"\blist of (?:attachments|appendices|annexes)\b|^\W*(?:appendices|attachments)\W*$", re.IGNORECASE
)
_APPENDIX: Final = re.compile(r"\b(?:appendix|annex) (?:\d{1,2}|[a-z])\b", re.IGNORECASE)
LISTED: Final = 4
"""The number of lines after "list of attachments" that count as the list."""


def check(paper: Paper) -> Iterator[Finding]:
    """Yield everything said to be attached that is neither listed nor in the paper."""
    lists = [n for n, text in enumerate(paper.lines) if len(text) < 2000 and _LIST.search(text)]
    if not lists:
        return
    attached, things = compile_pattern("references", "attached"), compile_pattern("references", "things")
    for sentence in paper.sentences:
        low = sentence.text.lower()
        if attached.search(low) is None or _is_attached_elsewhere(low):
            continue
        thing = _find_thing(low, things, attached)
        if thing and not _is_in_paper(paper, thing, sentence):
            yield _make_finding(paper, sentence, thing, lists)


def _is_attached_elsewhere(low: str) -> bool:
    """Return whether something is attached to another thing, or is not attached yet.

    Examples: "funding attached to", "recommendations attached to this paper".
    """
    return (
        re.search(
            r"\battached to\b|\bno \w+ (?:is|are) attached\b|\bnot attached\b|\bwill be\b|\bto be attached\b", low
        )
        is not None
    )


def _find_thing(low: str, things: re.Pattern[str], attached: re.Pattern[str]) -> re.Match[str] | None:
    """Return the thing that opens the sentence if it is the subject of "attached"."""
    verb = attached.search(low)
    if verb is None:
        return None
    found = list(things.finditer(low, 0, verb.start()))
    subject = re.search(r"\b(?:is|are)(?: also| now)? $", low[: verb.start()])
    first = [match for match in found if re.search(r"^(?:an?|the) $", low[: match.start()])]
    return first[0] if subject and first else None


def _is_in_paper(paper: Paper, thing: re.Match[str], sentence: Sentence) -> bool:
    word = thing.group().split()[-1]
    lines = (text for n, text in enumerate(paper.lines, start=1) if n != sentence.line)
    near = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    headings = any(near.search(heading.text) for heading in paper.headings)
    return headings or any(len(text) < 300 and near.search(text) for text in lines)


def _make_finding(paper: Paper, sentence: Sentence, thing: re.Match[str], lists: list[int]) -> Finding:
    listed = [text for n in lists for text in paper.lines[n : n + LISTED]]
    named = {match.group().lower() for text in listed for match in _APPENDIX.finditer(text)}
    headed = {match.group().lower() for h in paper.headings if (match := _APPENDIX.match(h.text))}
    whole = bool(named) and named <= headed
    return Finding(
        RULE,
        Severity.ERROR if whole else Severity.SUSPICIOUS,
        f"The text says a {thing.group()} is attached, but the paper does not list or contain one.",
        sentence.text[: thing.end()],
        sentence.locate(0, thing.end()),
        weight=1,
    )
