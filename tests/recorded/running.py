"""Runs the command ``moothall`` in an environment of its own and says what it did."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIMEOUT = 300
SERVES_WITHIN = 60
LOCALE = {"LANG": "C.UTF-8", "TZ": "Europe/London", "COLUMNS": "100"}
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")
"""A part of a file's name that is made of its contents."""
SQLITE = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal")


@dataclass(frozen=True)
class Runner:
    """The command and a home folder that no earlier run has written to."""

    command: Path
    home: Path

    def run(self, *arguments: str | Path, cwd: Path, **given: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command with the environment variables ``given`` and few others. A server is stopped once it serves.

        The exit code is -1 when the command had to be killed.
        """
        process = subprocess.Popen(
            [self.command, *map(str, arguments)],
            cwd=cwd,
            env=self._environment() | given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        if arguments[:1] == ("serve",) and "--port" in arguments:
            _stop_when_serving(process, str(arguments[arguments.index("--port") + 1]))
        try:
            out, err = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            out, err = process.communicate()
            return subprocess.CompletedProcess(process.args, -1, out, err)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def _environment(self) -> dict[str, str]:
        own = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        return {**own, **LOCALE, "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache")}


def find_command() -> Path:
    """Return the command that is installed beside this Python."""
    return Path(sys.executable).with_name("moothall")


def find_free_port() -> int:
    """Return a port that nothing listens to."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _stop_when_serving(process: subprocess.Popen[bytes], port: str) -> None:
    end = time.monotonic() + SERVES_WITHIN
    while process.poll() is None and time.monotonic() < end:
        with (
            contextlib.suppress(OSError, ValueError, OverflowError),
            socket.create_connection(("127.0.0.1", int(port))),
        ):
            break
        time.sleep(0.2)
    _signal(process, signal.SIGTERM)


def _signal(process: subprocess.Popen[bytes], which: signal.Signals) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            if which is signal.SIGKILL:
                os.killpg(process.pid, which)
            else:
                process.send_signal(which)


def run_line(runner: Runner, line: str, folder: Path, **given: str) -> dict[str, Any]:
    """Run a line such as ``MOOTHALL_MODE=test moothall migrate`` in ``folder`` and return what it did.

    In the line ``{folder}`` is the folder and ``{port}`` a free port.
    """
    words = shlex.split(line.replace("{folder}", str(folder)).replace("{port}", str(find_free_port())))
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        given[name] = value
    before = _read_files(folder)
    done = runner.run(*words[1:], cwd=folder, **given)
    served = words[1:2] == ["serve"] and done.returncode == 0  # what it prints and sends depends on when it is stopped
    if served:
        return {"exit": done.returncode}
    return {"exit": done.returncode, **_describe_output(done), **_compare_files(before, _read_files(folder))}


def _read_files(folder: Path) -> dict[str, str]:
    """Return the files below a folder with their hashes; a cache counts as one file, and so do emails."""
    return {
        re.sub(r"^((?:.*/)?(?:[^/]*cache|emails))/.*", r"\1/*", path.relative_to(folder).as_posix()): _hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(SQLITE[1:])
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _compare_files(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Return the files that were made, changed and removed. Whether a database or a cache was changed is not said."""
    differing = [name for name in after if before.get(name, after[name]) != after[name]]
    told = {
        "made": [name for name in after if name not in before],
        "changed": [name for name in differing if not name.endswith((".sqlite3", "cache/*", "emails/*"))],
        "removed": [name for name in before if name not in after],
    }
    return {kind: [DIGEST.sub("*", name) for name in names] for kind, names in told.items() if names}


def _describe_output(done: subprocess.CompletedProcess[bytes]) -> dict[str, object]:
    told: dict[str, object] = {}
    if done.stdout.strip():
        told["prints"] = _kind(done.stdout)
    if done.stderr.strip():
        told["says_on_stderr"] = True
    if b"Traceback" in done.stderr + done.stdout:
        told["traceback"] = True
    return told


def _kind(printed: bytes) -> str:
    """Return what kind of thing was printed; for JSON with its keys."""
    if printed.startswith(b"%PDF"):
        return "PDF"
    if printed.lstrip()[:1] == b"<":
        return "HTML"
    if printed[:2] == b"\x1f\x8b" or b"\0" in printed[:512]:
        return "binary"
    try:
        value = json.loads(printed)
    except ValueError:
        return "text"
    return "JSON: " + (", ".join(sorted(value)) if isinstance(value, dict) else f"a list of {len(value)}")
