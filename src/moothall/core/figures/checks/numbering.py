"""Numbered paragraphs must be in sequence, without missing or repeated numbers.

The rule reads numbers with 2 parts or more (4.1, 4.2 ...) at the start of a line, after two of them are in sequence. A
missing number must not be printed anywhere between its neighbours. A contents list is a sequence of its own.

Contradiction:
    4.1 Early years have done well this year.
    4.2 Infants have done well this year.
    4.4 Juniors have done well this year.

Contradiction:
    2.1 The position is set out below.
    2.2 The budget is overspent.
    2.2 The reserves are lower.
    2.3 The forecast is better.

Agreement:
    4.1 Early years have done well this year.
    4.2 Infants have done well this year.
    4.3 Juniors have done well this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Place

RULE = "numbering"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_NUMBER: Final = re.compile(
    r"^\s{0,24}(?:[-*•▪]\s+)?(?:\*\*|#{1,6}\s+)?(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?(?:\*\*)?"
    r"\s+(?=[\"'“‘(*]{0,3}[A-Za-z])(.{0,60})"
)
_CONTENTS: Final = re.compile(r"\.{4}|\t\d{1,3}\s*$|\s{3,}\d{1,3}\s*$")
_UNITS: Final = re.compile(
    r"(?:m|k|bn|million|billion|thousand|per|percent|pp|x|hours?|days?|weeks?|months?|years?|miles?|km|of|to|and|"
    r"FTE|fte|percentage|points?)\b"
)
FARTHEST: Final = 3
"""The most missing numbers: a wider gap starts another series."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line that starts with a number."""

    parent: str
    nth: int
    line: int
    start: int
    end: int
    text: str

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return f"{self.parent}.{self.nth}"


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every number that is missing from a sequence or used twice in it."""
    runs: dict[str, list[NumberedLine]] = {}
    for item in _find_numbered_lines(paper):
        run = runs.setdefault(item.parent, [])
        if run and item.nth in (1, 0) and item.nth <= run[-1].nth and not _is_repeated(run, item):
            run.clear()
        if run:
            yield Observation("number of a paragraph", checked=True)
            yield from _check_next(paper, run, item)
        if run and item.nth < run[-1].nth:
            run.clear()
        run.append(item)
        for other in [key for key in runs if _is_ended_by(key, item)]:
            del runs[other]


def _find_numbered_lines(paper: Paper) -> Iterator[NumberedLine]:
    for number, text in enumerate(paper.lines, start=1):
        match = _NUMBER.match(text[:200])
        if match is None or _CONTENTS.search(text[:400]) or _UNITS.match(match[2]):
            continue
        parent, _, last = match[1].rpartition(".")
        if last.startswith("0") or parent.split(".")[0] == "0":
            continue  # 4.02 is an amount
        yield NumberedLine(parent, int(last), number, match.start(1), match.end(1), match[2].strip())


def _is_ended_by(parent: str, item: NumberedLine) -> bool:
    """Return whether a line ends another run: after 2.1, no earlier run of 3.x continues."""
    mine, other = [int(p) for p in item.parent.split(".")], [int(p) for p in parent.split(".")]
    return parent != item.parent and mine < other[: len(mine)] and item.nth == 1


def _is_repeated(run: list[NumberedLine], item: NumberedLine) -> bool:
    return run[-1].nth == item.nth and len(run) == 1 and item.line - run[-1].line < 40


def _check_next(paper: Paper, run: list[NumberedLine], item: NumberedLine) -> Iterator[Finding]:
    last = run[-1]
    counted = len(run) > 1 and run[-1].nth == run[-2].nth + 1
    if counted and last.nth + 1 < item.nth <= last.nth + 1 + FARTHEST:
        missing = [f"{item.parent}.{n}" for n in range(last.nth + 1, item.nth)]
        if not any(_is_printed_between(paper, number, last.line, item.line) for number in missing):
            names = " and ".join(missing)
            verb = "is" if len(missing) == 1 else "are"
            message = f"{last.number} is followed by {item.number}, so {names} {verb} missing."
            # a tagged PDF may leave a paragraph out of its reading order, so the gap is not proof
            yield _make_finding(
                paper, item, message, last, Severity.SUSPICIOUS if paper.form == "pdf" else Severity.ERROR
            )
    elif item.nth == last.nth and item.text != last.text and (counted or len(run) == 1):
        yield _make_finding(paper, item, f"The number {item.number} is used twice, here and on line {last.line}.", last)


def _is_printed_between(paper: Paper, number: str, first: int, last: int) -> bool:
    # a PDF may print "1. 9" or "1.1 1" for 1.9 and 1.11
    bare = re.compile(r"(?<![\d.])" + r"\s*".join(re.escape(sign) for sign in number) + r"(?!\d)")
    return any(bare.search(text) for text in paper.lines[first : last - 1])


def _make_finding(
    paper: Paper, item: NumberedLine, message: str, last: NumberedLine, severity: Severity = Severity.ERROR
) -> Finding:
    place = Place(paper.name, item.line, item.start, item.end, paper.find_page(item.line))
    before = Place(paper.name, last.line, last.start, last.end, paper.find_page(last.line))
    return Finding(RULE, severity, message, f"{item.number} {item.text}", place, evidence=(before,), weight=1)
