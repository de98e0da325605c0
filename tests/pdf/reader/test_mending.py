"""What an upload lacks for those who cannot see it is mended where that is true, and told where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.papers.reading import struct_lines
from tests.pdf.merge.makers import set_pdf
from tests.pdf.reader.mending import Writer, failures, flaws, pixels, take

TITLE = b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (The report) Tj ET EMC\n"


@pytest.fixture
def elements() -> Iterator[Callable[[Path, str], list[Object]]]:
    """The elements of a role in a file, which stays open for the test."""
    with ExitStack() as stack:

        def found(paper: Path, role: str) -> list[Object]:
            pdf = stack.enter_context(Pdf.open(paper))
            return [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name(f"/{role}")]

        yield found


@pytest.fixture
def scopes(elements: Callable[[Path, str], list[Object]]) -> Callable[[Path], list[str]]:
    """What each header cell of a file heads, in the order of their words' numbers."""
    return lambda paper: [str(each.A.Scope)[1:] for each in sorted(elements(paper, "TH"), key=lambda each: int(each.K))]


def written(tmp_path: Path, content: bytes, *tagged: tuple[str, int], **resources: Object) -> Path:
    writer = Writer()
    writer.content(content, *(tagged or (("P", 0),)), **resources)
    return writer.save(tmp_path / "paper.pdf")


def test_paths_outside_the_tags_become_artifacts_and_the_page_looks_the_same(tmp_path):
    paper = written(tmp_path, b"0.9 g 50 50 m 200 50 l 200 90 l h f\n" + TITLE + b"q 1 w 50 60 m 300 60 l S Q sh")
    mended, cautions = take(paper)
    assert flaws(paper) >= {"content-untagged"}
    assert flaws(mended) == set()
    assert pixels(paper) == pixels(mended)
    assert "decoration is passed over" in cautions["mended"]


def test_text_outside_the_tags_becomes_a_paragraph_where_it_is_read(tmp_path, elements):
    loose = b"BT /F1 12 Tf 72 660 Td (Nobody tagged) Tj 0 -14 Td (these two lines) Tj ET\n"
    last = b"/P <</MCID 1>> BDC BT /F1 12 Tf 72 600 Td (The end) Tj ET EMC\n"
    paper = written(tmp_path, TITLE + loose + last, ("P", 0), ("P", 1))
    mended, cautions = take(paper)
    assert struct_lines(mended) == ['"The report"', '"Nobody tagged"', '"these two lines"', '"The end"']
    assert len(elements(mended, "P")) == 3
    assert failures(mended) == set()
    assert pixels(paper) == pixels(mended)
    assert "text outside the tags is a paragraph (page 1)" in cautions["mended"]


def test_lines_close_to_each_other_are_one_paragraph_and_distant_ones_two(tmp_path, elements):
    lines = b"".join(b"BT /F1 12 Tf 72 %d Td (Line) Tj ET\n" % at for at in (660, 646, 500))
    mended, _ = take(written(tmp_path, TITLE + lines))
    assert len(elements(mended, "P")) == 3


def test_blanks_outside_the_tags_are_no_paragraph(tmp_path):
    mended, _ = take(written(tmp_path, TITLE + b"BT /F1 12 Tf 72 660 Td (   ) Tj ET\n"))
    assert struct_lines(mended) == ['"The report"']
    assert failures(mended) == set()


def test_a_footer_that_runs_through_the_paper_is_passed_over_and_body_text_is_not(tmp_path):
    writer = Writer()
    for at in range(4):
        footer = b"BT /F1 9 Tf 72 30 Td (Budget report, page %d) Tj ET\n" % (at + 1)
        body = b"BT /F1 12 Tf 72 600 Td (The same body text) Tj ET\n"
        writer.content(TITLE + body + footer, ("P", 0))
    mended, cautions = take(writer.save(tmp_path / "paper.pdf"))
    assert struct_lines(mended) == ['"The report"', '"The same body text"'] * 4
    assert "running headers and footers are passed over" in cautions["mended"]


def test_a_last_line_that_stands_on_one_page_only_is_read(tmp_path):
    mended, _ = take(written(tmp_path, TITLE + b"BT /F1 9 Tf 72 30 Td (See the note) Tj ET\n"))
    assert struct_lines(mended) == ['"The report"', '"See the note"']


def test_marked_text_that_no_tag_owns_is_read_in_its_place(tmp_path):
    orphan = b"/P <</MCID 7>> BDC BT /F1 12 Tf 72 660 Td (Lost and found) Tj ET EMC\n"
    paper = written(tmp_path, TITLE + orphan)
    mended, _ = take(paper)
    assert "content-without-tag" in flaws(paper)
    assert struct_lines(mended) == ['"The report"', '"Lost and found"']
    assert failures(mended) == set()


def test_marked_content_inside_a_tag_stays_its_own(tmp_path):
    inner = b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (The ) Tj /Span <</MCID 9>> BDC (report) Tj EMC ET EMC"
    mended, _ = take(written(tmp_path, inner))
    assert failures(mended) == set()
    with Pdf.open(mended) as pdf:
        assert pdf.Root.StructTreeRoot.K[0].K == 0
        assert b"MCID 9" not in pdf.pages[0].Contents.read_bytes()


def test_a_tag_that_owns_what_is_not_there_is_left_out(tmp_path, elements):
    mended, _ = take(written(tmp_path, TITLE, ("P", 0), ("P", 5)))
    assert len(elements(mended, "P")) == 1
    assert failures(mended) == set()


def picture(writer: Writer) -> Object:
    image = writer.pdf.make_stream(b"\x80")
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/BitsPerComponent": 8})
    image["/ColorSpace"] = Name.DeviceGray
    return image


def with_picture(tmp_path: Path, placed: bytes, *tagged: tuple[str, int], pages: int = 1) -> Path:
    writer = Writer()
    image = picture(writer)
    for _ in range(pages):
        writer.content(TITLE + placed, ("P", 0), *tagged, XObject=Dictionary(I=image))
    return writer.save(tmp_path / "paper.pdf")


def test_a_picture_without_description_is_announced_and_told_to_the_clerk(tmp_path, elements):
    paper = with_picture(tmp_path, b"/Figure <</MCID 1>> BDC q 200 0 0 100 72 400 cm /I Do Q EMC", ("Figure", 1))
    mended, cautions = take(paper)
    assert str(elements(mended, "Figure")[0].Alt) == "Picture without a description, page 1 of this paper."
    assert failures(mended) == set()
    assert flaws(mended) == {"figure-undescribed"}
    assert "a picture has no description (page 1)" in cautions["author-must-mend"]


def test_the_words_in_a_picture_are_kept_in_what_announces_it(tmp_path, elements):
    words = b"/Figure <</MCID 1>> BDC BT /F1 12 Tf 72 400 Td (Our vision) Tj ET EMC"
    mended, _ = take(written(tmp_path, TITLE + words, ("P", 0), ("Figure", 1)))
    assert str(elements(mended, "Figure")[0].Alt).endswith("Words in it: Our vision")


def test_a_picture_that_its_author_described_is_left_alone(tmp_path, elements):
    writer = Writer()
    writer.content(TITLE + b"/Figure <</MCID 1>> BDC 72 400 50 50 re f EMC", ("P", 0), ("Figure", 1))
    writer.elements[1].Alt = String("The council's arms")
    mended, cautions = take(writer.save(tmp_path / "paper.pdf"))
    assert str(elements(mended, "Figure")[0].Alt) == "The council's arms"
    assert "author-must-mend" not in cautions


@pytest.mark.parametrize("size", ["8 0 0 8", "300 0 0 1"], ids=["a bullet", "a rule"])
def test_a_figure_too_small_to_show_anything_is_decoration(tmp_path, size, elements):
    placed = b"/Figure <</MCID 1>> BDC q %s 72 400 cm /I Do Q EMC" % size.encode()
    mended, _ = take(with_picture(tmp_path, placed, ("Figure", 1)))
    assert elements(mended, "Figure") == []
    assert flaws(mended) == set()


def test_a_picture_outside_the_tags_is_announced(tmp_path, elements):
    mended, cautions = take(with_picture(tmp_path, b"q 200 0 0 100 72 400 cm /I Do Q"))
    assert len(elements(mended, "Figure")) == 1
    assert failures(mended) == set()
    assert "a picture outside the tags is a figure" in cautions["mended"]


def test_of_a_letterhead_on_every_page_only_the_first_is_announced(tmp_path, elements):
    placed = b"/Figure <</MCID 1>> BDC q 100 0 0 50 72 760 cm /I Do Q EMC"
    mended, _ = take(with_picture(tmp_path, placed, ("Figure", 1), pages=4))
    assert len(elements(mended, "Figure")) == 1
    assert failures(mended) == set()


def test_header_cells_say_what_they_head_by_where_they_stand(tmp_path, scopes):
    writer = Writer()
    writer.table("Year Pupils Schools", "2013 1204 7", "2014 1300 8", cells="HHHHddHdd")
    paper = writer.save(tmp_path / "paper.pdf")
    mended, _ = take(paper)
    assert "header-without-scope" in flaws(paper)
    assert scopes(mended) == ["Both", "Column", "Column", "Row", "Row"]
    assert flaws(mended) == set()


def test_a_first_row_alone_heads_columns(tmp_path, scopes):
    writer = Writer()
    writer.table("Year Pupils", "2013 1204", cells="HHdd")
    assert scopes(take(writer.save(tmp_path / "paper.pdf"))[0]) == ["Column", "Column"]


def cells_of(writer: Writer) -> list[Object]:
    kinds = (Name.TH, Name.TD)
    return [each for each in writer.pdf.objects if isinstance(each, Dictionary) and each.get("/S") in kinds]


def test_header_cells_that_cells_name_are_left_as_they_are(tmp_path, elements):
    writer = Writer()
    writer.table("Year Pupils", "2013 1204", cells="HHdd")
    head, other, *cells = cells_of(writer)
    head.ID, other.ID = String("year"), String("pupils")
    for cell, called in zip(cells, ("year", "pupils"), strict=True):
        cell.A = Dictionary(O=Name.Table, Headers=Array([String(called)]))
    writer.root.IDTree = Dictionary(Names=Array([String("pupils"), other, String("year"), head]))
    mended, _ = take(writer.save(tmp_path / "paper.pdf"))
    assert all("/A" not in each for each in elements(mended, "TH"))
    assert flaws(mended) == set()


def test_attributes_that_cells_share_are_not_changed_for_the_others(tmp_path, elements, scopes):
    writer = Writer()
    writer.table("Year Pupils", "2013 1204", cells="HHHd")
    shared = writer.pdf.make_indirect(Dictionary(O=Name.Table, RowSpan=1))
    for each in cells_of(writer):
        each.A = shared
    mended, _ = take(writer.save(tmp_path / "paper.pdf"))
    assert scopes(mended) == ["Both", "Column", "Row"]
    assert all(int(each.A.RowSpan) == 1 for each in elements(mended, "TH"))
    assert all("/Scope" not in each.A for each in elements(mended, "TD"))


def test_a_bold_first_row_above_a_plain_body_becomes_the_header(tmp_path, scopes):
    writer = Writer()
    writer.table("*Year* *Pupils*", "2013 1204", "2014 1300")
    mended, cautions = take(writer.save(tmp_path / "paper.pdf"))
    assert scopes(mended) == ["Column", "Column"]
    assert "the headings of a table are header cells (page 1)" in cautions["mended"]


def test_a_bold_first_column_becomes_the_header(tmp_path, scopes):
    writer = Writer()
    writer.table("*Schools* 7", "*Pupils* 1204", "*Teachers* 88")
    assert scopes(take(writer.save(tmp_path / "paper.pdf"))[0]) == ["Row", "Row", "Row"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Year Pupils", "2013 1204"),
        ("*Year* *Pupils*", "*2013* *1204*"),
        ("*Total* *1,204* *88.5*", "Schools 7 3"),
        ("*....* *....*", "signed dated"),
        ("*Year* Pupils", "2013 1204"),
        ("*Year* _ _ *Pupils* *Schools*", "_ _ _ 2013 1204 7", "_ _ _ 2014 1300 8"),
    ],
    ids=["nothing bold", "all bold", "a total", "dotted lines", "one bold cell", "cells counted to another heading"],
)
def test_a_table_whose_headings_are_not_plain_is_left_to_its_author(tmp_path, rows, elements):
    writer = Writer()
    writer.table(*rows)
    mended, cautions = take(writer.save(tmp_path / "paper.pdf"))
    assert elements(mended, "TH") == []
    assert flaws(mended) == {"table-without-headers"}
    assert failures(mended) == set()
    assert "a table has no header cells (page 1)" in cautions["author-must-mend"]


@pytest.mark.parametrize(
    ("role", "means"),
    [("Heading 2", "H2"), ("Endnote", "Note"), ("Body-Text", "P"), ("Strong", "Span"), ("Odd", "P")],
)
def test_a_role_that_nobody_knows_comes_to_the_nearest_standard_one(tmp_path, role, means):
    paper = written(tmp_path, TITLE, (role, 0))
    mended, _ = take(paper)
    with Pdf.open(mended) as pdf:
        assert pdf.Root.StructTreeRoot.RoleMap[f"/{role}"] == Name(f"/{means}")
    assert "unknown-role" in flaws(paper)
    assert "unknown-role" not in flaws(mended)


def test_a_tag_without_any_name_gets_one(tmp_path):
    writer = Writer()
    writer.content(TITLE, ("P", 0))
    writer.elements[0].S = Name("/")
    mended, _ = take(writer.save(tmp_path / "paper.pdf"))
    assert flaws(mended) == set()


def test_notes_get_identifiers_that_nothing_else_has(tmp_path, elements):
    writer = Writer()
    notes = b"".join(b"/Note <</MCID %d>> BDC BT /F1 9 Tf 72 %d Td (x) Tj ET EMC\n" % (at, 600 - at) for at in (1, 2))
    writer.content(TITLE + notes, ("P", 0), ("Note", 1), ("Note", 2))
    writer.elements[0].ID = String("note-1")
    mended, _ = take(writer.save(tmp_path / "paper.pdf"))
    assert len({str(each.ID) for each in elements(mended, "Note")} | {"note-1"}) == 3
    assert failures(mended) == set()


def linked(tmp_path: Path, **link: Object) -> Path:
    writer = Writer()
    page = writer.content(TITLE, ("P", 0))
    note = writer.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[72, 690, 200, 712], **link))
    page.Annots, page.Tabs = Array([note]), Name.S
    owner = writer.element("Link", page, Array([Dictionary(Type=Name.OBJR, Obj=note, Pg=page)]))
    writer.number(note, "/StructParent", owner)
    return writer.save(tmp_path / "paper.pdf")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://avonmere.example/plan", "https://avonmere.example/plan"),
        ("mailto:clerk@avonmere.example?subject=Hello", "clerk@avonmere.example"),
    ],
)
def test_a_link_says_its_address(tmp_path, address, said):
    mended, _ = take(linked(tmp_path, A=Dictionary(S=Name.URI, URI=String(address))))
    with Pdf.open(mended) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == said
    assert flaws(mended) == set()


def test_a_link_within_the_paper_says_the_heading_or_the_page(tmp_path):
    body = "= Purpose\n#link(<far>)[See there]\n#pagebreak()\n= Detail <far>\nWords"
    paper = set_pdf(tmp_path / "paper.pdf", body, tagged=True)
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].Annots[0].Contents
        pdf.save(paper)
    mended, _ = take(paper)
    with Pdf.open(mended) as pdf:
        assert "page 2 of this paper" in str(pdf.pages[0].Annots[0].Contents).lower()


def test_a_link_that_its_author_described_is_left_alone(tmp_path):
    mended, _ = take(linked(tmp_path, A=Dictionary(S=Name.URI, URI=String("https://a.example")), Contents=String("A")))
    with Pdf.open(mended) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == "A"


def test_a_sound_paper_is_not_touched(tmp_path):
    paper = set_pdf(
        tmp_path / "paper.pdf",
        "= Purpose\nWords and a #link(<end>)[link].\n#table(\n columns: 2, table.header[A][B], [1], [2])\n= End <end>",
    )
    mended, cautions = take(paper)
    assert cautions == {}
    assert struct_lines(mended) == struct_lines(paper)


def test_the_claim_of_a_sound_paper_comes_along_and_that_of_a_mended_one_does_not(tmp_path):
    sound = set_pdf(tmp_path / "sound.pdf", "= Purpose\nWords.")
    (tmp_path / "mend").mkdir()
    with Pdf.open(sound) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b"\n0 0 9 9 re f")
        pdf.save(tmp_path / "mend" / "broken.pdf", fix_metadata_version=False)
    for paper, claims in ((sound, True), (tmp_path / "mend" / "broken.pdf", False)):
        with Pdf.open(take(paper)[0]) as pdf:
            assert (b"pdfuaid:part>1" in pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else False) is claims


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    writer = Writer()
    writer.table("*Year* *Pupils*", "2013 1204")
    paper = writer.save(tmp_path / "paper.pdf")
    first = take(paper)[0].read_bytes()
    assert take(paper)[0].read_bytes() == first


def test_a_form_that_holds_text_outside_the_tags_is_a_paragraph(tmp_path):
    writer = Writer()
    form = writer.pdf.make_stream(b"BT /F1 12 Tf 72 500 Td (From a form) Tj ET")
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 595, 842])})
    form["/Resources"] = Dictionary(Font=Dictionary(F1=writer.font))
    writer.content(TITLE + b"/Fm Do", ("P", 0), XObject=Dictionary(Fm=form))
    paper = writer.save(tmp_path / "paper.pdf")
    mended, _ = take(paper)
    assert struct_lines(mended) == ['"The report"', '"From a form"']
    assert failures(mended) == set()
    assert pixels(paper) == pixels(mended)


PIECES = [
    b"0.8 g 40 %d 300 3 re f\n",
    b"BT /F1 10 Tf 72 %d Td (Loose words) Tj ET\n",
    b"BT /F2 10 Tf 300 %d Td [(Bold) -300 (and loose)] TJ ET\n",
    b"q 0.5 0 0 0.5 30 20 cm 0 0 m 50 %d l S Q\n",
    b"q 20 %d 200 9 re W n 1 0 0 rg 0 0 595 842 re f Q\n",
    b"q 90 0 0 9 400 %d cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n",
    b"/Artifact BMC 10 %d 5 5 re f EMC\n",
    b"/Span BMC BT /F1 10 Tf 150 %d Td (Marked in name only) Tj ET EMC\n",
]


@settings(max_examples=40, deadline=None)
@given(
    pieces=st.lists(st.tuples(st.sampled_from(PIECES), st.integers(60, 740)), max_size=12),
    owned=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_whatever_is_painted_looks_the_same_and_every_tagged_word_stays_in_its_order(pieces, owned):
    writer, content, tagged = Writer(), TITLE, [("P", 0)]
    for at, ((piece, height), own) in enumerate(zip(pieces, owned, strict=False), start=1):
        shown = piece.replace(b"%d", b"%d" % height)
        content += b"/P <</MCID %d>> BDC " % at + shown + b"EMC\n" if own and b"/Artifact" not in piece else shown
        tagged += [("P", at)] if own and at % 3 else []  # some marks have no owner
    writer.content(content, *tagged)
    with TemporaryDirectory() as folder:
        paper = writer.save(Path(folder) / "paper.pdf")
        mended, _ = take(paper)
        assert pixels(mended) == pixels(paper)
        assert failures(mended) <= {"tag-without-content"} & failures(paper)
        assert stands_in(struct_lines(paper), struct_lines(mended))


def stands_in(lines: list[str], whole: list[str]) -> bool:
    """Whether the lines (but those of nothing) stand in ``whole`` in their order."""
    rest = iter(whole)
    return all(line in rest for line in lines if line.strip('" '))


def test_a_paper_that_cannot_be_mended_is_taken_as_it_is(tmp_path, monkeypatch):
    def fails(*_):
        raise KeyError("/K")

    monkeypatch.setattr("moothall.core.pdf.reader.cleaner.mend", fails)
    paper = written(tmp_path, TITLE + b"0 0 9 9 re f")
    mended, cautions = take(paper)
    assert "not-mended" in cautions
    assert struct_lines(mended) == ['"The report"']


def test_a_paper_over_which_the_mending_stumbles_is_not_left_half_mended(tmp_path, monkeypatch):
    def fails(*_):
        raise KeyError("/K")

    monkeypatch.setattr("moothall.core.pdf.repair.mender.settle_figures", fails)
    paper = written(tmp_path, TITLE + b"0 0 9 9 re f BT /F1 12 Tf 72 600 Td (Nobody tagged) Tj ET")
    mended, cautions = take(paper)
    assert "not-mended" in cautions
    assert "mended" not in cautions
    assert content_of(mended) == content_of(paper)
    assert struct_lines(mended) == ['"The report"']


def content_of(paper: Path) -> bytes:
    with Pdf.open(paper) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_a_page_whose_drawing_is_damaged_keeps_no_other_from_being_mended(tmp_path):
    writer = Writer()
    writer.content(TITLE + b"BT /F1 12 Tf 72 600 Td [(Odd) oops] TJ ET", ("P", 0))
    writer.content(TITLE + b"0 0 9 9 re f", ("P", 0))
    mended, cautions = take(writer.save(tmp_path / "paper.pdf"))
    assert "not-mended" not in cautions
    assert "decoration is passed over (page 2)" in cautions["mended"]
    assert struct_lines(mended) == ['"The report"', '"The report"']


BODY = (
    "= Purpose\nWords#footnote[A note.] and a #link(<end>)[link].\n#table(columns: 2, [A], [B], [1], [2])\n= End <end>"
)
ODD: list[Callable[[], object]] = [
    lambda: 7,
    lambda: -1,
    lambda: Name.Odd,
    lambda: String("x"),
    Array,
    Dictionary,
    lambda: Array([Array([Name.A]), 3, None]),
]
KEYS = ["/K", "/P", "/Pg", "/S", "/A", "/ID", "/C", "/Alt", "/RoleMap", "/ParentTree", "/Annots", "/Dest", "/Contents"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return set_pdf(tmp_path_factory.mktemp("sound") / "sound.pdf", BODY).read_bytes()


@settings(max_examples=30, deadline=None)
@given(
    odd=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(KEYS), st.sampled_from(range(len(ODD)))), max_size=8)
)
def test_no_oddity_of_the_tags_keeps_the_rest_from_being_mended(sound, odd):
    with TemporaryDirectory() as folder:
        paper = Path(folder) / "odd.pdf"
        with Pdf.open(BytesIO(sound)) as pdf:
            holders = [each for each in pdf.objects if isinstance(each, Dictionary)]
            for at, key, value in odd:
                holder = holders[at % len(holders)]
                if key in holder and "/Pages" not in holder:
                    holder[key] = ODD[value]()
            pdf.save(paper)
        assert "not-mended" not in take(paper)[1]
