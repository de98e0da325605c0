"""Figures in text and in table cells, as exact quantities with unit, role, hedge and readings."""

from moothall.core.figures.quantities.cells import read_cell, unit_of
from moothall.core.figures.quantities.scanner import scan

__all__ = ["read_cell", "scan", "unit_of"]
