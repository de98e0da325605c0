"""A broken photograph in a PDF is told with its paper and page; sound ones are not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from moothall.core.pdf.cache import Store
from moothall.core.pdf.reader import Limits, take_in
from moothall.core.pdf.reader.damaged_files import opened
from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.page_facts import find_broken
from tests.pdf.reader.raw import changed, page, stream
from tests.shared import needs_shared, shared


def photograph(*, mode: str = "RGB", size: tuple[int, int] = (400, 300), **how: object) -> bytes:
    """Return a JPEG, of 400 by 300 pixels and no two lines alike where not said otherwise."""
    out = BytesIO()
    picture = Image.radial_gradient("L").resize(size).convert(mode)
    picture.save(out, "JPEG", **how)
    return out.getvalue()


WHOLE = photograph()


def paper(picture: bytes, *, filters: bytes = b"/DCTDecode", in_a_form: bool = False) -> bytes:
    """A page that draws a picture, itself or by a form."""
    keys = b"/Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter "
    form = stream(
        b"q 400 0 0 300 0 0 cm /Im Do Q",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</XObject <</Im 6 0 R>>>>",
    )
    drawn = b"/XObject <</Im %d 0 R>> /Font" % (7 if in_a_form else 6)
    contents = stream(
        b"q 400 0 0 300 90 400 cm /Im Do Q BT /F1 12 Tf 72 700 Td (The panel notes the whole report) Tj ET"
    )
    return changed({3: page().replace(b"/Font", drawn), 4: contents, 6: stream(picture, keys + filters), 7: form})


BROKEN = {
    "breaks off": WHOLE[: len(WHOLE) // 2],
    "breaks off in its header": WHOLE[:100],
    "no JPEG": b"GIF89a" + WHOLE[6:],
    "nothing": b"",
    "zeros": bytes(4000),
}
SOUND = {
    "whole": WHOLE,
    "progressive": photograph(progressive=True),
    "grey": photograph(mode="L"),
    "four inks": photograph(mode="CMYK"),
    "more behind it": WHOLE + b"\n\n",
    "a thin line": photograph(size=(200, 4)),
    "an upright line": photograph(size=(1, 300)),
    "one pixel": photograph(size=(1, 1)),
    "seven by seven": photograph(size=(7, 7)),
}


def pictures_damaged(tmp_path: Path, content: bytes) -> list[tuple[str, str]]:
    (tmp_path / "Plan.pdf").write_bytes(content)
    taken = take_in(tmp_path / "Plan.pdf", store=Store(tmp_path / "store"), limits=Limits(ocr_seconds=0))
    return [(each.place, each.message) for each in taken.cautions if each.code == "picture-damaged"]


@pytest.mark.parametrize("in_a_form", [False, True], ids=["on the page", "in a form"])
@pytest.mark.parametrize("picture", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_photograph_is_told_with_paper_and_page(tmp_path, picture, in_a_form):
    ((place, message),) = pictures_damaged(tmp_path, paper(picture, in_a_form=in_a_form))
    assert place == "page 1"
    assert message.startswith("Plan.pdf: a photograph on page 1 is damaged")


@pytest.mark.parametrize("picture", SOUND.values(), ids=list(SOUND))
def test_a_sound_photograph_is_not_spoken_of(tmp_path, picture):
    assert pictures_damaged(tmp_path, paper(picture)) == []


def test_a_photograph_packed_once_more_is_left_alone(tmp_path):
    assert pictures_damaged(tmp_path, paper(b"anything", filters=b"[/ASCIIHexDecode /DCTDecode]")) == []


def test_picture_whose_test_fails_counts_as_sound(tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Image, "open", fail)
    (tmp_path / "Plan.pdf").write_bytes(paper(WHOLE))
    findings = Findings()
    with opened(tmp_path / "Plan.pdf", scratch=tmp_path / "scratch.pdf", most_pages=9, findings=findings) as pdf:
        find_broken(pdf, findings, 60)
    assert findings.cautions() == ()


def test_looking_ends_with_its_time(tmp_path):
    (tmp_path / "Plan.pdf").write_bytes(paper(b""))
    findings = Findings()
    with opened(tmp_path / "Plan.pdf", scratch=tmp_path / "scratch.pdf", most_pages=9, findings=findings) as pdf:
        find_broken(pdf, findings, -1)
        assert findings.count("picture-damaged") == 0
        find_broken(pdf, findings, 60)
        assert findings.count("picture-damaged") == 1


def test_forms_that_draw_each_other_end(tmp_path):
    """Thirty forms, each of which draws all thirty."""
    names = b" ".join(b"/F%d %d 0 R" % (number, number) for number in range(10, 40))
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <<%s>>>>" % names
    forms = {number: stream(b"", head) for number in range(10, 40)}
    content = changed({3: page().replace(b"/Font", b"/XObject <<%s>> /Font" % names), **forms})
    assert pictures_damaged(tmp_path, content) == []


@needs_shared
def test_paper_with_a_thin_photograph_is_taken_in_without_a_warning_about_it(tmp_path):
    assert pictures_damaged(tmp_path, shared("cases", "packs", "thin-jpeg.pdf").read_bytes()) == []
