"""What the log keeps of an unexpected error: where it happened, never the values it happened with.

Messages of exceptions, local variables, addresses and forms hold personal data and links that sign people in.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType

from django.http import HttpRequest

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Digits and letters that are hard to confuse when read aloud, without vowels so that they spell nothing."""
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def request_number(request: HttpRequest) -> str:
    """Return the number by which a user and the log name one request, such as "K7QX-2MPD"."""
    if not hasattr(request, "moothall_number"):
        drawn = "".join(secrets.choice(SIGNS) for _ in range(8))
        request.moothall_number = f"{drawn[:4]}-{drawn[4:]}"  # type: ignore[attr-defined]
    number: str = request.moothall_number  # type: ignore[attr-defined]
    return number


def describe(error: BaseException | None) -> Iterator[str]:
    """Yield the class of an exception and the lines it passed, outermost first; then the same of what caused it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame, line in walk_tb(error.__traceback__):
            yield f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class WithoutValues(logging.Formatter):
    """Writes the traceback of a log record without messages and values."""

    def format(self, record: logging.LogRecord) -> str:
        """Ignore a traceback that another formatter has left on the record."""
        record.exc_text = None
        text = super().format(record)
        record.exc_text = None  # nor is ours for others
        return text

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name in logging
        """Return class and places, a line each."""
        return "\n".join(describe(ei[1]))


class FaultLine(logging.Formatter):
    """Writes what Django logs of a failed request as one line of JSON. Django's own message names the path."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the number, the pattern of the address, and the error's class and places."""
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        line = {
            "fault": request_number(request) if isinstance(request, HttpRequest) else None,
            "method": getattr(request, "method", None),
            "route": match.route if match else None,
            "trace": list(describe(record.exc_info[1])) if record.exc_info else [],
        }
        return json.dumps(line)
