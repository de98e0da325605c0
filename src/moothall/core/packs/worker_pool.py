"""Worker processes that make papers on all processors.

Reading, setting and folding a paper hold Python's lock, so threads would wait for each other.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, connection, get_context, parent_process
from pathlib import Path

_THREADS = Path("/proc/self/task")


def may_fork() -> bool:
    """Return whether this process has one thread only, also of libraries; False where the system does not tell.

    A forked process never gets a lock that another thread held.
    """
    try:
        return sum(1 for _ in _THREADS.iterdir()) == 1
    except OSError:  # not Linux
        return False


@contextmanager
def open_process_pool(tasks: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of forked workers for so many tasks, one for each processor at the most.

    Only where ``may_fork()``: forked workers begin at once, while new ones would first load every library again.
    """
    workers = min(tasks, os.cpu_count() or 1)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_start_worker)
    try:
        yield pool
    except OSError:
        # The system has no further process for us. The pool does not end those that it has started already.
        for worker in active_children():
            worker.kill()
            worker.join()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent was killed: it would wait for further tasks for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
