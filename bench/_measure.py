"""Times whole processes, as a user waits for them, and takes the kernel's own account of their memory."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall-clock and processor seconds, and the largest resident size in MB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str | Path]) -> Run:
    """Run ``command`` to its end. Raises CalledProcessError with what it said when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=said[-2000:])
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(measure: Callable[[], Run], *, runs: int = 5) -> Run:
    """The medians of ``runs`` runs."""
    found = [measure() for _ in range(runs)]
    return Run(*(statistics.median(getattr(each, name) for each in found) for name in ("wall", "cpu", "peak")))


def machine() -> str:
    """The machine in a line."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return (
        f"{os.cpu_count()} cores of {cpu}, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"|{'|'.join(['---'] + ['---:'] * (len(head) - 1))}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def figures(name: str, found: Run) -> tuple[str, str, str, str]:
    """A row for ``table``: name, wall, processor, peak."""
    return name, f"{found.wall:.2f} s", f"{found.cpu:.2f} s", f"{found.peak:.0f} MB"
