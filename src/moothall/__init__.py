"""Moothall: runs a council's committees and the evidence they scrutinise."""
