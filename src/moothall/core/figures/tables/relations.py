"""Relations: a printed figure that should be the sum of others, and the cells that could correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moothall.core.figures.findings import Finding, Repair, Severity
from moothall.core.figures.intervals import Interval, sum_intervals
from moothall.core.figures.model import Quantity
from moothall.core.figures.tables.arithmetic import Balance, compare_to_terms, format_value
from moothall.core.figures.tables.rounding import find_common_grid, widen_to_grid
from moothall.core.figures.tables.views import Figure


@dataclass(frozen=True, slots=True)
class Relation:
    """A printed figure that should be the sum of ``terms``, each with its sign. ``absolute`` ignores the sign."""

    printed: Figure
    terms: tuple[tuple[int, Figure], ...]
    absolute: bool = False

    def apply_common_grid(self) -> Relation:
        """Return the relation with its figures on their common grid, if they have one."""
        grid = find_common_grid([self.printed.quantity, *(figure.quantity for _, figure in self.terms)])
        if not grid:
            return self
        terms = tuple((sign, Figure(f.cell, widen_to_grid(f.quantity, grid))) for sign, f in self.terms)
        printed = Figure(self.printed.cell, widen_to_grid(self.printed.quantity, grid))
        return Relation(printed, terms, self.absolute)

    def compare_to_sum(self) -> Balance:
        """Compare the printed figure with the sum, within rounding."""
        terms = [(sign, figure.quantity) for sign, figure in self.terms]
        return compare_to_terms(self.printed.quantity, terms, absolute=self.absolute)

    def find_repairs(self) -> tuple[Repair, ...]:
        """Return for each cell the values for which the relation holds if the others stay."""
        sums = [figure.quantity.interval if sign > 0 else -figure.quantity.interval for sign, figure in self.terms]
        result = self.printed.quantity.interval
        whole = sum_intervals(sums)
        if self.absolute:
            whole, result = abs(whole), abs(result)
            if sum_intervals(sums).high <= 0:
                result = -result
        mends = [Repair(self.printed.cell.place, whole)]
        summed = sum_intervals(sums)
        for (sign, figure), own in zip(self.terms, sums, strict=True):
            rest = Interval(summed.low - own.low, summed.high - own.high)
            needed: Interval = result - rest
            mends.append(Repair(figure.cell.place, needed if sign > 0 else -needed))
        return tuple(mends)

    def format_computation(self, balance: Balance) -> str:
        """Return the arithmetic as text: ``89 - 79 = 10, printed 14``."""
        like: Quantity = self.printed.quantity
        ordered = list(self.terms)
        if self.absolute:
            ordered.sort(key=lambda term: abs(term[1].quantity.value), reverse=True)
        texts = [figure.quantity.text for _, figure in ordered]
        if self.absolute:
            sides = " - ".join(texts)
        else:
            signs = ["" if sign > 0 else "- " for sign, _ in ordered]
            sides = " + ".join(f"{sign}{text}" for sign, text in zip(signs, texts, strict=True)).replace("+ - ", "- ")
            if len(texts) > 8:
                sides = f"{texts[0]} + {texts[1]} + … + {texts[-1]} ({len(texts)} figures)"
        return f"{sides} = {format_value(balance.expected / like.scale, like)}, printed {like.text}"

    def make_finding(self, *, rule: str, message: str, balance: Balance, reading: str) -> Finding:
        """Return the finding that the relation does not hold."""
        return Finding(
            rule=rule,
            severity=balance.verdict or Severity.ROUNDING,
            message=message,
            quote=self.printed.cell.text,
            place=self.printed.cell.place,
            evidence=tuple(figure.cell.place for _, figure in self.terms),
            computed=self.format_computation(balance),
            readings=(reading,),
            repairs=() if balance.holds else self.find_repairs(),
        )


def join_labels(parts: Sequence[str]) -> str:
    """Return the labels of a path for a sentence, or ""."""
    return ", ".join(part for part in parts if part)
