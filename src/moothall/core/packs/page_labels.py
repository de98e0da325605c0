"""The page map: which printed number every page of a pack bears. Pure arithmetic.

Each paper starts on an odd page (a right-hand page when printed on both sides); the page left over is blank and
numbered (PCK-01). A re-issue never renumbers: pages already published keep their labels, and what is put in
between takes letters, 21a and 21b, so that "page 21" in a member's notes stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, groupby


class Series(StrEnum):
    """Which run of numbers a span's pages are counted in."""

    MAIN = "main"  # 1, 2, 3
    FRONT = "front"  # i, ii, iii: letters and agenda of a council that counts from its first paper
    EXEMPT = "exempt"  # E1, E2: exempt papers, and whatever else only members are given


@dataclass(frozen=True, slots=True)
class Span:
    """Something with pages that stands together: a paper, the front matter, a sheet."""

    key: str
    pages: int
    series: Series = Series.MAIN


@dataclass(frozen=True, slots=True)
class Placed:
    """A span with the labels of its pages, and of the blank pages that follow it."""

    key: str
    labels: tuple[str, ...]
    blanks: tuple[str, ...] = ()

    @property
    def all_labels(self) -> tuple[str, ...]:
        """Labels of its pages and blanks, in order."""
        return self.labels + self.blanks


def lay_out(spans: Iterable[Span], *, start: int = 1, exempt_start: int = 1) -> tuple[Placed, ...]:
    """Number ``spans`` in order; main pages count from ``start``, exempt ones from ``exempt_start`` (made odd)."""
    starts = {Series.MAIN: start, Series.FRONT: 1, Series.EXEMPT: exempt_start}
    runs = {series: count(number + 1 - number % 2) for series, number in starts.items()}
    return tuple(_next(span, runs[span.series]) for span in spans)


def _next(span: Span, numbers: Iterator[int]) -> Placed:
    labels = tuple(_label(span.series, next(numbers)) for _ in range(span.pages + span.pages % 2))
    return Placed(span.key, labels[: span.pages], labels[span.pages :])


def _label(series: Series, number: int) -> str:
    if series is Series.FRONT:
        return roman(number)
    return f"E{number}" if series is Series.EXEMPT else str(number)


def lay_out_again(
    spans: Sequence[Span],
    before: Sequence[Placed],
    *,
    start: int = 1,
    exempt_start: int = 1,
    retired: Iterable[str] = (),
) -> tuple[Placed, ...]:
    """Number the ``spans`` of a re-issue, where ``before`` was published.

    A span published before keeps its labels; pages that it no longer needs become blank pages under their old
    labels, and pages that it needs beyond them take letters after its last label. A new span takes letters after
    the span before it. Each span keeps an even number of pages. Labels in ``retired`` are not used again. A series
    that ``before`` did not have begins at ``start`` or ``exempt_start`` (made odd). New labels are always of the span's
    own series, whatever labels it keeps: those of an exempt paper that was public once are no matter of the public.
    """
    old = {placed.key: placed for placed in before}
    starts = {Series.MAIN: start, Series.FRONT: 1, Series.EXEMPT: exempt_start}
    used = {label for placed in before for label in placed.all_labels}.union(retired)
    out: list[Placed] = []
    for span in spans:
        kept = old[span.key].all_labels if span.key in old else ()
        after = _last(kept, span.series) or _last_before(span, spans, out, old)
        more = _letters(after, used) if after else _numbers(span.series, used, starts[span.series])
        out.append(_fit(span, kept, more))
        used.update(out[-1].all_labels)
    return tuple(out)


def lengthen(placed: Placed, pages: int, taken: Iterable[str]) -> Placed:
    """``placed`` with room for ``pages`` pages; those beyond its own take letters that are not ``taken``."""
    return _fit(Span(placed.key, pages), placed.all_labels, _letters(placed.all_labels[-1], set(taken)))


def _fit(span: Span, kept: tuple[str, ...], more: Iterator[str]) -> Placed:
    wanted = span.pages + span.pages % 2
    labels = kept + tuple(next(more) for _ in range(wanted - len(kept)))
    return Placed(span.key, labels[: span.pages], labels[span.pages :])


def _last_before(span: Span, spans: Sequence[Span], out: Sequence[Placed], old: dict[str, Placed]) -> str | None:
    """The last label of the nearest span before, in the same series; None where a new series begins.

    What is put in front of page 21 follows on from page 20; what is put in front of page 1, from a page 0 that never
    was: 0a, 0b.
    """
    for placed, other in zip(reversed(out), reversed(spans[: len(out)]), strict=True):
        if other.series is span.series and (last := _last(placed.all_labels, span.series)):
            return last
    here = [label for placed in old.values() for label in placed.all_labels if series_of(label) is span.series]
    if span.series is Series.FRONT:
        return "o" if here else None
    before = [number_of(label) - label[-1].isdecimal() for label in here]
    return _label(span.series, min(before)) if before else None


def _last(labels: Sequence[str], series: Series) -> str | None:
    return next((label for label in reversed(labels) if series_of(label) is series), None)


def _numbers(series: Series, used: set[str], start: int) -> Iterator[str]:
    labels = (_label(series, number) for number in count(start + 1 - start % 2))
    return (label for label in labels if label not in used)


def _letters(after: str, used: set[str]) -> Iterator[str]:
    """21 is followed by 21a, 21b; 21b by 21c; whatever is used already is passed over."""
    stem = re.sub(r"(?<=\d)[a-z]+$", "", after)
    for number in count(1):
        if (label := stem + letters(number)) not in used:
            yield label


def series_of(label: str) -> Series:
    """The series that a printed label belongs to."""
    if re.match(r"\d", label):
        return Series.MAIN
    return Series.EXEMPT if label.startswith("E") else Series.FRONT


def number_of(label: str) -> int:
    """The whole number in a label of the main or the exempt series: 21 of "21", "21a" and "E21"."""
    return int(label.strip("Eabcdefghijklmnopqrstuvwxyz"))


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """``number`` (1 to 399) in small roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def page_range(labels: Sequence[str]) -> str:
    """How a run of pages is named on an agenda: "Pages 9 - 20", "Page 5", "Pages 9 - 10, E1 - E2"."""
    runs = [list(run) for _, run in groupby(labels, series_of)]
    named = ", ".join(run[0] if len(run) == 1 else f"{run[0]} - {run[-1]}" for run in runs)
    return f"Page {named}" if len(labels) == 1 else f"Pages {named}"
