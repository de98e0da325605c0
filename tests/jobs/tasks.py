"""Tasks that tests put in line. They write to a file, as proof of what was done."""

import os
import signal
from pathlib import Path

from django_tasks import task


@task()
def note(path, line):
    """Add a line to a file, and give it back."""
    with Path(path).open("a") as file:
        file.write(f"{line}\n")
    return line


@task()
def refuse(why):
    """Fail."""
    raise ValueError(why)


@task()
def be_killed_once(path):
    """Kill the own process with kill -9, the first time; note the second."""
    mark = Path(path)
    with mark.open("a") as file:
        file.write("begun\n")
    if mark.read_text().count("begun") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    with mark.open("a") as file:
        file.write("done\n")


@task()
def always_be_killed():
    """Kill the own process, each time."""
    os.kill(os.getpid(), signal.SIGKILL)
