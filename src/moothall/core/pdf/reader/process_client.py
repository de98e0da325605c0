"""The asking side of the reading process.

Folding an uploaded paper in the reading process: a hostile one harms nothing else, and all processors have work.

Reading the text of scans with ocrmypdf, where that is installed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import moothall
from moothall.core.documents.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge.part_cache import keep_folded
from moothall.core.pdf.merge.parts import Part
from moothall.core.pdf.reader.facts import Findings, Limits

_log = logging.getLogger(__name__)

# Above the job's own limit, which the reading process enforces: the time to start it and to hand over.
GRACE = 30.0

_WORKER = "moothall.core.pdf.reader.process_worker"
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


def fold_apart(part: Part, language: str, *, store: Store, reader: Reader, limits: Limits | None = None) -> None:
    """Fold an uploaded ``part``, unless it is kept folded already.

    Raises CannotRead where it stops the reading process, TookTooLong where it takes too long or too much. A file that
    a failing disk has spoilt since it was taken in is left to whoever binds it.
    """

    def packed() -> bytes | None:
        with store.scratch() as folder:
            out = folder / "quire"
            about = {"title": part.title, "language": language, "clear": part.clear, "text": part.text}
            answer = reader.ask(job("fold", part.pdf, limits or Limits(), out=str(out), **about))
            return out.read_bytes() if answer["folded"] else None

    keep_folded(part, language, packed, store=store)


COMMAND = "ocrmypdf"


def reads_scans(limits: Limits) -> bool:
    """True when scans are to be read, and can be."""
    return limits.ocr_seconds > 0 and shutil.which(COMMAND) is not None


def has_scans(plain: dict[str, Any]) -> bool:
    """True for a paper with scanned pages; a tagged one is left alone, since OCR would lose its tags."""
    return not plain["tagged"] and any(page["scanned"] for page in plain["pages"])


def read_scan(clean: Path, plain: dict[str, Any], reader: Reader, limits: Limits) -> tuple[Path, dict[str, Any]]:
    """The cleaned PDF with its scans' text, and its facts; as they were, with a caution, where OCR fails."""
    with_text, out = clean.with_name("read.pdf"), clean.with_name("read-clean.pdf")
    allowed = replace(limits, seconds=limits.ocr_seconds)
    try:
        command = shutil.which(COMMAND) or COMMAND
        reader.ask(job("read-scan", clean, allowed, out=str(with_text), command=command))
        again = reader.ask(job("take", with_text, limits, out=str(out), sha256=plain["sha256"]))
    except CannotRead:
        return clean, {**plain, "cautions": plain["cautions"] + _cautions("ocr-failed", [0])}
    scans = {number for number, page in enumerate(plain["pages"], 1) if page["scanned"]}
    left = {number for number, page in enumerate(again["pages"], 1) if page["scanned"]}
    told = [caution for caution in plain["cautions"] if caution["code"] != "scan-without-text"]
    told += _cautions("scan-read", sorted(scans - left)) + _cautions("scan-without-text", sorted(left))
    return out, {**again, "title": plain["title"], "language": plain["language"], "cautions": told}


def _cautions(code: str, pages: list[int]) -> list[dict[str, str]]:
    findings = Findings()
    findings.add_pages(code, pages)
    return [asdict(caution) for caution in findings.cautions()]
