"""The page number: readable, in a free place, true to how the page is shown."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Name, Object, Page, Pdf, parse_content_stream
from PIL import Image, ImageOps

from moothall.core.pdf.merge.page_numbers import STRIP, Frame, frame
from moothall.core.pdf.stamp_places import MM, PLACES, box
from tests.pdf.merge.makers import Handmade, bound, part

BLUE = b"0 0 1 rg -5000 -5000 10000 10000 re f"


def _paper(tmp_path: Path, content: bytes = b"", **entries: object) -> Path:
    """A one-page paper without tags; ``entries`` are the page's own."""
    made = Handmade()
    page = made.page()
    page.Contents = made.pdf.make_stream(content)
    for key, value in entries.items():
        page[f"/{key}"] = value
    del made.pdf.Root.StructTreeRoot
    return made.save(tmp_path / "paper.pdf")


def _where(path: Path) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the dark marks on the page as displayed, in points from its top left corner."""
    found = ImageOps.invert(_picture(path).convert("L").point(lambda shade: 0 if shade < 128 else 255)).getbbox()
    assert found is not None
    return found


def _picture(path: Path) -> Image.Image:
    """The page as pdfium shows it, a pixel a point."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return pdf[0].render(scale=1).to_pil().convert("RGB")
    finally:
        pdf.close()


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("place", PLACES)
def test_the_number_stands_upright_in_its_place_on_turned_pages(tmp_path: Path, turn: int, place: str) -> None:
    paper = _paper(tmp_path, Rotate=turn, MediaBox=Array([-100, 50, 495, 892]))
    bound(tmp_path, part(paper, "a", clear=((place,),)))
    left, top, right, bottom = _where(tmp_path / "out.pdf")
    width, height = _picture(tmp_path / "out.pdf").size
    low, base, high, ceiling = box(place, width, height)
    assert low - 1 <= left < right <= high + 1
    assert height - ceiling - 1 <= top < bottom <= height - base + 1
    assert right - left > 2 * (bottom - top)


def test_the_number_is_white_backed_on_a_dark_page(tmp_path: Path) -> None:
    bound(tmp_path, part(_paper(tmp_path, BLUE), "a", clear=(("bottom-centre",),)))
    plain = tmp_path / "plain"
    plain.mkdir()
    bound(plain, part(_paper(tmp_path), "a", clear=(("bottom-centre",),)))
    left, top, right, bottom = _where(plain / "out.pdf")
    picture = _picture(tmp_path / "out.pdf")
    assert picture.getpixel((left - 2, (top + bottom) // 2)) == (255, 255, 255)
    assert picture.getpixel((left - 12, (top + bottom) // 2)) == (0, 0, 255)
    assert (
        picture.crop((left, top, right, bottom)).tobytes()
        == _picture(plain / "out.pdf").crop((left, top, right, bottom)).tobytes()
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_full_page_is_lengthened_below_and_keeps_its_picture(tmp_path: Path, turn: int) -> None:
    crop = Array([100, 100, 500, 700])
    paper = _paper(tmp_path, BLUE, Rotate=turn, CropBox=crop)
    before = _picture(paper)
    bound(tmp_path, part(paper, "a", clear=((),)))
    after = _picture(tmp_path / "out.pdf")
    assert after.width == before.width
    assert after.height == pytest.approx(before.height + STRIP, abs=1)
    assert after.crop((0, 0, before.width, before.height - 1)).getcolors() == [
        (before.width * (before.height - 1), (0, 0, 255))
    ]
    assert after.getpixel((3, after.height - 3)) == (255, 255, 255)


def test_a_unit_of_a_page_is_heeded(tmp_path: Path) -> None:
    paper = _paper(tmp_path, UserUnit=2, MediaBox=Array([0, 0, 300, 420]))
    pdf, _ = bound(tmp_path, part(paper, "a", clear=(("bottom-centre",),)))
    matrix = next(each.operands for each in _instructions(pdf.pages[0].obj) if str(each.operator) == "cm")
    assert [float(value) for value in matrix] == [0.5, 0, 0, 0.5, 0, 0]
    assert frame(pdf.pages[0].obj).size == (600, 840)


def _instructions(page: Object) -> list[object]:
    return list(parse_content_stream(Page(page)))


def test_a_page_left_scaled_by_its_content_is_stamped_right(tmp_path: Path) -> None:
    paper = _paper(tmp_path, b"q 0.1 0 0 0.1 300 300 cm q 0 0 m S")
    bound(tmp_path, part(paper, "a", clear=(("bottom-centre",),)))
    left, _, right, bottom = _where(tmp_path / "out.pdf")
    width, height = _picture(tmp_path / "out.pdf").size
    assert (left + right) / 2 == pytest.approx(width / 2, abs=10)
    assert height - bottom < 14 * MM


def test_the_number_is_an_artifact_with_an_embedded_font(tmp_path: Path) -> None:
    pdf, _ = bound(tmp_path, part(_paper(tmp_path), "a", labels=("21a",)))
    marks = [each.operands for each in _instructions(pdf.pages[0].obj) if str(each.operator) == "BDC"]
    assert [str(operands[0]) for operands in marks] == ["/P", "/Artifact"]
    assert (marks[1][1].Type, marks[1][1].Subtype) == (Name.Pagination, Name.Footer)
    font = pdf.pages[0].obj.Resources.Font.PageNumber
    assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    shown = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, check=True, text=True).stdout
    assert shown.strip() == "Page 21a"


def test_a_part_that_is_not_stamped_has_no_number(tmp_path: Path) -> None:
    bound(tmp_path, part(_paper(tmp_path), "a", stamped=False))
    shown = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, check=True, text=True).stdout
    assert shown.strip() == ""


def test_a_font_of_the_same_name_in_the_paper_is_left_alone(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page(("P", "words"))
    page.Resources.Font.PageNumber = made.font
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert str(pdf.pages[0].obj.Resources.Font.PageNumber.BaseFont) == "/Helvetica"


@given(
    corner=st.tuples(st.integers(-500, 500), st.integers(-500, 500)),
    size=st.tuples(st.integers(100, 2000), st.integers(100, 2000)),
    turn=st.sampled_from([0, 90, 180, 270]),
    unit=st.sampled_from([1.0, 2.0, 0.5]),
)
@settings(deadline=None)
def test_the_corners_shown_are_the_corners_of_the_box(
    corner: tuple[int, int], size: tuple[int, int], turn: int, unit: float
) -> None:
    seen = (corner[0], corner[1], corner[0] + size[0], corner[1] + size[1])
    view = Frame(seen, turn, unit)
    a, b, c, d, e, f = view.matrix
    width, height = view.size
    corners = {(round(a * x + c * y + e, 6), round(b * x + d * y + f, 6)) for x in (0, width) for y in (0, height)}
    assert corners == {(x, y) for x in (seen[0], seen[2]) for y in (seen[1], seen[3])}


@pytest.mark.parametrize(
    ("entries", "seen"),
    [
        ({}, (0, 0, 595, 842)),
        ({"CropBox": [10, 10, 100, 100]}, (10, 10, 100, 100)),
        ({"CropBox": [100, 100, 10, 10]}, (10, 10, 100, 100)),
        ({"CropBox": [-50, 700, 300, 2000]}, (0, 700, 300, 842)),
        ({"CropBox": [900, 900, 1000, 1000]}, (0, 0, 595, 842)),
        ({"CropBox": [1, 2]}, (0, 0, 595, 842)),
    ],
    ids=["plain", "cropped", "corners-swapped", "beyond", "elsewhere", "rubbish"],
)
def test_what_is_seen_is_where_the_boxes_meet(entries: dict[str, list[int]], seen: tuple[int, ...]) -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    for key, value in entries.items():
        page[f"/{key}"] = Array(value)
    assert frame(page).seen == seen
