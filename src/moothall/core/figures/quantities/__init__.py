"""Figures in texts and table cells, as exact quantities with unit, role and hedge."""

from moothall.core.figures.quantities.cells import find_unit, read_cell
from moothall.core.figures.quantities.scanner import find_quantities

__all__ = ["find_quantities", "find_unit", "read_cell"]
