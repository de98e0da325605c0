"""The asking side of the reading process."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import moothall
from moothall.core.press.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.press.intake.facts import Limits

_log = logging.getLogger(__name__)

# Above the job's own limit, which the reading process enforces: the time to start it and to hand over.
GRACE = 30.0

_WORKER = "moothall.core.press.intake.worker"
_KINDS: dict[str, type[CannotRead]] = {
    "cannot-read": CannotRead,
    "password-needed": PasswordNeeded,
    "took-too-long": TookTooLong,
}
# What a paper's author cannot mend is called a fault of Moothall's.
_FAULTS = {
    "fault": "{paper} could not be read because of a fault in Moothall. Please report it. Until it is mended, print "
    "the paper to a new PDF and use that.",
    "crash": "{paper} could not be read: the program that reads PDFs stopped in the middle of it. Print the paper to a "
    "new PDF and use that.",
}


class Reader:
    """A reading process: started when first asked, asked for one job at a time, ended by ``close``."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a job. Errors: CannotRead and its kinds, with "{paper}" where the paper's name belongs."""
        line = self._exchange(json.dumps(question).encode() + b"\n", question["longest"] + GRACE)
        answer: dict[str, Any] = json.loads(line)
        if "error" not in answer:
            return answer
        if answer["error"] in _FAULTS:
            _log.info("reading failed: %s", answer["message"])
            raise CannotRead(_FAULTS[answer["error"]])
        raise _KINDS[answer["error"]](answer["message"])

    def close(self) -> None:
        """End the process and wait for it."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            _kill(process)

    def stop(self) -> None:
        """Kill the process, from whichever thread; a job that waits for its answer ends with CannotRead."""
        process = self._process
        if process is not None:
            _kill(process)

    def _exchange(self, line: bytes, seconds: float) -> bytes:
        process = self._process = self._process or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = _read_line(process.stdout.fileno(), seconds)
        except BrokenPipeError:
            answer = b""
        except BaseException:
            self._abandon()
            raise
        if not answer:
            self._abandon()
            raise CannotRead("{paper} could not be read: the process that reads PDFs ended. Try again.")
        return answer

    def _abandon(self) -> None:
        if self._process is not None:
            _kill(self._process)
        self.close()


def _start() -> subprocess.Popen[bytes]:
    source = str(Path(moothall.__file__).parent.parent)
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
    environment["PYTHONPATH"] = source
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _read_line(source: int, seconds: float) -> bytes:
    """One line, or b"" when the process ended or the time is up."""
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    while not (parts and parts[-1].endswith(b"\n")):
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(source, 1 << 20) if ready else b""
        if not part:
            return b""
        parts.append(part)
    return b"".join(parts)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def job(kind: str, path: Path, limits: Limits, **more: Any) -> dict[str, Any]:
    """What the reading process is asked: the kind of job, the file, and what it may use."""
    size = path.stat().st_size
    return {
        "kind": kind,
        "source": str(path.resolve()),
        "seconds": limits.allowance(size),
        "seconds_per_page": limits.seconds_per_page,
        "longest": limits.longest,
        "memory": limits.memory,
        "pages": limits.pages,
        "largest_file": 4 * size + (256 << 20),
        **more,
    }
