"""The reading process: takes jobs on standard input and does each in a forked child of its own.

A hostile PDF can crash, hang or fill the memory only of the child that reads it. This process has the libraries
loaded already, so a child costs milliseconds to start. A job is one JSON line, its answer is one JSON line on
standard output. When standard input ends, the running child is killed and the process ends: nothing outlives the
one who asked.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from typing import Any

from moothall.core.pdf.reader import process_jobs
from moothall.core.pdf.repair.fonts import get_ready

# The largest answer is the text of some thousands of pages; a child that writes more is out of order.
LONGEST_ANSWER = 256 << 20
_PR_SET_PDEATHSIG = 1

TOO_LONG = (
    "{paper} takes too long to read; it is very complex, or made to do harm. Ask the author to print it to a new PDF, "
    "or for it in parts."
)
TOO_MUCH = (
    "{paper} needs more memory to read than a paper may take; it is very complex, or made to do harm. Ask the author "
    "to print it to a new PDF, or for it in parts."
)


def main() -> None:
    """Serve jobs until standard input ends."""
    get_ready()
    gc.freeze()  # a child that looked for garbage among the libraries would copy them, page by page
    if sys.platform == "linux":
        _die_with_parent()
    while line := sys.stdin.buffer.readline():
        answer = _run_apart(json.loads(line))
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()


def _run_apart(job: dict[str, Any]) -> bytes:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(job, writing)
    os.close(writing)
    try:
        answer = _read_until(reading, job["seconds"], job["longest"])
    finally:
        os.close(reading)
        # The child still waits to be reaped, so its group's number cannot have passed to another.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return answer or _died(os.waitstatus_to_exitcode(status))


def _read_until(reading: int, seconds: float, longest: float) -> bytes:
    """The child's answer, or the answer "too long"; ends this process when its asker is gone.

    A line "+12.5" before the answer asks for so many seconds more, once; ``longest`` is the most that is given.
    """
    start = time.monotonic()
    answer = bytearray()
    while True:
        left = max(0.0, start + seconds - time.monotonic())
        ready, _, _ = select.select([reading, sys.stdin.fileno()], [], [], left)
        if reading in ready:
            part = os.read(reading, 1 << 20)
            if not part:
                return bytes(answer)
            answer += part
            if answer[:1] == b"+" and b"\n" in answer:
                more, _, answer = answer.partition(b"\n")
                seconds = min(longest, seconds + float(more))
        elif ready:
            sys.exit(0)
        if not ready or len(answer) > LONGEST_ANSWER:
            return _error("took-too-long", TOO_LONG)


def _be_child(job: dict[str, Any], writing: int) -> None:
    """Do the job under its limits, write the answer and leave without Python's own end."""
    try:
        os.setsid()
        if sys.platform == "linux":
            _die_with_parent()
        _silence()
        _limit(job)
        answer = process_jobs.run(job, lambda seconds: _ask_for(seconds, writing))
    except MemoryError:
        answer = _error("took-too-long", TOO_MUCH)
    except BaseException as fault:  # noqa: BLE001  nothing may escape into the parent's code
        answer = _error("fault", type(fault).__name__)
    with contextlib.suppress(BaseException), os.fdopen(writing, "wb") as pipe:
        pipe.write(answer)
    os._exit(0)


def _ask_for(seconds: float, writing: int) -> None:
    os.write(writing, b"+%.3f\n" % seconds)


def _silence() -> None:
    """The libraries' own messages would garble the answers."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _limit(job: dict[str, Any]) -> None:
    processor = int(job["longest"]) + 2
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, job["memory"]),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, job["largest_file"]),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
    # Python ignores the signal for a too large file by default and raises an error instead: wanted.


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _died(code: int) -> bytes:
    if code == -signal.SIGXCPU:
        return _error("took-too-long", TOO_LONG)
    return _error("crash", f"the reader ended with {code}")


def _error(kind: str, message: str) -> bytes:
    return json.dumps({"error": kind, "message": message}).encode()


if __name__ == "__main__":
    main()
