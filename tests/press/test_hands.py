"""Work shared out between processes. Each test has a process of its own: one with threads must not be forked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from moothall.core.press.hands import MOST, may_share

BEGIN = """
import os, signal, threading
from moothall.core.press.hands import may_share, share_out
os.cpu_count = lambda: 3
here, told = os.getpid(), []

def nobody_is_left():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
"""

CASES = {
    "each number is done once, and told by number": """
found = share_out(500, lambda at: [at, "é" * at], told.append)
assert found == {at: [at, "é" * at] for at in range(500)}
assert told == sorted(told) and told[-1] <= 500
""",
    "a piece that waits for another is no hindrance: another process has that": """
reading, writing = os.pipe()

def do(at):
    return os.read(reading, 1).decode() if at == 0 else os.write(writing, b"x")

assert share_out(2, do, told.append) == {0: "x", 1: 1}
""",
    "what gives nothing is missing": """
assert share_out(4, lambda at: None if at % 2 else at, told.append) == {0: 0, 2: 2}
""",
    "a helper that dies takes along no more than its piece": """
reading, writing = os.pipe()

def do(at):
    if os.getpid() == here:
        return os.read(reading, 1) and at if len(told) == 0 else at
    os.write(writing, b"x")
    os.kill(os.getpid(), signal.SIGKILL)

found = share_out(20, do, told.append)
assert 18 <= len(found) < 20 and all(found[at] == at for at in found)
""",
    "a helper that stumbles is like one that dies": """
reading, writing = os.pipe()

def do(at):
    if os.getpid() == here:
        return os.read(reading, 1) and at if len(told) == 0 else at
    os.write(writing, b"x")
    raise ValueError(at)

assert 18 <= len(share_out(20, do, told.append)) < 20
""",
    "an error here ends the helpers": """
reading, writing = os.pipe()

def do(at):
    if os.getpid() == here:
        raise ValueError("here")
    os.read(reading, 1)  # for ever

try:
    share_out(20, do, told.append)
except ValueError as error:
    assert str(error) == "here"
else:
    raise AssertionError
""",
    "with a second thread nothing is shared out": """
assert may_share(2)
stop = threading.Event()
threading.Thread(target=stop.wait).start()
assert not may_share(2)
stop.set()
""",
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how many threads there are")
@pytest.mark.parametrize("case", CASES)
def test_shared_out(case):
    script = f"{BEGIN}{CASES[case]}assert nobody_is_left()\n"
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("count", [0, 1, MOST + 1])
def test_nothing_is_shared_out_where_it_is_not_worth_it(count):
    assert not may_share(count)
