"""A saving that its row says is deleted or only partly achievable should not be counted in full.

The rule reads rows of savings and budget tables. The comment says that only part of a saving "is achievable", or that
it "has been deleted", "withdrawn" or "will not be delivered", but the row prints the whole sum. The table may show
what was approved, so this is suspicious, not wrong. Handbook FIN-02.

Contradiction:
    Saving £000 | How saving to be achieved | Update
    100 | Management restructure | Only £50k of this saving is achievable
    60 | Postage | On track

Agreement:
    Saving £000 | How saving to be achieved | Update
    50 | Management restructure | Only £50k of this saving is achievable
    60 | Postage | On track
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from moothall.core.figures.claims.figure_values import format_number, format_quantity
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Cell, Paper, Quantity, Table, Unit
from moothall.core.figures.quantities import find_quantities

RULE = "savings-not-counted"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
_PARTLY: Final = re.compile(
    r"\bonly (£[\d.,]+ ?(?:k|m|bn)?)[^.]{0,60}\b(?:achievable|deliverable|achieved|delivered|realised)\b", re.IGNORECASE
)
_GONE: Final = re.compile(
    r"\b(?:saving|savings|proposal|reduction)s?\b[^.]{0,40}\b(?:has|have) (?:now )?been (?:deleted|withdrawn|removed)\b"
    r"|\b(?:saving|savings) will not be (?:achieved|delivered|made)\b",
    re.IGNORECASE,
)


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every row that counts a saving that its comment withdraws."""
    for table in paper.tables:
        for row in table.body_rows:
            sums = [c for c in table.rows[row] if c.quantity and c.quantity.unit is Unit.MONEY and c.quantity.value]
            if len(sums) == 1:
                yield from _check_row(table, row, sums[0])


def _check_row(table: Table, row: int, cell: Cell) -> Iterator[Finding]:
    assert cell.quantity is not None
    for other in table.rows[row]:
        text = other.text[:4000]
        partly = _PARTLY.search(text)
        if partly and (part := _read_money(partly[1])) is not None and part.value < abs(cell.quantity.value):
            message = (
                f"The comment says only {format_quantity(part)} of the saving is achievable, "
                f"but the row counts £{format_number(cell.quantity.value)}."
            )
            yield _make_finding(cell, other, partly, message)
        elif (gone := _GONE.search(text)) is not None:
            message = (
                f"The comment says the saving has been dropped, "
                f"but the row counts £{format_number(cell.quantity.value)}."
            )
            yield _make_finding(cell, other, gone, message)


def _read_money(text: str) -> Quantity | None:
    found = [
        quantity for quantity in find_quantities(text) if quantity.unit is Unit.MONEY and quantity.value > Fraction(0)
    ]
    return found[0] if found else None


def _make_finding(cell: Cell, comment: Cell, match: re.Match[str], message: str) -> Finding:
    return Finding(
        RULE, SEVERITY, message, match.group(), comment.place, evidence=(cell.place,), computed=cell.text, weight=3
    )
