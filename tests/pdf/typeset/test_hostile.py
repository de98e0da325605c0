"""Content is never read as markup, code, a path or a name."""

import pytest

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import Figure, Heading, Link, ListBlock, ListItem, Paragraph, Table, Text
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import bare, blocks, tagged_text

HOSTILE = {
    "code": '#eval("1+1") #panic("x") #read("/etc/passwd")',
    "markup": "*bold* _it_ `raw` $x^2$ = heading / term: x + item - item <label> @ref ~ ---",
    "escapes": "\\u{41} \\n \\\\ \\# \\",
    "brackets": "]])}}{{[[",
    "quotes": '"); panic("x',
    "comments": "// no comment /* nor this */",
    "json": '{"k": "p", "c": ["x"]}',
    "import": '#import "@preview/x:1.0.0"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_text_is_printed_as_it_is(text: str, set_blocks: Setter) -> None:
    content = (Text(text),)
    part = set_blocks(
        Heading(1, content, number=text),
        Paragraph(content),
        ListBlock((ListItem((Paragraph(content),), label=text),), ordered=True),
        title=text,
    )
    assert tagged_text(part.pdf) == bare(text * 5)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_identities_addresses_and_descriptions_are_only_data(text: str, set_blocks: Setter, picture: bytes) -> None:
    part = set_blocks(
        Heading(1, (Text("h"),), id=text),
        Paragraph((Link(f"#{text}", (Text("here"),)), Link(f"https://avonmere.example/{text}", (Text("there"),)))),
        Table((), caption=(Text("c"),), id=text),
        Figure("p.png", text),
        images={"p.png": picture},
    )
    assert tagged_text(part.pdf).startswith("hherethere")


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "a\0b", "main.typ"])
def test_the_name_of_a_picture_is_never_a_path(name: str, set_blocks: Setter, picture: bytes) -> None:
    assert set_blocks(Figure(name, "alt"), images={name: picture}).pages == 1


@pytest.mark.parametrize("language", ["", "en", "cy-GB", "x-klingon", "en-Latn-GB", '"); panic("', "123"])
def test_any_language_sets(language: str, set_blocks: Setter) -> None:
    assert set_blocks(*blocks("testun"), language=language).pages == 1


@pytest.mark.parametrize("path", ["/etc/hostname.png", "../../etc/hostname.png", "file:///etc/hostname.png"])
def test_a_picture_that_links_to_another_file_is_refused(path: str, set_blocks: Setter) -> None:
    linked = f'<image href="{path}" width="9" height="9"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{linked}</svg>'
    with pytest.raises(CannotSet, match="picture"):
        set_blocks(Figure("a.svg", "alt"), images={"a.svg": svg.encode()})
