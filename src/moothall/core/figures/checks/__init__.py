"""The rules, one a file. ``rules`` lists them by name; a test fails when a module of this folder is not in the list.

A rule's module has

- ``RULE``: its id, kebab-case, never reused; ``ALIASES``: ids it had before;
- ``SEVERITY``: the gravest grade that it gives;
- a docstring: the first line states the rule; then what it means and its source; then examples, each a line
  ``Contradiction:`` or ``Agreement:`` followed by an indented paper in plain text (table columns divided by ``|``).
  The tests read every example and run the rule on it;
- ``check(paper)``, which yields its findings, and ``Observation(kind, checked)`` for each claim or relation that it
  met, for the coverage. It knows nothing of other rules: grouping, order and ids come after.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper


class Rule(Protocol):
    """The interface of a module in this folder."""

    __doc__: str | None
    RULE: str
    ALIASES: tuple[str, ...]
    SEVERITY: Severity

    def check(self, paper: Paper) -> Iterator[Finding | Observation] | Iterator[Finding]:
        """Yield the findings of the rule, and an ``Observation`` for each claim it met."""
        ...


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by id. Raise ``ValueError`` if two rules have the same id."""
    from moothall.core.figures.checks import (  # noqa: PLC0415 - each imports what is beside this package
        above_below,
        attachments,
        budget_variance,
        change_against_table,
        comparison_against_table,
        contact_numbers,
        date_order,
        dates,
        direction_against_table,
        faster_than,
        list_count,
        money_against_table,
        numbering,
        over_hundred,
        page_ranges,
        percent_of_amount,
        promised_sections,
        ranks,
        references,
        restated,
        same_series_twice,
        savings_not_counted,
        share_of_count,
        shared_denominator,
        stated_difference,
        stated_direction,
        stated_sum,
        successive_years,
        table_all,
        table_change,
        table_combined,
        table_copied,
        table_gap,
        table_percent,
        table_percent_range,
        table_share,
        table_threshold,
        table_total,
        value_against_table,
        words_and_figures,
    )

    listed = [
        above_below,
        attachments,
        budget_variance,
        change_against_table,
        comparison_against_table,
        contact_numbers,
        date_order,
        dates,
        direction_against_table,
        faster_than,
        list_count,
        money_against_table,
        numbering,
        over_hundred,
        page_ranges,
        percent_of_amount,
        promised_sections,
        ranks,
        references,
        restated,
        same_series_twice,
        savings_not_counted,
        share_of_count,
        shared_denominator,
        stated_difference,
        stated_direction,
        stated_sum,
        successive_years,
        table_all,
        table_change,
        table_combined,
        table_copied,
        table_gap,
        table_percent,
        table_percent_range,
        table_share,
        table_threshold,
        table_total,
        value_against_table,
        words_and_figures,
    ]
    found = [cast("Rule", each) for each in listed]
    ids = [one for rule in found for one in (rule.RULE, *rule.ALIASES)]
    if len(set(ids)) != len(ids):
        raise ValueError("two rules claim one id: " + ", ".join(sorted({i for i in ids if ids.count(i) > 1})))
    return tuple(sorted(found, key=lambda rule: rule.RULE))


def find_rule(name: str) -> Rule:
    """Return the rule with an id or alias. Raise ``KeyError`` with the known ids if there is none."""
    for each in load_rules():
        if name == each.RULE or name in each.ALIASES:
            return each
    raise KeyError(f"no rule {name!r}; there are " + ", ".join(each.RULE for each in load_rules()))
