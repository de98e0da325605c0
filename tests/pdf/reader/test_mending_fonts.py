"""Fonts that a PDF leaves out: which are put into it, and that no letter moves."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name
from pypdfium2 import PdfDocument, raw

from moothall.core.pdf.repair.fonts import match
from tests.papers.reading import struct_lines
from tests.pdf.reader.mending import Writer, flaws, take

FONTS = [("ArialMT", "LiberationSans-Regular"), ("Arial,Bold", "LiberationSans-Bold")]
FONTS += [("Helvetica-BoldOblique", "LiberationSans-BoldItalic"), ("TimesNewRomanPS-BoldMT", "LiberationSerif-Bold")]
FONTS += [("Times-Roman", "LiberationSerif-Regular"), ("CourierNewPSMT", "LiberationMono-Regular")]
FONTS += [("Times-Italic", "LiberationSerif-Italic"), ("ABCDEF+Courier", "LiberationMono-Regular")]


@pytest.mark.parametrize(("called", "known"), FONTS)
def test_a_font_is_matched_by_its_name(called, known):
    assert match(called) == known


@pytest.mark.parametrize("called", ["Arial-Black", "ArialNarrow", "Calibri", "Symbol", "ZapfDingbats", "Timesheet", ""])
def test_a_font_of_other_widths_is_not_matched(called):
    assert match(called) is None


STANDARD = ["Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"]
STANDARD += ["Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Courier", "Courier-Bold"]


def with_font(path: Path, **font: object) -> Path:
    writer = Writer(embedded=False)
    writer.font = writer.pdf.make_indirect(Dictionary({"/Type": Name.Font, **{f"/{key}": font[key] for key in font}}))
    writer.content(b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (The report, 1,204 pupils) Tj ET EMC", ("P", 0))
    return writer.save(path)


def positions(paper: Path) -> list[float]:
    """Where the reader's pen is for each letter, in hundredths of a point."""
    with PdfDocument(paper) as document:
        letters = document[0].get_textpage()
        across, up = ctypes.c_double(), ctypes.c_double()
        found = []
        for at in range(letters.count_chars()):
            raw.FPDFText_GetCharOrigin(letters, at, ctypes.byref(across), ctypes.byref(up))
            found.append(round(across.value, 2))
        return found


@pytest.mark.parametrize("called", STANDARD)
def test_a_standard_font_is_put_into_the_file_and_no_letter_moves(tmp_path, called):
    paper = with_font(
        tmp_path / "paper.pdf", Subtype=Name.Type1, BaseFont=Name(f"/{called}"), Encoding=Name.WinAnsiEncoding
    )
    mended, cautions = take(paper)
    assert "font-not-embedded" in flaws(paper)
    assert flaws(mended) == set()
    assert positions(mended) == positions(paper)
    assert struct_lines(mended) == struct_lines(paper)
    assert "a font of equal widths is put into the file" in cautions["mended"]


@pytest.mark.parametrize(
    "font",
    [
        {"Subtype": Name.TrueType, "BaseFont": Name("/Calibri"), "Encoding": Name.WinAnsiEncoding},
        {"Subtype": Name.Type1, "BaseFont": Name.Symbol},
        {
            "Subtype": Name.TrueType, "BaseFont": Name.ArialMT, "Encoding": Name.WinAnsiEncoding,
            "FirstChar": 84, "LastChar": 84, "Widths": Array([700]),
        },
        {"Subtype": Name.TrueType, "BaseFont": Name.ArialMT, "Encoding": Name("/MacExpertEncoding")},
        {
            "Subtype": Name.TrueType, "BaseFont": Name.ArialMT,
            "Encoding": Dictionary(Differences=Array([65, Name.odd])),
            "FirstChar": 65, "LastChar": 65, "Widths": Array([667]),
        },
    ],
    ids=["no twin", "symbols", "other widths", "an unknown encoding", "an unknown letter"],
)  # fmt: skip
def test_a_font_that_does_not_match_stays_and_is_told(tmp_path, font):
    mended, cautions = take(with_font(tmp_path / "paper.pdf", **font))
    assert "font-not-embedded" in flaws(mended)
    assert "a font is not in the file" in cautions["author-must-mend"]


def test_letters_that_an_encoding_puts_elsewhere_are_drawn_there(tmp_path):
    moved = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([84, Name.W, Name.Euro]))
    paper = with_font(tmp_path / "paper.pdf", Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=moved)
    mended, _ = take(paper)
    assert struct_lines(mended) == struct_lines(paper) == ['"Whe report, 1,204 pupils"']
    assert flaws(mended) == set()


def test_a_font_that_nothing_is_drawn_with_is_no_matter(tmp_path):
    writer = Writer(embedded=False)
    writer.content(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC", ("P", 0))
    assert take(writer.save(tmp_path / "paper.pdf"))[1] == {}
