"""Moothall: runs a council's committees and the evidence they scrutinise."""

__version__ = "0.1.0"
