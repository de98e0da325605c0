"""Broken and hostile PDFs end as a clean paper or as one clear sentence: never a crash, a hang or a traceback."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from moothall.core.documents.errors import CannotRead, PasswordNeeded, TookTooLong
from moothall.core.pdf.cache import Store
from moothall.core.pdf.reader import Limits, TakenIn, take_in_all
from moothall.core.pdf.reader.process_client import Reader, job
from moothall.core.pdf.reader.uploads import _take_in
from tests.pdf.reader import hostile
from tests.pdf.reader.raw import document, plain
from tests.shared import needs_shared, shared

LIMITS = Limits(seconds=10, memory=1 << 30)
FORBIDDEN = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|AA|OpenAction|XFA|Filespec|AcroForm)\b")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def outcome(data: bytes, folder: Path, reader: Reader, limits: Limits = LIMITS) -> TakenIn | CannotRead:
    paper = folder / "paper.pdf"
    paper.write_bytes(data)
    try:
        return _take_in(paper, reader, store=Store(folder / "store"), limits=limits)
    except CannotRead as error:
        return error


def assert_ends_well(result: TakenIn | CannotRead) -> None:
    if isinstance(result, CannotRead):
        assert str(result).startswith("paper.pdf ")
        assert "{" not in str(result)
        return
    with pikepdf.open(result.pdf) as pdf:
        assert len(pdf.pages) == len(result.pages) > 0
        assert not [flaw for flaw in pdf.check_pdf_syntax() if flaw.startswith("ERROR")]
    expanded = subprocess.run(["qpdf", "--qdf", result.pdf, "-"], capture_output=True, check=False).stdout
    assert not FORBIDDEN.findall(expanded)


SLOW = {"a pattern that paints with itself", "forms that double twenty times", "a bomb inside a bomb"}


@pytest.mark.parametrize(
    "nasty",
    [
        pytest.param(nasty, id=says, marks=pytest.mark.slow if says in SLOW else ())
        for says, nasty in hostile.ALL.items()
    ],
)
def test_a_hostile_paper_is_cleaned_or_refused(nasty, tmp_path: Path, reader: Reader) -> None:  # type: ignore[no-untyped-def]
    assert_ends_well(outcome(nasty(), tmp_path, reader))


@pytest.mark.parametrize("part", range(0, 100, 4), ids=lambda part: f"{part} per cent")
def test_a_truncated_paper_is_repaired_or_refused(part: int, tmp_path: Path, reader: Reader) -> None:
    for index, whole in enumerate((hostile.sound(), document(plain()))):
        (tmp_path / str(index)).mkdir()
        assert_ends_well(outcome(whole[: len(whole) * part // 100], tmp_path / str(index), reader))


@pytest.mark.parametrize("seed", range(40))
def test_a_paper_with_flipped_bytes_is_repaired_or_refused(seed: int, tmp_path: Path, reader: Reader) -> None:
    chance = random.Random(seed)  # noqa: S311
    whole = bytearray(hostile.sound() if seed % 2 else document(plain()))
    for _ in range(chance.choice((1, 5, 40))):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    assert_ends_well(outcome(bytes(whole), tmp_path, reader))


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_password_is_asked_for_in_plain_words(revision: int, tmp_path: Path, reader: Reader) -> None:
    result = outcome(hostile.encrypted(revision, user="secret"), tmp_path, reader)
    assert isinstance(result, PasswordNeeded)
    assert "needs a password" in str(result)


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_encryption_without_a_password_is_taken_off_and_noted(revision: int, tmp_path: Path, reader: Reader) -> None:
    result = outcome(hostile.encrypted(revision, user=""), tmp_path, reader)
    assert isinstance(result, TakenIn)
    assert result.cautions[0].code == "decrypted"
    assert "The panel notes the report" in result.pages[0].text
    with pikepdf.open(result.pdf) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.slow
def test_a_bomb_of_two_gigabytes_is_refused(tmp_path: Path, reader: Reader) -> None:
    result = outcome(hostile.changed({4: hostile.bomb(2)}), tmp_path, reader)
    assert isinstance(result, CannotRead)
    assert "unpacks to more than 1 GB" in str(result)


def test_a_paper_that_takes_too_long_is_given_up(tmp_path: Path, reader: Reader) -> None:
    result = outcome(hostile._doubling(60), tmp_path, reader, Limits(seconds=2))
    assert isinstance(result, TookTooLong)


def test_fault_of_moothall_is_not_called_damage_of_the_paper(tmp_path: Path, reader: Reader) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(hostile.sound())
    with pytest.raises(CannotRead, match="a fault in Moothall"):
        reader.ask(job("no such job", paper, LIMITS))


def test_after_a_crash_the_next_paper_is_read(tmp_path: Path, reader: Reader) -> None:
    outcome(hostile._doubling(60), tmp_path, reader, Limits(seconds=1))
    assert isinstance(outcome(document(plain()), tmp_path, reader), TakenIn)


@pytest.mark.skipif(sys.platform != "linux", reason="the system lists processes elsewhere")
def test_no_process_and_no_scratch_file_is_left(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(document(plain()))
    before = children()
    take_in_all([paper] * 3, store=Store(tmp_path / "store"))
    assert not list((tmp_path / "store").glob(".intake-*"))
    assert children() == before


@pytest.mark.skipif(sys.platform != "linux", reason="the system lists processes elsewhere")
def test_who_stops_waiting_leaves_no_process_behind(tmp_path: Path) -> None:
    papers = [tmp_path / "sound.pdf", tmp_path / "endless.pdf"]
    papers[0].write_bytes(document(plain()))
    papers[1].write_bytes(hostile._doubling(60))
    before = children()
    with pytest.raises(KeyboardInterrupt):
        take_in_all(papers, store=Store(tmp_path / "store"), workers=2, progress=interrupt)
    assert children() == before


def interrupt(*_: int) -> None:
    raise KeyboardInterrupt


def children() -> str:
    """The numbers of this process's children, the dead and unmourned among them."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


HARD = sorted(shared("papers", "hard-pdfs").glob("*.pdf"))


@needs_shared
@pytest.mark.parametrize("paper", HARD, ids=lambda path: path.stem)
def test_a_pdf_that_broke_other_tools_does_not_break_ours(paper: Path, tmp_path: Path, reader: Reader) -> None:
    assert_ends_well(outcome(paper.read_bytes(), tmp_path, reader))
