"""Answers kept in the memory of a process, the least asked for given up first. No HTTP, no database."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

OVERHEAD = 2000
"""Bytes that an answer takes beside its body: headers, key, route."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its headers (with its tag), its body, and which route gave it.

    Without a body it is only known that the page with this tag is there: enough to say that it has not changed.
    """

    tag: str
    headers: dict[str, str]
    body: bytes | None
    route: Any

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body or b"") + OVERHEAD


class Shelf:
    """Holds answers of up to ``limit`` bytes together; none of more than a sixteenth of that. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, and give up others until there is room."""
        if kept.size > self.limit // 16:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = kept
            self.size += kept.size - (before.size if before else 0)
            while self.size > self.limit:
                self.size -= self._kept.popitem(last=False)[1].size

    def clear(self) -> None:
        """Give up everything."""
        with self._lock:
            self._kept.clear()
            self.size = 0
