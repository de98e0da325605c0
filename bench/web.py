"""The website as anybody asks for it, against nginx serving the same bytes as a file: the ceiling of this machine.

And the workspace as a clerk asks for it. Needs Debian's nginx-light and wrk. The site is the demo council, served by
``moothall serve`` in production mode.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench._house import MOOTHALL, ROOT, SECRET, Environment, environment, moothall
from bench._measure import machine, table

SECONDS = int(os.environ.get("MOOTHALL_BENCH_SECONDS", "10"))
HOST = "democracy.avonmere.example"
PAGES = {
    "a body": "/early-years-children-and-youth-policy-development-and-scrutiny-panel/",
    "the calendar": "/calendar/",
}
BODY = PAGES["a body"]
NOT_CACHED = {**PAGES, "a forward plan": f"{BODY}forward-plan/", "a year": f"/calendar/{dt.datetime.now(dt.UTC).year}/"}
"""Pages that are measured without the cache, for the first reader after a change."""
HEAD = ("what", "requests a second", "p50", "p99", "bytes")
UNREAD = "?unread=1"
"""A parameter that no page reads: the page is never cached, so it is made for every request."""
CONNECTIONS = 16
CACHE = "proxy_cache_path {folder}/cache keys_zone=moothall:10m;"
PEERS = """
Peers on 2 cores, known from earlier measurements and not run again here: a meeting's page at p50/p95 takes
django-councilmatic 10.5/19 ms, onegov 30/45 ms, PloneMeeting 176/213 ms; at rest they take 91 to 610 MB.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the site: its body and its tag."""

    body: bytes
    tag: str


def main() -> None:
    """Measure everything and print it; say what is missing."""
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing:
        print(f"## The website\n\nLeft out: {' and '.join(missing)} not installed (Debian: nginx-light, wrk).")
        return
    print(f"## The website\n\n{machine()}; {dt.datetime.now(dt.UTC):%Y-%m-%d}; {SECONDS} s each")
    with tempfile.TemporaryDirectory() as name:
        given = _demo(Path(name))
        cores = str(os.cpu_count() or 1)
        with _serving(given, "--workers", cores) as port:
            answers = {what: _get(port, path) for what, path in PAGES.items()}
            _busy(port, answers)
            _calm(port)
            _workspace(given, port)
            with _nginx(Path(name), _in_front(port), CACHE.format(folder=name)) as front:
                rows = [_loaded(f"{what}, from nginx's cache", front, path, b"") for what, path in PAGES.items()]
        with _serving(given, "--workers", "1") as port:
            _get(port, PAGES["a body"])
            pid = _owner(given)
            table("Memory at rest", ("what", "PSS"), [("one process, one worker of jobs", f"{_memory(pid):.0f} MB")])
        with _nginx(Path(name), _files(Path(name), answers)) as port:
            rows += [_loaded(f"{what}, a file", port, f"/{n}.html", b"") for n, what in enumerate(answers)]
        table("nginx: pages from its cache, and the same bytes as files", HEAD[:-1], [row[:-1] for row in rows])
    print(PEERS)


def _demo(folder: Path) -> Environment:
    """The demo council in a folder, with a year's meetings around today, to be served as production."""
    moothall("demo", "--no-serve", "--out", str(folder), given=environment(folder))
    given = environment(folder / "council", MOOTHALL_MODE="production", MOOTHALL_SECRET_KEY=SECRET, MOOTHALL_PROXY="1")
    subprocess.run([sys.executable, "-m", "bench._year", HOST], env=given, cwd=ROOT, check=True, capture_output=True)
    return given


def _busy(port: int, answers: dict[str, Answer]) -> None:
    rows = []
    for what, path in PAGES.items():
        rows.append(_loaded(f"{what}, not cached", port, path + UNREAD, answers[what].body))
        rows.append(_loaded(f"{what}, cached", port, path, answers[what].body))
        rows.append(_loaded(f"{what}, not modified", port, path, b"", tag=answers[what].tag))
    table(f"As many requests as {CONNECTIONS} connections bring", HEAD, rows)


def _calm(port: int) -> None:
    rows = [(f"{what}, not cached", *_quantiles(_one_by_one(port, path + UNREAD))) for what, path in NOT_CACHED.items()]
    rows += [(f"{what}, one at a time", *_quantiles(_one_by_one(port, path))) for what, path in PAGES.items()]
    rows += [(f"{what}, 100 a second", *_quantiles(_steady(port, path, 100))) for what, path in PAGES.items()]
    table("As readers come", ("what", "p50", "p95", "p99"), rows)


def _workspace(given: Environment, port: int) -> None:
    """The pages of a clerk's day, one at a time; none of them is ever cached."""
    command = [sys.executable, "-m", "bench._sign_in", HOST]
    said = subprocess.run(command, env=given, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    told = json.loads(said.splitlines()[-1])  # before it stands the access log
    rows = [
        (what, *_quantiles(_one_by_one(port, path, cookies=told["cookies"]))) for what, path in told["pages"].items()
    ]
    table("The workspace of a clerk, one page at a time", ("what", "p50", "p95", "p99"), rows)


def _loaded(what: str, port: int, path: str, body: bytes, *, tag: str = "") -> tuple[str, ...]:
    """A row: what wrk measures."""
    headers = [f"Host: {HOST}", "X-Forwarded-Proto: https", *([f"If-None-Match: {tag}"] if tag else [])]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += [part for header in headers for part in ("-H", header)]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    rate, half, most = (
        _found(pattern, said) for pattern in (r"Requests/sec:\s+(\S+)", r"\n\s+50%\s+(\S+)", r"\n\s+99%\s+(\S+)")
    )
    return what, f"{float(rate):,.0f}", half, most, f"{len(body):,}"


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    assert match, said
    return match[1]


def _get(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answer = _ask(connection, path)
    connection.close()
    return answer


def _ask(connection: http.client.HTTPConnection, path: str, cookies: str = "") -> Answer:
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", **({"Cookie": cookies} if cookies else {})}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} was answered {response.status}")
    return Answer(body, response.headers["ETag"] or "")


def _one_by_one(port: int, path: str, *, cookies: str = "") -> list[float]:
    """Seconds of each request, one after another for the time of a measurement."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found, until = [], time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        _ask(connection, path, cookies)
        found.append(time.perf_counter() - began)
    connection.close()
    return found


def _steady(port: int, path: str, rate: int) -> list[float]:
    """Seconds of each request, ``rate`` of them a second, counted from when each was due: no wait is hidden."""
    found: list[float] = []
    began = time.perf_counter() + 0.1
    due = iter([began + number / rate for number in range(rate * SECONDS)])
    lock = threading.Lock()
    readers = [threading.Thread(target=_reader, args=(port, path, due, lock, found)) for _ in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return found


def _reader(port: int, path: str, due: Iterator[float], lock: threading.Lock, found: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        with lock:
            moment = next(due, None)
        if moment is None:
            break
        time.sleep(max(0.0, moment - time.perf_counter()))
        _ask(connection, path)
        found.append(time.perf_counter() - moment)
    connection.close()


def _quantiles(seconds: list[float]) -> tuple[str, str, str]:
    hundredths = statistics.quantiles(seconds, n=100)
    return tuple(f"{hundredths[each - 1] * 1000:.1f} ms" for each in (50, 95, 99))  # type: ignore[return-value]


@contextmanager
def _serving(given: Environment, *options: str) -> Iterator[int]:
    port = _free_port()
    command = [*MOOTHALL, "serve", "--port", str(port), *options]
    with (Path(given["MOOTHALL_DATA"]) / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=given, cwd=ROOT, stdout=log, stderr=log)
        given["SERVER"] = str(server.pid)
        try:
            _until(lambda: _health(port), server)
            yield port
        finally:
            server.terminate()
            server.wait(60)


def _owner(given: Environment) -> int:
    return int(given["SERVER"])


def _files(folder: Path, answers: dict[str, Answer]) -> str:
    """Write one file a page; gives what nginx is told of them."""
    pages = folder / "pages"
    pages.mkdir()
    for number, answer in enumerate(answers.values()):
        (pages / f"{number}.html").write_bytes(answer.body)
    return f"root {pages};"


def _in_front(port: int) -> str:
    """What the shipped configuration tells nginx of its https server, without the certificate, for an application."""
    shipped = (ROOT / "docs" / "it" / "nginx" / "moothall.conf").read_text("utf-8")
    server = shipped[shipped.index("proxy_set_header Host") : shipped.rindex("}")]
    # the application believes that it is asked by https
    own = {"http://127.0.0.1:8000": f"http://127.0.0.1:{port}", "X-Forwarded-Proto $scheme": "X-Forwarded-Proto https"}
    for theirs, ours in own.items():
        server = server.replace(theirs, ours)
    return server


@contextmanager
def _nginx(folder: Path, of_server: str, of_all: str = "") -> Iterator[int]:
    """nginx on all cores, with what it is told for its server and for all of it."""
    port = _free_port()
    own = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes auto; pid {folder}/pid; error_log {folder}/error.log;"
        + ("user root;" if os.geteuid() == 0 else "")
        + f"events {{}} http {{ access_log off; sendfile on; keepalive_requests 1000000; {own} "
        f"\n{of_all}\nserver {{ listen 127.0.0.1:{port};\n{of_server}\n}} }}\n"
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: _listening(port), server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _memory(pid: int) -> float:
    """The memory in MB of a process and all below it, shared pages counted once (PSS), ten seconds after a request."""
    time.sleep(10)
    return sum(_pss(each) for each in _family(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _pss(pid: int) -> float:
    return int(_found(r"Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())) / 1024


def _until(ready: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    while not ready():
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        time.sleep(0.05)


def _health(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
