"""A share of people or places cannot be more than 100%.

The words after the percentage must say that it is a share of a number of people or places. A percentage of a target, a
budget or an earlier figure may be more.

Contradiction:
    In all 105.4% of children were offered one of their preferences.

Agreement:
    In all 98.4% of children were offered one of their preferences. Spending was 105% of the budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import format_quantity
from moothall.core.figures.claims.mentions import find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
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


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every share of people above 100%."""
    for text in find_sentences(paper):
        for mention in text.list_amounts():
            share = mention.quantity.unit is Unit.PERCENT and mention.quantity.role is Role.VALUE
            of_people = share and _OF_PEOPLE.match(text.get_text_after(mention, 60))
            if of_people:
                yield Observation("share of people", checked=True)
            if of_people and mention.quantity.value > 100 and not _MORE.search(text.low):
                message = (
                    f"{format_quantity(mention.quantity)} of a group of people or places is more than the whole group."
                )
                yield Finding(
                    RULE, SEVERITY, message, format_quantity(mention.quantity), text.locate(mention), weight=2
                )
