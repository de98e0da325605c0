"""Work on a deep stack: qpdf copies by recursion, and a hostile tree may be very deep."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Done = TypeVar("Done")

DEEP_STACK = 256 * 1024 * 1024  # enough for two million levels
# The size of stacks is a setting of the whole process, for threads that begin while it holds.
_SETTING = threading.Lock()


def with_deep_stack(work: Callable[[], Done]) -> Done:
    """Do ``work`` on a thread with a large stack, and wait for it."""
    done: Future[Done] = Future()
    thread = threading.Thread(target=_do, args=(work, done), name="binding")
    with _SETTING:
        before = threading.stack_size(DEEP_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    return done.result()


def _do(work: Callable[[], Done], done: Future[Done]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
        done.set_exception(error)
