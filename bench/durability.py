"""Whether an acknowledged act is ever lost: four processes that write in one council, killed at random.

Every verb is acknowledged on a pipe after it has returned. At each kill -9 a process dies in the middle of whatever
it does, and another takes its place. In the end every acknowledged act must be in the database, and the audit chain
whole. The database's own fsync is not tried by this: the machine stays up.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench._house import ROOT, Environment, environment, found, moothall, postgres
from bench._measure import machine, table

WRITERS = 4
KILLS = int(os.environ.get("MOOTHALL_BENCH_KILLS", "50"))
SEED = 2014
HEAD = ("database", "kills", "acknowledged", "a second", "lost", "written, not acknowledged", "audit chain")


def main() -> None:
    """Measure both databases and print the table."""
    print(f"## Durability\n\n{machine()}; {dt.datetime.now(dt.UTC):%Y-%m-%d}; seed {SEED}")
    rows = [_measured("SQLite", "")]
    with postgres() as url:
        rows += [_measured("PostgreSQL", url)] if url else []
    table(f"{WRITERS} processes write in one council, {KILLS} times one is killed with kill -9", HEAD, rows)
    if len(rows) == 1:
        print("\nPostgreSQL was left out: Debian's package postgresql is not installed.")


@dataclass
class Writer:
    """A process that writes, and what it acknowledged."""

    given: Environment
    acknowledged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", "bench._house", "write"]
        self.process = subprocess.Popen(command, env=self.given, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.endswith("\n"):  # half a line was not acknowledged
                self.acknowledged.append(line.strip())

    def kill(self) -> list[str]:
        """Kill -9; gives what was acknowledged."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        return self.acknowledged


def _measured(name: str, url: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        given = environment(Path(folder), url)
        found(given)
        before = len(_written(given))
        began = time.monotonic()
        acknowledged = _killing(given)
        seconds = time.monotonic() - began
        written = _written(given)
        lost = set(acknowledged) - written
        told = moothall("verify", given=given)
    more = len(written) - before - len(acknowledged) + len(lost)
    chain = "whole" if "all in order" in told else "BROKEN"
    rate = f"{len(acknowledged) / seconds:.0f}"
    return name, str(KILLS), f"{len(acknowledged):,}", rate, str(len(lost)), str(more), chain


def _killing(given: Environment) -> list[str]:
    chance = random.Random(SEED)  # noqa: S311 - of the bench, said in its output
    writers = [Writer(given) for _ in range(WRITERS)]
    acknowledged: list[str] = []
    for _ in range(KILLS):
        victim = chance.randrange(WRITERS)
        # a writer that has not begun to write would be killed for nothing
        while not writers[victim].acknowledged and writers[victim].process.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.01, 0.3))
        acknowledged += writers[victim].kill()
        writers[victim] = Writer(given)
    for writer in writers:
        acknowledged += writer.kill()
    return acknowledged


def _written(given: Environment) -> set[str]:
    command = [sys.executable, "-m", "bench._house", "count"]
    done = subprocess.run(command, env=given, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())
