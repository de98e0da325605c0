"""What is known of a page: its size as displayed, its text, whether it is a scan, where a number may stand."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moothall.core.pdf.cache import Store
from moothall.core.pdf.reader import Limits, PageFacts, TakenIn, take_in
from moothall.core.pdf.reader.facts import listing
from moothall.core.pdf.reader.process_client import Reader
from moothall.core.pdf.reader.uploads import _take_in
from moothall.core.pdf.stamp_places import PLACES, box
from tests.pdf.reader.raw import changed, document, page, plain, stream

Facts = Callable[[bytes], PageFacts]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture
def facts(tmp_path: Path, reader: Reader) -> Facts:
    def facts(data: bytes) -> PageFacts:
        paper = tmp_path / "paper.pdf"
        paper.write_bytes(data)
        return _take_in(paper, reader, store=Store(tmp_path / "store"), limits=Limits()).pages[0]

    return facts


def test_size_is_as_displayed(facts: Facts) -> None:
    turned = facts(changed({3: page(b"/Rotate 90")}))
    assert (turned.width, turned.height, turned.rotation) == (842, 595, 90)


def test_size_counts_the_user_unit(facts: Facts) -> None:
    plan = facts(changed({3: page(b"/UserUnit 2")}))
    assert (plan.width, plan.height, plan.unit) == (1190, 1684, 2)


def test_size_and_turn_are_inherited(facts: Facts) -> None:
    bare = page().replace(b"/MediaBox [0 0 595 842] ", b"")
    seen = facts(changed({2: b"<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 842 1191] /Rotate 270>>", 3: bare}))
    assert (seen.width, seen.height, seen.rotation) == (1191, 842, 270)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_free_unless_something_stands_in_it(place: str, turn: int, facts: Facts) -> None:
    size = (595.0, 842.0) if turn in {0, 180} else (842.0, 595.0)
    left, bottom, right, top = on_page(box(place, *size), turn)
    mark = b"0 g %f %f %f %f re f" % (left, bottom, right - left, top - bottom)
    seen = facts(changed({3: page(b"/Rotate %d" % turn), 4: stream(mark)}))
    assert seen.clear == tuple(other for other in PLACES if other != place)


def on_page(area: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box as displayed, on a sheet of 595 by 842 points that is turned clockwise when it is shown."""
    left, bottom, right, top = area
    return {
        0: area,
        90: (595 - top, left, 595 - bottom, right),
        180: (595 - right, 842 - top, 595 - left, 842 - bottom),
        270: (bottom, 842 - right, top, 842 - left),
    }[turn]


def test_white_letters_are_letters_too(facts: Facts) -> None:
    hidden = b"1 g BT /F1 9 Tf 290 24 Td (12) Tj ET"
    assert "bottom-centre" not in facts(changed({4: stream(hidden)})).clear


def test_an_even_light_ground_is_free_and_a_dark_one_is_not(facts: Facts) -> None:
    assert facts(changed({4: stream(b"0.9 g 0 0 595 842 re f")})).clear == PLACES
    assert facts(changed({4: stream(b"0.3 g 0 0 595 842 re f")})).clear == ()


def test_a_page_too_small_for_a_number_has_no_place(facts: Facts) -> None:
    assert facts(changed({3: page(box=b"[0 0 80 80]"), 4: stream(b"")})).clear == ()


def scan(contents: bytes = b"") -> bytes:
    """A page that is a picture of grey noise, with what else is drawn on it."""
    picture = zlib.compress(bytes(range(256)) * 4)
    keys = b"/Type /XObject /Subtype /Image /Width 32 /Height 32 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    return changed(
        {
            3: page().replace(b"/Font", b"/XObject <</Im 6 0 R>> /Font"),
            4: stream(b"q 595 0 0 842 0 0 cm /Im Do Q " + contents),
            6: stream(picture, keys + b"/Filter /FlateDecode "),
        }
    )


def test_a_picture_without_text_is_a_scan_and_said(tmp_path: Path) -> None:
    paper = tmp_path / "Petition.pdf"
    paper.write_bytes(scan())
    taken = take_in(paper, store=Store(tmp_path / "store"), limits=Limits(ocr_seconds=0))
    assert taken.pages[0].scanned
    assert [(caution.code, caution.place) for caution in taken.cautions] == [("scan-without-text", "page 1")]
    assert "Petition.pdf is a scan without text on page 1" in taken.cautions[0].message


def test_a_picture_with_text_is_no_scan(facts: Facts) -> None:
    assert not facts(scan(b"BT /F1 12 Tf 72 700 Td (The panel notes the whole report) Tj ET")).scanned


OCR = """#!{python}
import sys
import pikepdf
with pikepdf.open(sys.argv[-2]) as pdf:
    pdf.pages[0].contents_add(b"BT 3 Tr /F1 12 Tf 72 700 Td (We the undersigned petition the council) Tj ET")
    pdf.save(sys.argv[-1])
"""


def with_command(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> TakenIn:
    """A scan taken in where ``script`` stands in for the command that reads scans."""
    command = folder / "ocrmypdf"
    command.write_text(script.format(python=sys.executable))
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    paper = folder / "Petition.pdf"
    paper.write_bytes(scan())
    return take_in(paper, store=Store(folder / "store"))


def test_a_scan_is_read_where_the_command_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = with_command(tmp_path, OCR, monkeypatch)
    assert "We the undersigned" in taken.pages[0].text
    assert [caution.code for caution in taken.cautions] == ["scan-read"]


def test_a_scan_that_cannot_be_read_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = with_command(tmp_path, "#!/bin/sh\nexit 3\n", monkeypatch)
    assert taken.pages[0].scanned
    assert [caution.code for caution in taken.cautions] == ["scan-without-text", "ocr-failed"]


def test_a_long_paper_is_read_to_its_last_page(tmp_path: Path) -> None:
    objects = {2: b"<</Type /Pages /Kids [%s] /Count 300>>" % b" ".join(b"%d 0 R" % n for n in range(10, 310))}
    for number in range(10, 310):
        objects[number] = page().replace(b"4 0 R", b"%d 0 R" % (number + 1000))
        objects[number + 1000] = stream(b"BT /F1 12 Tf 72 700 Td (Sheet %d) Tj ET" % (number - 9))
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(document({**plain(), **objects}))
    taken = take_in(paper, store=Store(tmp_path / "store"))
    assert [page.text.strip() for page in taken.pages] == [f"Sheet {number}" for number in range(1, 301)]


@pytest.mark.parametrize(
    ("pages", "says"),
    [([], ""), ([4], "page 4"), ([2, 3, 4, 9], "pages 2 to 4 and 9"), ([1, 3, 5], "pages 1, 3 and 5")],
    ids=["none", "one", "a run", "several"],
)
def test_pages_are_listed_as_a_person_would(pages: list[int], says: str) -> None:
    assert listing(pages) == says
