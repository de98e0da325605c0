"""Ports for servers that tests start in processes of their own."""

import random
import socket
import time

# Below what Linux gives to whoever asks for any port (from 32768 up): nobody is given it before the server has it.
RANGE = range(20_000, 30_000)


def free_port():
    """A port that nobody has."""
    while True:
        port = random.SystemRandom().choice(RANGE)
        with socket.socket() as found:
            if not found.connect_ex(("127.0.0.1", port)):
                continue
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def wait_for(port, seconds=60):
    """Wait until somebody answers at a port: a server may say that it has begun before it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as found:
            if not found.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody answers at port {port}")
