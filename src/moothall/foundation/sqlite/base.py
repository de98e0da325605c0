"""Django looks for its database backend in a module of this name.

Whoever finds SQLite's lock taken looks again later and later, in the end ten times a second. Where several processes
write without a pause, the one that has waited longest so has the least chance, and may get no turn within its twenty
seconds ("database is locked"). Here everybody keeps looking as often as those who came just now.
"""

from __future__ import annotations

import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

PATIENCE = 20.0
"""Seconds for which a transaction waits for its turn."""
A_TURN = 50
"""Milliseconds after which SQLite is asked anew: its first looks are 1, 2, 5, 10 and 15 ms apart."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins its transactions with even chances."""

    def _start_transaction_under_autocommit(self) -> None:
        until = time.monotonic() + PATIENCE
        self._wait_at_most(A_TURN)
        try:
            while not self._begun(until):
                pass
        finally:
            self._wait_at_most(int(PATIENCE * 1000))

    def _begun(self, until: float) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            return False
        return True

    def _wait_at_most(self, milliseconds: int) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
