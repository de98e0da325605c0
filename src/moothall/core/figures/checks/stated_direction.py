"""A figure said to have risen or fallen "from ... to ..." must have gone that way.

"Narrowed" and "fell" are falls, "widened" and "rose" are rises. "Improved" is neither: some figures are better when
low. Figures printed with a sign are left alone, since a deficit may grow downwards. Handbook DAT-06.

Contradiction:
    The gap narrowed from 13% to 18%.

Contradiction:
    The number of referrals fell from 1,204 to 1,310 over the year.

Contradiction:
    The difference in writing was 24% in 2016/17. This had narrowed to 28.5% in 2017/18.

Contradiction:
    In 2015 88% had their immunisation up to date, up from 93% in 2013.

Agreement:
    The gap narrowed from 18% to 13%.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.changes import RISES, Change, changes, follow_up
from moothall.core.figures.claims.figure_values import said
from moothall.core.figures.claims.mentions import Line, lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Place

RULE = "stated-direction"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every change whose figures go the other way than its word."""
    last: Line | None = None
    for line in lines(paper, figures=1):
        for change in changes(line):
            if change.way:
                yield Seen("direction in a sentence", checked=True)
            if change.way and _wrong(change):
                ends = sorted((change.old, change.new), key=lambda spot: spot.start)
                yield _finding(change, line.place(*ends), line.quote(*ends))
        if last and last.sentence.passage is line.sentence.passage:
            change_ = follow_up(last, line)
            if change_ and _wrong(change_):
                yield _finding(change_, line.place(change_.new), said(change_.new.quantity), last)
        last = line


def _wrong(change: Change) -> bool:
    old, new = change.old.quantity, change.new.quantity
    if old.signed or new.signed or old.value == new.value:
        return False
    if RISES[change.way]:
        return new.interval.high <= old.interval.low
    return new.interval.low >= old.interval.high


def _finding(change: Change, place: Place, quote: str, before: Line | None = None) -> Finding:
    old, new = said(change.old.quantity), said(change.new.quantity)
    went = "fell" if RISES[change.way] else "rose"
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f'The text says "{change.word}"; from {old} to {new} it {went}.',
        quote=quote,
        place=place,
        evidence=(before.place(change.old),) if before else (),
        computed=f"{new} {'<' if RISES[change.way] else '>'} {old}",
        weight=3,
    )
