"""More hands: work shared out between this process and others that are forked from it.

Reading papers, forming them and folding them hold Python's lock, so that threads would wait for each other.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

# The numbers of so many pieces fit into a pipe whatever its size; more are not shared out.
MOST = 2000
_NUMBER = struct.Struct("=H")
_THREADS = Path("/proc/self/task")


def may_share(count: int) -> bool:
    """Whether ``count`` pieces of work can be shared out: there is a processor to spare, and no other thread here.

    In a forked process nobody would ever give up a lock that another thread holds.
    """
    if not 1 < count <= MOST or (os.cpu_count() or 1) < 2:
        return False
    try:
        return sum(1 for _ in _THREADS.iterdir()) == 1
    except OSError:  # not Linux
        return False


def share_out(count: int, do: Callable[[int], Any], told: Callable[[int], None]) -> dict[int, Any]:
    """What ``do`` gives for each number below ``count``, as JSON holds it, by number.

    Each number is done once, by whichever process is free. What gives None, or was in the hands of a process that
    died, is missing. ``told`` is called here with how many are done.
    """
    waiting = _queue(count)
    done = mmap.mmap(-1, count)
    helpers: list[tuple[int, IO[bytes]]] = []
    found: dict[int, Any] = {}
    try:
        with suppress(OSError):  # no more processes, or no room for what they tell: fewer hands
            helpers.extend(_helper(waiting, done, do) for _ in range(min(count, os.cpu_count() or 1) - 1))
        for at in _numbers(waiting):
            found[at] = do(at)
            done[at] = 1
            told(done[:].count(1))
        while helpers:
            process, telling = helpers[-1]
            os.waitpid(process, 0)
            helpers.pop()
            found |= _read(telling)
    except BaseException:
        _stop(helpers)
        raise
    finally:
        os.close(waiting)
        done.close()
    return {at: value for at, value in found.items() if value is not None}


def _queue(count: int) -> int:
    """A pipe in which the numbers wait; whoever reads one has it."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
    os.close(writing)
    return reading


def _numbers(waiting: int) -> Iterator[int]:
    while number := os.read(waiting, _NUMBER.size):
        yield _NUMBER.unpack(number)[0]


def _helper(waiting: int, done: mmap.mmap, do: Callable[[int], Any]) -> tuple[int, IO[bytes]]:
    """A process that works along, and the file in which it tells what it found."""
    telling = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    here = os.getpid()
    process = os.fork()
    if process == 0:
        with suppress(BaseException):  # nothing may escape into the code of this process
            for at in _numbers(waiting):
                telling.write(json.dumps([at, do(at)]).encode() + b"\n")
                telling.flush()
                done[at] = 1
                if os.getppid() != here:
                    break
        os._exit(0)
    return process, telling


def _read(telling: IO[bytes]) -> dict[int, Any]:
    """What a helper told; a line that it did not finish is nothing."""
    with telling:
        telling.seek(0)
        return dict(json.loads(line) for line in telling if line.endswith(b"\n"))


def _stop(helpers: list[tuple[int, IO[bytes]]]) -> None:
    for process, telling in helpers:
        telling.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
