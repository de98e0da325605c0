"""Installations of their own for measurements."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOOTHALL = [sys.executable, "-m", "moothall"]
SECRET = "only for measurements, on this machine, behind no door at all"  # noqa: S105 - of no site
Environment = dict[str, str]


def environment(folder: Path, url: str = "", **also: str) -> Environment:
    """The variables of an installation in ``folder``, on SQLite or on the database of ``url``."""
    own = {"MOOTHALL_DATA": str(folder), "DATABASE_URL": url, "MOOTHALL_MODE": "development"}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "moothall.settings", **also}


def moothall(*command: str, given: Environment) -> str:
    """A command of Moothall's; gives what it says."""
    done = subprocess.run([*MOOTHALL, *command], env=given, check=True, capture_output=True, text=True, cwd=ROOT)
    return done.stdout


def found(given: Environment) -> None:
    """Make the tables, and the council Avonmere in them."""
    moothall("migrate", given=given)
    who = "Nour Haddad <nour@avonmere.example>"
    moothall(
        *("found", "Avonmere", "--slug", "avonmere", "--host", "avonmere.example", "--administrator", who), given=given
    )


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL for the time of the block; None where Debian's package is missing."""
    spec = importlib.util.spec_from_file_location("postgres", ROOT / "tests" / "postgres.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        module.binary("initdb")
    except ValueError:
        yield None
        return
    with module.cluster() as address:
        yield address
