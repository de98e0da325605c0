"""A figure said to have risen or fallen "from ... to ..." must have gone that way.

"Narrowed" and "fell" are falls, "widened" and "rose" are rises. "Improved" is neither: some figures are better when
low. Figures printed with a sign are left alone, since a deficit may grow downwards. Handbook DAT-06.

Contradiction:
    The gap narrowed from 13% to 18%.

Contradiction:
    The number of referrals fell from 1,204 to 1,310 over the year.

Agreement:
    The gap narrowed from 18% to 13%.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.changing import RISES, Change, changes
from moothall.core.figures.claims.kinds import said
from moothall.core.figures.claims.spans import Line, lines
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Paper

RULE = "stated-direction"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every change whose figures go the other way than its word."""
    for line in lines(paper, figures=2):
        for change in changes(line):
            if change.way and _wrong(change):
                yield _finding(line, change)


def _wrong(change: Change) -> bool:
    old, new = change.old.quantity, change.new.quantity
    if old.signed or new.signed or old.value == new.value:
        return False
    if RISES[change.way]:
        return new.interval.high <= old.interval.low
    return new.interval.low >= old.interval.high


def _finding(line: Line, change: Change) -> Finding:
    old, new = said(change.old.quantity), said(change.new.quantity)
    went = "fell" if RISES[change.way] else "rose"
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f'The sentence says "{change.word}" from {old} to {new}; from {old} to {new} it {went}.',
        quote=line.quote(change.old, change.new),
        place=line.place(change.old, change.new),
        computed=f"{new} {'<' if RISES[change.way] else '>'} {old}",
        weight=3,
    )
