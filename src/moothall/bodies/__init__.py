"""Councils at work: bodies, seats, memberships, political balance, outside bodies."""
