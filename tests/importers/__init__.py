"""Bringing in spreadsheets."""
