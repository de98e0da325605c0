"""Runs a command against a PostgreSQL of its own: ``python tests/postgres.py pytest tests/foundation``.

Starts a cluster in a temporary folder, on a socket there only, sets DATABASE_URL, and stops it afterwards, also when
told to stop (SIGTERM, SIGHUP, Ctrl-C). Needs Debian's ``postgresql``; as root, the server runs as the user
``postgres``, since it refuses to run as root.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def cluster():
    """The address of a fresh PostgreSQL, for the time of the block."""
    folder = Path(tempfile.mkdtemp(prefix="moothall-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        run("initdb", "-D", folder / "data", "-A", "trust", "-U", "moothall", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "-D", folder / "data", "-w", "-o", options, "-l", folder / "log", "start")
        yield f"postgresql://moothall@/postgres?host={folder}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def run(program, *arguments):
    """Run one of PostgreSQL's own programs, in a session of its own: Ctrl-C is for us, who stop it in order."""
    command = [binary(program), *map(str, arguments)]
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", start_new_session=True, **user)


def binary(program):
    """Where PostgreSQL's program is: on the path, or where Debian puts the newest."""
    return shutil.which(program) or str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))


def main(command):
    """Run ``command`` with DATABASE_URL set; gives its exit code. Told to stop, it stops both."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told_to_stop)
    with cluster() as address, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address}) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise


def told_to_stop(number, _frame):
    """Leave in order, as if from the keyboard, and only once."""
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
