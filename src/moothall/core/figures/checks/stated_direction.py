"""A figure that is said to have risen or fallen "from ... to ..." must have gone that way.

"Narrowed" and "fell" are falls, "widened" and "rose" are rises. "Improved" is neither, because some figures are better
when low. The rule does not check figures printed with a sign, because a deficit may grow downwards. Handbook DAT-06.

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

from moothall.core.figures.claims.changes import RISES, Change, find_changes, find_follow_up
from moothall.core.figures.claims.figure_values import format_quantity
from moothall.core.figures.claims.mentions import SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Place

RULE = "stated-direction"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every change whose figures contradict its word."""
    last: SentenceText | None = None
    for text in find_sentences(paper, figures=1):
        for change in find_changes(text):
            if change.way:
                yield Observation("direction in a sentence", checked=True)
            if change.way and _is_wrong(change):
                ends = sorted((change.old, change.new), key=lambda mention: mention.start)
                yield _make_finding(change, text.locate(*ends), text.quote_text(*ends))
        if last and last.sentence.passage is text.sentence.passage:
            follow_up = find_follow_up(last, text)
            if follow_up and _is_wrong(follow_up):
                yield _make_finding(
                    follow_up, text.locate(follow_up.new), format_quantity(follow_up.new.quantity), last
                )
        last = text


def _is_wrong(change: Change) -> bool:
    old, new = change.old.quantity, change.new.quantity
    if old.signed or new.signed or old.value == new.value:
        return False
    if RISES[change.way]:
        return new.interval.high <= old.interval.low
    return new.interval.low >= old.interval.high


def _make_finding(change: Change, place: Place, quote: str, before: SentenceText | None = None) -> Finding:
    old, new = format_quantity(change.old.quantity), format_quantity(change.new.quantity)
    went = "fell" if RISES[change.way] else "rose"
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f'The text says "{change.word}", but the figure {went} from {old} to {new}.',
        quote=quote,
        place=place,
        evidence=(before.locate(change.old),) if before else (),
        computed=f"{new} {'<' if RISES[change.way] else '>'} {old}",
        weight=3,
    )
