"""Somebody at a browser, as the gate's tests have them."""

from tests.gate.conftest import administrator, anna, at, invited, member
from tests.running.conftest import installation

__all__ = ["administrator", "anna", "at", "installation", "invited", "member"]
