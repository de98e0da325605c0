"""Somebody at a browser, as the gate's tests have them."""

from tests.gate.conftest import administrator, anna, at, invited, member

__all__ = ["administrator", "anna", "at", "invited", "member"]
