"""Whether an acknowledged act is ever lost: four processes write in one council, two workers do its jobs, and now and
then one of them is killed with kill -9.

A writer says on a pipe which act it begins, and acknowledges it when its verb has returned; both are counted here,
outside of the process that is killed. A kill comes at a random moment, each second one within the milliseconds of an
act. Another process takes the place of the killed one. In the end every acknowledged act must be in the database, each
with its one entry in the audit log, the chain whole (``moothall verify``), every job done, its effect there once.

The machine stays up, so the disk's own promises are not tried by this.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bench._house import MOOTHALL, ROOT, Environment, environment, found, moothall, postgres
from bench._measure import machine, table
from bench._writing import with_job

WRITERS, WORKERS = 4, 2
KILLS = int(os.environ.get("MOOTHALL_BENCH_KILLS", "50"))
SEED = 2014
LEASE = "2"
ACTS = (
    "database",
    "writers killed",
    "within an act",
    "of these written",
    "acknowledged",
    "refused",
    "lost",
    "log entries",
    "chain",
)
JOBS = ("database", "workers killed", "jobs", "begun again", "done", "effects missing", "effects twice")


def main() -> None:
    """Measure both databases, print the tables, and fail when anything was lost."""
    print(f"## Durability\n\n{machine()}; {dt.datetime.now(dt.UTC):%Y-%m-%d}; seed {SEED}")
    outcomes = {"SQLite": _measured("")}
    with postgres() as url:
        outcomes |= {"PostgreSQL": _measured(url)} if url else {}
    title = f"{WRITERS} processes write in one council, {KILLS} times one is killed with kill -9, and all in the end"
    table(title, ACTS, [(name, *each.acts()) for name, each in outcomes.items()])
    title = f"{WORKERS} workers do their jobs, {KILLS // 2} times one is killed with kill -9"
    table(title, JOBS, [(name, *each.jobs()) for name, each in outcomes.items()])
    for name, each in outcomes.items():
        print(f"\n{name}: {each.seconds:.0f} seconds, {len(each.acknowledged) / each.seconds:.0f} acts a second.")
    if len(outcomes) == 1:
        print("\nPostgreSQL was left out: Debian's package postgresql is not installed.")
    if not all(each.holds for each in outcomes.values()):
        sys.exit("bench: something that was acknowledged is lost, or is there twice.")


class Process(Protocol):
    """Something that can be killed when it is at work."""

    def at_work(self) -> bool:
        """Whether it has begun."""

    def kill(self) -> None:
        """Kill -9, and take down what it said."""


@dataclass
class Writer:
    """A process that writes: the acts it began, and those it acknowledged."""

    given: Environment
    begun: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", "bench._writing", "write"]
        self.process = subprocess.Popen(command, env=self.given, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.begins = threading.Event()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("> "):
                self.begun.append(line[2:].strip())
                self.begins.set()
            elif line.endswith("\n"):  # half a line was not acknowledged
                (self.refused if line.startswith("! ") else self.acknowledged).append(line[2:].strip())

    def at_work(self) -> bool:
        """Whether it has acknowledged anything."""
        return bool(self.acknowledged)

    def await_act(self) -> None:
        """Wait until it begins an act."""
        self.begins.clear()
        self.begins.wait(10)

    def kill(self) -> None:
        """Kill -9, and read what was said before."""
        self.process.kill()
        self.process.wait()
        self.reader.join()


@dataclass
class Worker:
    """A worker of the jobs."""

    given: Environment

    def __post_init__(self) -> None:
        command = [*MOOTHALL, "work", "--lease", LEASE]
        self.process = subprocess.Popen(command, env=self.given, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        self.lines = 0
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for _ in self.process.stderr:
            self.lines += 1

    def at_work(self) -> bool:
        """Whether it has begun."""
        return self.lines > 0

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Kill -9, or tell it to stop."""
        self.process.send_signal(number)
        self.process.wait()
        self.reader.join()


@dataclass
class Outcome:
    """What was acknowledged, and what is there."""

    acknowledged: list[str]
    interrupted: list[str]
    refused: int
    told: dict[str, Any]
    chain: bool
    killed: int
    seconds: float

    @property
    def lost(self) -> set[str]:
        """Acts that were acknowledged and are not there."""
        return set(self.acknowledged) - set(self.told["persons"])

    @property
    def missing(self) -> set[str]:
        """Acts that are there, and whose job has had no effect."""
        return {slug for slug in self.told["persons"] if with_job(slug)} - set(self.told["posts"])

    @property
    def twice(self) -> int:
        """Effects that are there more than once, or of an act that is not there."""
        posts = self.told["posts"]
        return len(posts) - len(set(posts) & set(self.told["persons"]))

    @property
    def holds(self) -> bool:
        """Whether nothing is lost, nothing is twice, and the log is whole."""
        even = self.told["entered"] == len(self.told["persons"]) == len(set(self.told["persons"]))
        done = set(self.told["states"]) == {"done"}
        return self.chain and self.told["whole"] and even and done and not (self.lost or self.missing or self.twice)

    def acts(self) -> tuple[str, ...]:
        """The row of the acts."""
        written = len(set(self.interrupted) & set(self.told["persons"]))
        numbers = (
            self.killed,
            len(self.interrupted),
            written,
            len(self.acknowledged),
            self.refused,
            len(self.lost),
            self.told["entered"],
        )
        return (*(f"{each:,}" for each in numbers), "whole" if self.chain and self.told["whole"] else "BROKEN")

    def jobs(self) -> tuple[str, ...]:
        """The row of the jobs."""
        states = self.told["states"]
        numbers = (KILLS // 2, sum(states.values()), self.told["again"], states.get("done", 0))
        return tuple(f"{each:,}" for each in (*numbers, len(self.missing), self.twice))


def _measured(url: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        given = environment(Path(folder), url)
        found(given)
        began = time.monotonic()
        writers = _killing(given)
        seconds = time.monotonic() - began
        moothall("work", "--until-empty", "--lease", LEASE, given=given)
        command = [sys.executable, "-m", "bench._writing", "tell"]
        told = subprocess.run(command, env=given, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        checked = subprocess.run(
            [*MOOTHALL, "verify"], env=given, cwd=ROOT, check=False, capture_output=True, text=True
        )
    acknowledged = [slug for each in writers for slug in each.acknowledged]
    interrupted = [each.begun[-1] for each in writers if each.begun and each.begun[-1] not in _answered(each)]
    refused = sum(len(each.refused) for each in writers)
    whole = checked.returncode == 0 and "all in order" in checked.stdout
    return Outcome(acknowledged, interrupted, refused, json.loads(told), whole, len(writers), seconds)


def _answered(writer: Writer) -> set[str]:
    return {*writer.acknowledged[-1:], *writer.refused[-1:]}


def _killing(given: Environment) -> list[Writer]:
    """Let them write and be killed; gives every writer that ever was."""
    chance = random.Random(SEED)  # noqa: S311 - of the bench, said in its output
    writers, workers = [Writer(given) for _ in range(WRITERS)], [Worker(given) for _ in range(WORKERS)]
    killed: list[Writer] = []
    for number in range(KILLS):
        victim = chance.randrange(WRITERS)
        _await(writers[victim])
        _let_live(writers[victim], chance, within=bool(number % 2))
        writers[victim].kill()
        killed.append(writers[victim])
        writers[victim] = Writer(given)
        if number % 2:
            victim = chance.randrange(WORKERS)
            _await(workers[victim])
            workers[victim].kill()
            workers[victim] = Worker(given)
    for writer in writers:  # in the end they are killed as well
        writer.kill()
    for worker in workers:
        worker.kill(signal.SIGTERM)
    return [*killed, *writers]


def _await(process: Process) -> None:
    """One that has not begun to work would be killed for nothing."""
    for _ in range(3000):
        if process.at_work():
            return
        time.sleep(0.02)
    raise TimeoutError("a process has not begun to work within a minute")


def _let_live(writer: Writer, chance: random.Random, *, within: bool) -> None:
    if within:
        writer.await_act()
    time.sleep(chance.uniform(0, 0.02) if within else chance.uniform(0.01, 0.3))
