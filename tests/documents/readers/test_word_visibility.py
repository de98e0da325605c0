"""Words that cannot be seen in Word are left out and reported; words that can be seen stay."""

from __future__ import annotations

import pytest

from moothall.core.documents.readers import read
from moothall.core.documents.text_writer import to_text
from tests.documents.readers.word_files import cell, para, row, run, table, text_box, write

WHITE = '<w:color w:val="FFFFFF"/>'
BLACK = '<w:color w:val="000000"/>'
SECRET = "Price 99"
SHADED_STYLE = """<w:style w:type="table" w:styleId="Dark"><w:name w:val="Dark"/>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:color w:val="FDFDFD"/></w:rPr></w:style>
"""


def fill(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def in_cell(properties: str, shading: str, *, more: str = "") -> str:
    return table(row("A", "B"), row(cell(para(run(SECRET, properties)), shading), "2"), properties=more)


HIDDEN = {
    "formatted as hidden": (para(run(SECRET, "<w:vanish/>")), "hidden-text-dropped"),
    "in a hidden row": (table(row("A"), row(SECRET, properties="<w:hidden/>")), "hidden-text-dropped"),
    "black highlight": (para(run(SECRET, '<w:highlight w:val="black"/>')), "blacked-out-text-dropped"),
    "dark blue on dark blue": (
        para(run(SECRET, '<w:color w:val="000080"/><w:highlight w:val="darkBlue"/>')),
        "blacked-out-text-dropped",
    ),
    "black shading": (para(run(SECRET, BLACK + fill("000000"))), "blacked-out-text-dropped"),
    "solid shading": (para(run(SECRET, BLACK + '<w:shd w:val="solid" w:color="auto"/>')), "blacked-out-text-dropped"),
    "black cell": (in_cell(BLACK, fill("000000")), "blacked-out-text-dropped"),
    "white": (para(run(SECRET, WHITE)), "invisible-text-dropped"),
    "nearly white by a style": (para(run(SECRET, '<w:rStyle w:val="Ghost"/>')), "invisible-text-dropped"),
    "white in a white cell": (in_cell(WHITE, fill("FFFFFF")), "invisible-text-dropped"),
    "colour of the paragraph's shading": (
        para(run(SECRET, '<w:color w:val="D9E2F3"/>'), more=fill("D9E2F3")),
        "invisible-text-dropped",
    ),
    "type of one point": (para(run(SECRET, '<w:sz w:val="2"/>')), "invisible-text-dropped"),
}
SEEN = {
    "black": para(run(SECRET, BLACK)),
    "automatic colour on black": para(run(SECRET, '<w:color w:val="auto"/>' + fill("000000"))),
    "white on a dark cell": in_cell(WHITE, fill("1F3864")),
    "white in a table whose style shades": in_cell(WHITE, "", more='<w:tblStyle w:val="Dark"/>'),
    "white on a dark paragraph": para(run(SECRET, WHITE), more=fill("1F3864")),
    "white in a text box": para(text_box(para(run(SECRET, WHITE))) + run("a")),
    "white with a dark highlight": para(run(SECRET, WHITE + '<w:highlight w:val="darkBlue"/>')),
    "yellow highlight": para(run(SECRET, '<w:highlight w:val="yellow"/>')),
    "light grey": para(run(SECRET, '<w:color w:val="BFBFBF"/>')),
    "small type": para(run(SECRET, '<w:sz w:val="10"/>')),
}


@pytest.mark.parametrize(("body", "code"), HIDDEN.values(), ids=list(HIDDEN))
def test_words_that_cannot_be_seen_are_left_out_and_reported(tmp_path, body, code):
    reading = read(write(tmp_path / "paper.docx", para("Seen.") + body, styles=SHADED_STYLE))
    assert SECRET not in to_text(reading.document)
    (caution,) = [each for each in reading.cautions if each.code == code]
    assert caution.place.startswith("paragraph")
    assert caution.excerpt == SECRET
    assert SECRET not in caution.message


@pytest.mark.parametrize("body", SEEN.values(), ids=list(SEEN))
def test_words_that_can_be_seen_stay(tmp_path, body):
    reading = read(write(tmp_path / "paper.docx", para("Seen.") + body, styles=SHADED_STYLE))
    assert SECRET in to_text(reading.document)
    assert not [each for each in reading.cautions if each.code.endswith("-text-dropped")]


def test_bar_stands_where_words_are_blacked_out(tmp_path):
    body = para(run("Asked by ") + run(SECRET, '<w:highlight w:val="black"/>') + run("."))
    assert "Asked by [blacked out]." in to_text(read(write(tmp_path / "paper.docx", body)).document)


def test_hidden_white_space_is_not_reported(tmp_path):
    reading = read(write(tmp_path / "paper.docx", para(run("a") + run(" ", WHITE))))
    assert reading.cautions == ()


def test_place_counts_paragraphs(tmp_path):
    body = para("One.") + para("Two.") + para(run(SECRET, WHITE))
    (caution,) = read(write(tmp_path / "paper.docx", body)).cautions
    assert caution.place == "paragraph 3"
