"""The grid to which the figures of a table were rounded, inferred from the figures.

Statistics are often rounded to 5, 10 or 100 to protect people, some to 3. Spreadsheets print zeros that were never
measured. In both cases the interval of a figure is wider than its last digit suggests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from moothall.core.figures.model import Cell, Quantity, Unit

FEWEST: Final = 10
"""The fewest figures on a grid before it is accepted."""
ALMOST_ALL: Final = Fraction(9, 10)
"""The share of figures that must be on the grid, so that one or two errors do not hide it."""
BY_CHANCE: Final = 500
"""The odds against a few figures being on a grid by chance must be this number to one."""
_COARSE: Final = (1000, 500, 100, 50, 10, 5, 3)


def find_grid(values: Iterable[Quantity]) -> Fraction:
    """Return the coarsest grid for almost all of the figures, or 0 if they are too few or have no grid.

    The grid may be finer than the steps of the figures. It then says nothing. It is in the unit of the values.
    """
    found = [q for q in values if q.value]
    if len(found) < FEWEST:
        return Fraction(0)
    finest = min((q.step / q.scale for q in found if q.step), default=Fraction(1))
    finest = min(finest, Fraction(1))
    # Use integers of the finest step: remainders of fractions would take most of the time for a large table.
    numbers = [abs(q.value / q.scale / finest) for q in found]
    if any(number.denominator != 1 for number in numbers):
        return Fraction(0)
    whole = [int(number) for number in numbers]
    grids = (*map(Fraction, _COARSE), *_list_decimal_grids(finest))
    return next((grid for grid in grids if _are_on_grid(whole, grid, int(grid / finest))), Fraction(0))


def _list_decimal_grids(finest: Fraction) -> list[Fraction]:
    """Return 1, 1/10, 1/100 and so on, down to but not including the finest printed step."""
    grids, grid = [], Fraction(1)
    while grid > finest:
        grids.append(grid)
        grid /= 10
    return grids


def _are_on_grid(numbers: Sequence[int], grid: Fraction, step: int) -> bool:
    """Return whether almost all numbers are multiples of ``step``, and enough of them are different."""
    on = [number for number in numbers if number % step == 0]
    needed = ALMOST_ALL if grid >= 3 else Fraction(1)
    return len(on) >= needed * len(numbers) and len(set(on)) * 2 >= FEWEST


def find_export_step(values: Iterable[Quantity]) -> Fraction:
    """Return the step of figures with trailing zeros from an export, or 0 if they have none.

    Four in five must have the same number of decimals, 4 or more. A tenth of those must end in two zeros; of measured
    figures, one in a hundred would.
    """
    found = [(q.value / q.scale, q.step / q.scale) for q in values]
    step = Counter(step for _, step in found).most_common(1)[0][0] if len(found) >= FEWEST else Fraction(1)
    fine = [value for value, own in found if own == step]
    if not step or step > Fraction(1, 10**4) or len(fine) * 5 < len(found) * 4:
        return Fraction(0)
    return step if sum(value % (100 * step) == 0 for value in fine) * 10 >= len(fine) else Fraction(0)


def trim_step(quantity: Quantity, idle: Fraction) -> Quantity:
    """Return a quantity of step ``idle`` with the step of its last decimal that is not zero, or 1 if none is."""
    step, value = Fraction(1), quantity.value / quantity.scale
    if quantity.step != idle * quantity.scale:
        return quantity
    while value % step and step > idle:
        step /= 10
    return replace(quantity, step=step * quantity.scale)


def find_common_grid(figures: Sequence[Quantity]) -> Fraction:
    """Return the grid that a few figures share and would rarely share by chance, or 0."""
    numbers = {abs(q.value) / q.scale for q in figures if q.value}
    for grid in map(Fraction, _COARSE[:-1]):
        if all(number % grid == 0 for number in numbers):
            return grid if grid ** len(numbers) >= BY_CHANCE else Fraction(0)
    return Fraction(0)


def widen_to_grid(quantity: Quantity, grid: Fraction) -> Quantity:
    """Return the quantity with its step widened to the grid, if its value is on it."""
    step = grid * quantity.scale
    if step <= quantity.step or quantity.unit is Unit.PERIOD or quantity.value % step:
        return quantity
    return replace(quantity, step=step) if step != 1 else quantity


def apply_grids(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows with every step widened to the grid of its column, or of the table for short columns."""
    figures = [cell for row in rows for cell in row if cell.quantity]
    idle = find_export_step(cell.quantity for cell in figures if cell.quantity)
    if idle:
        rows = [tuple(_trim_cell(cell, idle) for cell in row) for row in rows]
        figures = [cell for row in rows for cell in row if cell.quantity]
    whole = find_grid(cell.quantity for cell in figures if cell.quantity)
    columns: dict[int, Fraction] = {}
    for column in {cell.column for cell in figures}:
        own = [cell.quantity for cell in figures if cell.column == column and cell.quantity]
        columns[column] = find_grid(own) if len(own) >= FEWEST else whole
    if not any(columns.values()):
        return tuple(rows)
    return tuple(tuple(_widen_cell(cell, columns.get(cell.column, Fraction(0))) for cell in row) for row in rows)


def _trim_cell(cell: Cell, idle: Fraction) -> Cell:
    return replace(cell, quantity=trim_step(cell.quantity, idle)) if cell.quantity else cell


def _widen_cell(cell: Cell, grid: Fraction) -> Cell:
    if cell.quantity is None or not grid:
        return cell
    return replace(cell, quantity=widen_to_grid(cell.quantity, grid))
