import pikepdf
import pypdfium2
import pytest

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import (
    Block,
    Cell,
    Deleted,
    Emphasis,
    Figure,
    Heading,
    Inserted,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Scope,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from moothall.core.pdf.typeset import SetPart
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import blocks, boxes, elements, page_sizes, paragraph, printed_text, tagged_text, tags

A4, TURNED = (595, 842), (842, 595)
_TEXT = (Text("words"),)
_ROW = Row((Cell(blocks("a"), scope=Scope.ROW), Cell(blocks("1"))))

KINDS: dict[str, Block] = {
    "heading": Heading(1, _TEXT, number="1", id="one"),
    "paragraph of every inline": Paragraph(
        (
            Strong((Emphasis(_TEXT),)),
            Subscript(_TEXT),
            Superscript(_TEXT),
            LineBreak(),
            Link("https://avonmere.example", _TEXT),
        )
    ),
    "bulleted list": ListBlock((ListItem(blocks("x")), ListItem(blocks("y")))),
    "numbered list": ListBlock((ListItem(blocks("x"), "5.1"), ListItem(blocks("y"), "5.2")), ordered=True),
    "table": Table((_ROW,), head=(_ROW,), foot=(_ROW,), caption=_TEXT, widths=(1, 2), id="t"),
    "table without cells": Table((), caption=_TEXT),
    "quotation": Quote(blocks("said")),
    "page break": PageBreak(),
    "landscape": Landscape(blocks("wide")),
}


@pytest.mark.parametrize("block", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_block_sets_as_pdf_ua(block: Block, set_blocks: Setter) -> None:
    part = set_blocks(block, paragraph("after"))
    assert b"pdfuaid" in part.pdf.read_bytes()
    assert "after" in printed_text(part.pdf)


def test_an_empty_paper_is_an_empty_page(set_blocks: Setter) -> None:
    assert set_blocks().pages == 1


def test_headings_are_tagged_by_level_and_keep_their_numbers(set_blocks: Setter) -> None:
    part = set_blocks(
        Heading(1, (Text("Report"),)),
        Heading(2, (Text("Issue"),), number="1"),
        Heading(3, (Text("Why"),), number="1.1"),
    )
    found = [line.strip() for line in tags(part.pdf).splitlines() if line.strip().startswith("H")]
    assert found == ['H1 "Report" (block)', 'H2 "1 Issue" (block)', 'H3 "1.1 Why" (block)']


def test_headings_never_skip_a_level_in_the_tags(set_blocks: Setter) -> None:
    part = set_blocks(*(Heading(level, (Text("t"),)) for level in (3, 6, 4)))
    assert [line.strip()[:2] for line in tags(part.pdf).splitlines() if '"t" (' in line] == ["H1", "H2", "H2"]


def test_list_labels_are_printed_as_given_and_tagged_as_labels(set_blocks: Setter) -> None:
    inner = ListBlock((ListItem(blocks("inner"), "(a)"),), ordered=True)
    part = set_blocks(ListBlock((ListItem((paragraph("outer"), inner), "5.1"),), ordered=True))
    assert len(list(elements(part.pdf, "L"))) == len(list(elements(part.pdf, "LBody"))) == 2
    assert tagged_text(part.pdf) == "5.1outer(a)inner"


def test_an_ordered_list_without_labels_is_counted(set_blocks: Setter) -> None:
    part = set_blocks(ListBlock((ListItem(blocks("x")), ListItem(blocks("y"))), ordered=True))
    assert tagged_text(part.pdf) == "1.x2.y"


def test_a_footnote_stands_on_its_page_and_is_tagged_as_a_note(set_blocks: Setter) -> None:
    call = Paragraph((Text("called"), NoteReference("n"), Text(" twice"), NoteReference("n")))
    part = set_blocks(call, notes={"n": blocks("the note")})
    assert len(list(elements(part.pdf, "Note"))) == 1
    assert printed_text(part.pdf).count("the note") == 1


def test_a_footnote_that_calls_itself_is_set_once(set_blocks: Setter) -> None:
    note = (Paragraph((Text("self"), NoteReference("n"))),)
    assert set_blocks(Paragraph((Text("x"), NoteReference("n"))), notes={"n": note}).pages == 1


def test_a_call_without_a_note_names_the_note_and_the_place(set_blocks: Setter) -> None:
    with pytest.raises(CannotSet, match=r'Footnote "n9" is called under "2 Costs"'):
        set_blocks(Heading(1, (Text("Costs"),), number="2"), Paragraph((NoteReference("n9"),)))


def test_a_picture_carries_its_alternative_text(set_blocks: Setter, picture: bytes) -> None:
    part = set_blocks(Figure("a.png", "A map of the wards", caption=_TEXT), images={"a.png": picture})
    assert [str(figure.Alt) for figure in elements(part.pdf, "Figure")] == ["A map of the wards"]


def test_a_picture_for_decoration_is_no_figure(set_blocks: Setter, picture: bytes) -> None:
    part = set_blocks(Figure("a.png", ""), images={"a.png": picture})
    assert not list(elements(part.pdf, "Figure"))


@pytest.mark.parametrize("turned", [False, True], ids=["upright", "turned"])
@pytest.mark.parametrize("box", ["0 0 3000 200", "0 0 200 3000", "0 0 9 9", ""])
def test_a_drawing_of_any_shape_keeps_to_one_page(box: str, turned: bool, set_blocks: Setter) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><rect width="9" height="9"/></svg>'
    part = set_blocks(Figure("a.svg", "shape", caption=_TEXT), images={"a.svg": svg.encode()}, landscape=turned)
    assert part.pages == 1
    ((left, lower, right, upper),) = boxes(part.pdf)
    across, down = page_sizes(part.pdf)[0]
    assert 50 < left < right < across - 50
    assert 50 < lower < upper < down - 40


@pytest.mark.parametrize(
    ("image", "said"),
    [(None, "is not there"), (b"BM nothing", "is not a PNG"), (b"\x89PNG\r\n\x1a\nbroken", "cannot be read")],
    ids=["missing", "of another kind", "damaged"],
)
def test_a_picture_that_cannot_be_set_is_named(image: bytes | None, said: str, set_blocks: Setter) -> None:
    with pytest.raises(CannotSet, match=f'The picture "map.png" {said}'):
        set_blocks(Figure("map.png", "map"), images={"map.png": image} if image else {})


def test_a_link_inside_the_paper_leads_to_its_heading(set_blocks: Setter) -> None:
    part = set_blocks(Heading(1, _TEXT, id="costs"), Paragraph((Link("#costs", (Text("see costs"),)),)))
    assert len(list(elements(part.pdf, "Link"))) == 1


@pytest.mark.parametrize("href", ["#nowhere", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_a_link_that_leads_nowhere_safe_is_plain_text(href: str, set_blocks: Setter) -> None:
    part = set_blocks(Paragraph((Link(href, (Text("here"),)),)))
    assert tagged_text(part.pdf) == "here"
    assert not list(elements(part.pdf, "Link"))


def test_landscape_blocks_stand_on_pages_of_their_own(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("a"), Landscape(blocks("b")), paragraph("c"))
    assert page_sizes(part.pdf) == [A4, TURNED, A4]


def test_a_heading_goes_with_the_turned_page_that_it_leads_to(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("a"), Heading(1, (Text("Plan"),)), Landscape(blocks("b")))
    assert page_sizes(part.pdf) == [A4, TURNED]


def test_a_landscape_paper_is_turned_throughout(set_blocks: Setter) -> None:
    part = set_blocks(paragraph("a"), PageBreak(), Landscape(blocks("b")), landscape=True)
    assert page_sizes(part.pdf) == [TURNED, TURNED]


def test_a_heading_is_never_the_last_thing_on_a_page(set_blocks: Setter) -> None:
    filler = [paragraph("line") for _ in range(38)]
    for extra in range(4):
        part = set_blocks(*filler, *filler[:extra], Heading(1, (Text("Heading"),)), *blocks(*["tail"] * 9))
        page = printed_text(part.pdf).split("\f")[0].split()
        assert page[-1] != "Heading"


def test_the_foot_of_every_page_is_left_for_the_page_number(set_blocks: Setter) -> None:
    part = set_blocks(*blocks(*["word " * 60] * 40), Landscape(blocks(*["word " * 60] * 40)))
    assert _lowest(part) > 14 * 72 / 25.4


def _lowest(part: SetPart) -> float:
    """The lowest point of any character, in points above the page's lower edge."""
    lowest = 999.0
    with pypdfium2.PdfDocument(part.pdf) as document:
        for page in document:
            text = page.get_textpage()
            lowest = min(lowest, *(text.get_rect(number)[1] for number in range(text.count_rects())))
    return lowest


def test_words_taken_out_and_put_in_are_tagged_as_struck_and_underlined(set_blocks: Setter) -> None:
    taken_out, put_in = Deleted((Strong((Text("regrets"),)),)), Inserted((Text("welcomes"),))
    part = set_blocks(Paragraph((Text("It "), taken_out, Text(" "), put_in, Text(" this."))))
    assert [str(_decoration(each)) for each in elements(part.pdf, "Span")] == ["/LineThrough", "/Underline"]


def test_links_may_be_struck_or_put_in(set_blocks: Setter) -> None:
    link = Link("https://www.avonmere.gov.uk/", (Deleted((Text("old"),)), Inserted((Text("new"),)), Text("same")))
    part = set_blocks(Paragraph((link,)))
    assert "oldnewsame" in tagged_text(part.pdf)
    assert "/LineThrough" in [str(_decoration(each)) for each in elements(part.pdf, "Span")]


def _decoration(element: pikepdf.Object) -> object:
    return next((each["/TextDecorationType"] for each in element.A if "/TextDecorationType" in each), "")
