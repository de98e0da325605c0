"""The server: granian in front of the site, and beside it a worker that does the jobs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import msgspec
from granian import Granian
from granian.constants import Interfaces

PATIENCE = 30
"""Seconds that requests and a job at hand are given to end when the server is told to stop."""
BEGINNING = 15
"""Seconds that a new process is given to begin before it takes the place of the old one, when told to reload."""
log = logging.getLogger("moothall.server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the site is to be served."""

    address: str
    port: int
    workers: int
    threads: int
    jobs: bool
    certificate: str | None = None
    key: str | None = None


def become(wanted: Wanted) -> NoReturn:
    """Become the server: this process goes on as one that has not loaded Django, and takes a third of the memory."""
    sys.stdout.flush()
    sys.stderr.flush()
    told = msgspec.json.encode(wanted).decode()
    os.execv(sys.executable, [sys.executable, "-m", "moothall.server", told])  # noqa: S606 - our own program


def serve(wanted: Wanted) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; what is being answered then is answered."""
    server = Granian(
        "moothall.wsgi:application",
        address=wanted.address,
        port=wanted.port,
        interface=Interfaces.WSGI,
        workers=wanted.workers,
        blocking_threads=wanted.threads,
        respawn_failed_workers=True,
        respawn_interval=BEGINNING,
        workers_kill_timeout=PATIENCE,
        websockets=False,
        ssl_cert=Path(wanted.certificate) if wanted.certificate else None,
        ssl_key=Path(wanted.key) if wanted.key else None,
    )
    if wanted.jobs:
        keeper = WorkerKeeper()
        server.on_startup(keeper.start)
        server.on_shutdown(keeper.stop)
    server.serve()


class WorkerKeeper:
    """Keeps one ``moothall work`` alive beside the server."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker; another one whenever it dies."""
        self._thread.start()

    def stop(self) -> None:
        """Tell the worker to stop, and wait while it brings its job to its end; a lease covers what it cannot."""
        self._stopped.set()
        if self._worker is not None:
            self._worker.terminate()
        self._thread.join(PATIENCE)
        if self._worker is not None and self._worker.poll() is None:
            self._worker.kill()

    def _keep(self) -> None:
        while not self._stopped.is_set():
            self._worker = subprocess.Popen([sys.executable, "-m", "moothall", "work"])
            code = self._worker.wait()
            if not self._stopped.wait(2):
                log.warning("the worker of the jobs ended with %s; starting another", code)
