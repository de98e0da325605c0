"""Somebody at a browser, as the gate's tests have them."""

from tests.permissions.conftest import administrator, anna, at, invited, member
from tests.server.conftest import installation

__all__ = ["administrator", "anna", "at", "installation", "invited", "member"]
