"""The archive of a backup: a tar file of tables and files, and at its end a manifest with everybody's digest."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from moothall.foundation.errors import Refused

MANIFEST = "manifest.json"
FORM = 1
PIECE = 1 << 20


class BadBackup(Refused):
    """The archive is not whole, or not a backup."""


class NoRoom(Refused):
    """The backup cannot be unpacked here. Nothing is wrong with it."""


class Archive:
    """Writes a backup. Used as a context; ``finish`` writes the manifest."""

    def __init__(self, out: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|gz")  # noqa: SIM115 - closed by finish
        self._digests: dict[str, str] = {}

    def add_lines(self, name: str, lines: Iterable[str], spool: IO[bytes]) -> int:
        """Add a table; ``spool`` is a temporary file, since tar wants to know the length first. Gives the rows."""
        number = 0
        for line in lines:
            spool.write(line.encode() + b"\n")
            number += 1
        spool.seek(0)
        self._add(name, spool, spool.seek(0, io.SEEK_END))
        return number

    def add_file(self, name: str, path: Path) -> None:
        """Add a file."""
        with path.open("rb") as file:
            self._add(name, file, path.stat().st_size)

    def finish(self, told: dict[str, Any]) -> str:
        """Write the manifest with ``told`` and the digests; gives the manifest's own digest."""
        text = json.dumps({"form": FORM, **told, "digests": self._digests}, indent=1, ensure_ascii=False).encode()
        self._add(MANIFEST, io.BytesIO(text), len(text))
        self._tar.close()
        return hashlib.sha256(text).hexdigest()

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        file.seek(0)
        self._digests[name] = digest(file)
        file.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, file)


def digest(file: IO[bytes]) -> str:
    """SHA-256 of the rest of a file, hexadecimal."""
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # any binary file will do


def unpack(backup: IO[bytes], folder: Path) -> dict[str, Any]:
    """Unpack a whole archive into an empty folder, and hold every part to its digest; gives the manifest.

    Raises BadBackup for anything missing, changed or put in.
    """
    found: dict[str, str] = {}
    try:
        with tarfile.open(fileobj=backup, mode="r|*") as tar:
            for name, path in _parts(tar, folder):
                with path.open("rb") as file:
                    found[name] = digest(file)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise BadBackup(f"This is not a whole backup: {error}.") from error
    except FileNotFoundError:
        raise BadBackup("This is not a whole backup: its manifest is missing.") from None
    except OSError as error:
        raise NoRoom(f"The backup cannot be unpacked into {folder.parent}: {error.strerror or error}.") from error
    found.pop(MANIFEST)
    _known(manifest)
    wrong = sorted(name for name in {*found, *manifest["digests"]} if found.get(name) != manifest["digests"].get(name))
    if wrong:
        raise BadBackup(f"The backup was changed or is not whole: {', '.join(wrong[:5])}.")
    return manifest


def made(manifest: dict[str, Any]) -> str:
    """When a backup was made, in words."""
    return f"{dt.datetime.fromisoformat(manifest['made']).astimezone(dt.UTC):%-d %B %Y, %H:%M} UTC"


def _known(manifest: Any) -> None:
    """Raise BadBackup unless the manifest is of the form that is written here."""
    if not isinstance(manifest, dict) or not isinstance(manifest.get("form"), int):
        raise BadBackup("This is not a backup of Moothall: its manifest says something else.")
    if manifest["form"] > FORM:
        raise BadBackup("This backup was made by a newer version of Moothall.")
    if missing := {"moothall", "made", "tables", "migrations", "digests"} - set(manifest):
        raise BadBackup(f"This is not a whole backup: its manifest has no {min(missing)}.")


def _parts(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, Path]]:
    root = folder.resolve()
    for member in tar:
        path = (root / member.name).resolve()
        if not member.isfile() or not path.is_relative_to(root):
            raise BadBackup(f"There is something in the archive that is no part of a backup: {member.name!r}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        content = tar.extractfile(member)
        assert content is not None
        with path.open("wb") as out:
            while piece := content.read(PIECE):
                out.write(piece)
        yield member.name, path
