"""The demo council, built and served as the documentation says, in a folder of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.ports import free_port, wait_for

MOOTHALL = str(Path(sys.executable).with_name("moothall"))
DAY = "2014-11-26"
"""Two days after a meeting of the demo council. Nearer to it, or a week after, pages change with the hour."""


def build_demo(folder: Path) -> Path:
    """Build the demo council below a folder; return its data folder."""
    environment = {**_plain_environment(), "MOOTHALL_CACHE": str(folder / "cache")}
    command = [MOOTHALL, "demo", "--no-serve", "--out", str(folder / "demo")]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return folder / "demo" / "council"


@contextmanager
def serve(data: Path, log: Path) -> Iterator[int]:
    """Serve the council of a data folder until the block ends; gives the port."""
    port = free_port()
    command = [MOOTHALL, "serve", "--port", str(port), "--workers", "2", "--threads", "2", "--no-jobs"]
    with log.open("wb") as file, subprocess.Popen(command, env=_environment(data), stdout=file, stderr=file) as server:
        try:
            wait_for(port)
            _wait_for_answer(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def run_in_shell(data: Path, code: str, copy: Path) -> str:
    """Run code in Django's own shell (`moothall manage shell`), on a copy of the data; return what it prints."""
    shutil.copytree(data, copy)
    command = [MOOTHALL, "manage", "shell", "--no-imports", "-c", code]
    done = subprocess.run(command, check=False, env=_environment(copy), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the shell ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def _environment(data: Path) -> dict[str, str]:
    settings = {"MOOTHALL_MODE": "development", "MOOTHALL_DATA": str(data), "MOOTHALL_DEMO": DAY, "DATABASE_URL": ""}
    return {**_plain_environment(), **settings}


def _plain_environment() -> dict[str, str]:
    """The environment without what a developer, or a test, has set for Moothall."""
    others = ("MOOTHALL_", "DJANGO_", "DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(others)}


def _wait_for_answer(port: int) -> None:
    for _ in range(100):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the site does not answer")
