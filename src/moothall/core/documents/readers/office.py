"""Old Word, rich text and OpenDocument files: converted to .docx by LibreOffice or pandoc, then read as that.

LibreOffice keeps the printed numbers of lists; pandoc, which comes with Moothall, does not know .doc and keeps
numbers only of simple lists. Neither may run longer than a minute, and neither may reach the network.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from moothall.core.documents.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.documents.readers import word
from moothall.core.documents.readers.file_kinds import Kind, kind_of_file
from moothall.core.documents.tree import ListBlock
from moothall.core.documents.walk import each_block
from moothall.core.documents.warnings import Caution, Reading

SECONDS = 60
_FORMATS = {Kind.OPEN_DOCUMENT: "odt", Kind.RICH_TEXT: "rtf"}
_LARGEST = 100_000_000
# no macros, no content from elsewhere, for whatever the document asks
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""


def read_file(path: Path) -> Reading:
    """The document's content.

    Raises ``CannotRead`` where no converter for it is installed or the converter finds it damaged, ``TookTooLong``
    after ``SECONDS``, ``PasswordNeeded`` for an encrypted one.
    """
    kind = kind_of_file(path)
    if path.stat().st_size > _LARGEST:
        raise CannotRead(f"it is larger than {_LARGEST // 1_000_000} MB: split it")
    if kind is Kind.OPEN_DOCUMENT and _is_encrypted(path):
        raise PasswordNeeded("it is protected by a password: ask its author for a copy without one")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    with TemporaryDirectory(prefix="moothall-") as folder:
        converted = Path(folder) / "paper.docx"
        if office is not None:
            _by_office(office, path, converted)
        else:
            _by_pandoc(kind, path, converted)
        reading = word.read_file(converted)
    lost = () if office is not None else _pandoc_cautions(path, kind, reading)
    return replace(reading, cautions=(*lost, *reading.cautions))


def _is_encrypted(path: Path) -> bool:
    with ZipFile(path) as archive:
        if "META-INF/manifest.xml" not in archive.namelist():
            return False
        with archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(5_000_000)


def _by_office(office: str, path: Path, converted: Path) -> None:
    folder = converted.parent
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    source = folder / f"paper{_suffix(path)}"
    shutil.copyfile(path, source)
    _run([
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ])  # fmt: skip
    if not converted.exists():
        raise CannotRead("LibreOffice cannot read it; it is damaged, or not what its name says: save it again as .docx")


def _suffix(path: Path) -> str:
    return {Kind.OLD_WORD: ".doc", Kind.RICH_TEXT: ".rtf"}.get(kind_of_file(path), ".odt")


def _by_pandoc(kind: Kind, path: Path, converted: Path) -> None:
    if kind not in _FORMATS:
        raise CannotRead(
            "it is an old Word document (.doc), for which LibreOffice is needed and not installed: "
            "open it in Word and save it as .docx"
        )
    from pypandoc import get_pandoc_path  # noqa: PLC0415

    shared = ["+RTS", "-M1500m", "-RTS", "--sandbox", "--standalone"]
    _run([get_pandoc_path(), *shared, "--from", _FORMATS[kind], "--to", "docx", "--output", str(converted), str(path)])
    if not converted.exists():
        raise CannotRead("it is damaged, or not what its name says: save it again as .docx")


def _run(command: Sequence[str]) -> None:
    """Run a converter in a group of its own, so that its helpers end with it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(f"converting it took longer than {SECONDS} seconds: save it as .docx") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _pandoc_cautions(path: Path, kind: Kind, reading: Reading) -> Iterator[Caution]:
    if any(isinstance(block, ListBlock) and block.ordered for block in each_block(reading.document.blocks)):
        message = "The numbers of its lists may differ from those printed: check them, or save the document as .docx."
        yield Caution("numbers-may-differ", message)
    if kind is Kind.RICH_TEXT and b"\\footnote" in path.read_bytes():
        yield Caution("notes-lost", "Its footnotes could not be read and are left out: save the document as .docx.")
