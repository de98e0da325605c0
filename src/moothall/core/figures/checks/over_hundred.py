"""A share of people or places cannot be more than 100%, nor less than nothing.

Only where the words after the percentage say that it is a share of a number of people or places. A percentage of a
target, a budget or last year's figure may be more.

Contradiction:
    In all 105.4% of children were offered one of their preferences.

Agreement:
    In all 98.4% of children were offered one of their preferences. Spending was 105% of the budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import said
from moothall.core.figures.claims.mentions import lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Role, Unit

RULE = "over-hundred"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_OF_PEOPLE: Final = re.compile(
    r"\s*of (?:the |all |our |all the |these |those )?(?:\w+ ){0,2}"
    r"(?:children|pupils|people|residents|students|families|households|schools|homes|staff|"
    r"patients|learners|applicants|respondents|adults|parents|tenants|members)\b"
)
_MORE: Final = re.compile(r"\b(?:increase|rise|growth|more|capacity|target|occupancy|compared|as many)\b")


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every share of people that is more than all of them."""
    for line in lines(paper):
        for spot in line.amounts():
            share = spot.quantity.unit is Unit.PERCENT and spot.quantity.role is Role.VALUE
            of_people = share and _OF_PEOPLE.match(line.after(spot, 60))
            if of_people:
                yield Seen("share of people", checked=True)
            if of_people and spot.quantity.value > 100 and not _MORE.search(line.low):
                message = f"{said(spot.quantity)} of a number of people or places is more than all of them."
                yield Finding(RULE, SEVERITY, message, said(spot.quantity), line.place(spot), weight=2)
