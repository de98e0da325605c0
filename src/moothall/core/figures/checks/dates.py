"""A date must exist, fall on the printed weekday, and be in a year that the paper can mean.

The rule finds a day that its month does not have, a wrong weekday, and a year more than 75 years after the paper ("May
2104"). It also finds a year with one digit too many ("21014-15") and a short date that has no month ("21/13").

Contradiction:
    The meeting will be held on Tuesday 24 November 2014.

Contradiction:
    The guidance was published in May 2104 and the plan in June 2014.

Contradiction:
    The 21014-15 service plan is attached. It was agreed in March 2014.

Agreement:
    The meeting will be held on Monday 24 November 2014. The 2014-15 plan runs to March 2015.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import format_quantity
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Place, Quantity, Unit

RULE = "dates"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
LIFETIME: Final = 75
"""A year printed with a month is wrong if it is more than this number of years after the paper."""
_MONTHS: Final = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    "october|november|december"
)
_YEAR: Final = re.compile(r"(?<![\w.,£/-])(?:19|20)\d\d(?![\w%]|[.,]\d)")
_MONTH_YEAR: Final = re.compile(rf"\b(?:{_MONTHS})\.?,? (\d{{4}})(?![\d.,%])", re.IGNORECASE)
_JOINED: Final = re.compile(
    r"\b(?:in|since|during|for|between|from) (\d{4}) (?:and|to) (\d{4})(?![\d.,%])", re.IGNORECASE
)
_LONG: Final = re.compile(r"(?<![\w.,£/-])(\d{5})[-/](\d\d)(?![\d-])")
_SHORT: Final = re.compile(
    r"\b(?:date|deadline|by|until|before|on|closing|due|from) (\d{1,2})/(\d{1,2})(?![\d/%])", re.IGNORECASE
)
_WINDOW: Final = 4000  # the most characters of one line that are searched


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every date that is not possible."""
    for quantity in _find_dates(paper):
        if quantity.when and quantity.when.kind in ("day", "impossible day"):
            yield Observation("date", checked=True)
        yield from _check_day(quantity)
    usual = _find_usual_year(paper)
    for number, text in enumerate(paper.lines, start=1):
        if any(c.isdigit() for c in text[:_WINDOW]) or len(text) > _WINDOW:
            yield from _check_years(paper, number, text, usual)


def _find_dates(paper: Paper) -> Iterator[Quantity]:
    seen: set[tuple[int, int]] = set()
    cells = (c.quantity for t in paper.tables for c in t.find_value_cells() if c.quantity)
    for quantity in (*(q for s in paper.sentences for q in s.quantities), *cells):
        key = (quantity.place.line, quantity.place.start)
        if quantity.unit is Unit.PERIOD and key not in seen:
            seen.add(key)
            yield quantity


def _check_day(quantity: Quantity) -> Iterator[Finding]:
    when = quantity.when
    if when is None:
        return
    if when.kind == "impossible day":
        month = f"{when.first:%B %Y}"
        yield _make_finding(
            quantity.place,
            format_quantity(quantity),
            f"{format_quantity(quantity)} does not exist: {month} has {when.last.day} days.",
        )
    elif when.kind == "day" and when.weekday and when.weekday != f"{when.first:%A}".lower():
        printed, true = when.weekday.capitalize(), f"{when.first:%A}"
        date = f"{when.first.day} {when.first:%B %Y}"
        yield _make_finding(
            quantity.place,
            format_quantity(quantity),
            f"{date} was a {true}, not a {printed}.",
            computed=f"{date}: {true}",
        )


def _find_usual_year(paper: Paper) -> int:
    """Return the year that the paper prints most often, or 0 if it prints none."""
    years: Counter[int] = Counter()
    for text in paper.lines:
        years.update(int(match.group()) for match in _YEAR.finditer(text[:_WINDOW]))
    return years.most_common(1)[0][0] if years else 0


def _check_years(paper: Paper, line: int, text: str, usual: int) -> Iterator[Finding]:
    def place(match: re.Match[str], group: int = 0) -> Place:
        return Place(paper.name, line, match.start(group), match.end(group), paper.find_page(line))

    if usual:
        for match, group in (
            *((m, 1) for m in _MONTH_YEAR.finditer(text)),
            *((m, g) for m in _JOINED.finditer(text) for g in (1, 2)),
        ):
            year = int(match[group])
            if usual + LIFETIME < year < 3000 and str(year)[0] in "23":
                message = f"The year {year} is {year - usual} years after {usual}, the year this paper mentions most."
                yield _make_finding(place(match, group), match[group], message)
    for match in _LONG.finditer(text):
        meant = _remove_extra_digit(match[1], match[2])
        if meant is not None:
            message = f"{match.group()} is not a year. It has one digit too many to be {meant}-{match[2]}."
            yield _make_finding(place(match), match.group(), message)
    for match in _SHORT.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 and second > 12 and second != first + 1 and first <= 31:
            message = f"{match[1]}/{match[2]} is not a date, because neither {match[1]} nor {match[2]} can be a month."
            yield _make_finding(place(match), match.group(), message)


def _remove_extra_digit(digits: str, second: str) -> int | None:
    for nth in range(len(digits)):
        year = digits[:nth] + digits[nth + 1 :]
        if year[:2] in ("19", "20") and (int(year) + 1) % 100 == int(second):
            return int(year)
    return None


def _make_finding(place: Place, quote: str, message: str, computed: str = "") -> Finding:
    return Finding(RULE, SEVERITY, message, quote, place, computed=computed, weight=1)
