"""Word documents: what is kept, what is dropped, and what is said about it."""

from io import BytesIO

import pytest
from PIL import Image

from moothall.core.documents.html_writer import to_html
from moothall.core.documents.inlines import plain
from moothall.core.documents.readers import read
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Figure, Heading, Landscape, PageBreak, Paragraph, Scope, Table
from moothall.core.documents.walk import each_block
from tests.documents.readers.word_files import bold, cell, notes, para, picture, row, run, table, text_box, write
from tests.documents.tree.strategies import picture as png

WHO = 'w:author="A" w:date="2014-11-24T00:00:00Z"'
WIDE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
TALL = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
INSERTED = f'<w:ins w:id="2" {WHO}>{run("new")}</w:ins>'
DELETED = f'<w:del w:id="1" {WHO}><w:r><w:delText>gone</w:delText></w:r></w:del>'
MOVED_AWAY = f'<w:moveFrom w:id="1" {WHO}>{run("moved")}</w:moveFrom>'
MOVED_HERE = f'<w:moveTo w:id="2" {WHO}>{run("moved")}</w:moveTo>'


@pytest.fixture
def reading(tmp_path):
    def make(body, **options):
        return read(write(tmp_path / "paper.docx", body, **options))

    return make


@pytest.fixture
def html(reading):
    def make(body, **options):
        return to_html(reading(body, **options).document).strip()

    return make


def codes(reading):
    return {caution.code for caution in reading.cautions}


TEXTS = {
    "an insertion is accepted": (para(run("a ") + INSERTED), "<p>a new</p>"),
    "a deletion is accepted": (para(run("a ") + DELETED + run("b")), "<p>a b</p>"),
    "a move is accepted": (para(MOVED_AWAY + run("then ") + MOVED_HERE), "<p>then moved</p>"),
    "a deleted paragraph end joins two paragraphs": (
        para("joined ", more=f'<w:rPr><w:del w:id="5" {WHO}/></w:rPr>') + para("next"),
        "<p>joined next</p>",
    ),
    "hidden text is left out": (para(run("seen ") + run("unseen", "<w:vanish/>")), "<p>seen</p>"),
    "bold, italic, sub and superscript": (
        para(bold("b") + run("i", "<w:i/>") + run("2", '<w:vertAlign w:val="superscript"/>')),
        "<p><strong>b</strong><em>i</em><sup>2</sup></p>",
    ),
    "bold switched off is not bold": (para(run("x", '<w:b w:val="0"/>')), "<p>x</p>"),
    "a character style may be bold": (
        para(run("x", '<w:rStyle w:val="Strong"/>') + run("y")),
        "<p><strong>x</strong>y</p>",
    ),
    "a symbol font's tick": (
        para('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" done")),
        "<p>✓ done</p>",
    ),
    "a field shows its result": (
        para('<w:fldSimple w:instr=" DATE ">' + run("24 November 2014") + "</w:fldSimple>"),
        "<p>24 November 2014</p>",
    ),
    "a content control is opened": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{para('inside')}</w:sdtContent></w:sdt>",
        "<p>inside</p>",
    ),
    "a dropped capital is joined to its word": (
        para(run("O"), more='<w:framePr w:dropCap="drop" w:lines="3"/>') + para("nce"),
        "<p>Once</p>",
    ),
    "a line break": (para(run("a") + "<w:r><w:br/></w:r>" + run("b")), "<p>a<br>b</p>"),
    "a page break": (
        para("a") + para('<w:r><w:br w:type="page"/></w:r>' + run("b")),
        '<p>a</p>\n<hr class="page-break">\n<p>b</p>',
    ),
    "a page break before a paragraph": (
        para("a") + para("b", more="<w:pageBreakBefore/>"),
        '<p>a</p>\n<hr class="page-break">\n<p>b</p>',
    ),
    "a new section on a new page": (
        para("a", more=TALL) + para("b") + TALL,
        '<p>a</p>\n<hr class="page-break">\n<p>b</p>',
    ),
    "a frame of one cell is no table": (table(row("framed")), "<p>framed</p>"),
    "quotations in a row are one": (
        para("a", style="Quote") + para("b", style="Quote"),
        "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>",
    ),
    "a text box follows the paragraph it is fixed to": (
        para(text_box(para("boxed")) + run("anchor")),
        "<p>anchor</p>\n<p>boxed</p>",
    ),
    "an equation is text": (para("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "<p>x=1</p>"),
    "a ticked form box": (
        para(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
            "</w:fldChar></w:r>"
            '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + run(" Yes")
        ),
        "<p>☒ Yes</p>",
    ),
}


@pytest.mark.parametrize(("body", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_reads_as_word_shows_it(html, body, expected):
    assert html(body) == expected


LOSSES = {
    "tracked changes": (para(run("a ") + INSERTED), "tracked-changes"),
    "comments": (para(run("a") + '<w:r><w:commentReference w:id="1"/></w:r>'), "comments-dropped"),
    "hidden text": (para(run("a") + run("b", "<w:vanish/>")), "hidden-text-dropped"),
    "struck text": (para(run("a", "<w:strike/>")), "struck-text-kept"),
    "text boxes": (para(text_box(para("b")) + run("a")), "text-box-moved"),
    "equations": (para("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "equation-as-text"),
    "imported files": (para("a") + '<w:altChunk r:id="x"/>', "import-not-read"),
    "an empty paper": (para(""), "paper-empty"),
    "a missing picture": (para(run("a") + picture("nowhere")), "picture-missing"),
    "a chart": (
        para(
            run("a") + "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart/></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></w:r>"
        ),
        "drawing-left-out",
    ),
}


@pytest.mark.parametrize(("body", "code"), LOSSES.values(), ids=LOSSES)
def test_what_is_lost_is_said(reading, body, code):
    assert code in codes(reading(body))


def test_a_plain_paper_has_no_cautions(reading):
    assert reading(para("Report", style="Title") + para("Text.")).cautions == ()


def test_macros_and_embedded_files_are_said(reading):
    found = reading(para("a"), parts={"vbaProject.bin": b"x", "embeddings/a.xlsx": b"x"})
    assert {"macros-dropped", "embedded-file-dropped"} <= codes(found)


def test_a_title_stands_above_the_headings(reading):
    body = para("Savings", style="Title") + para("Issue", style="Heading1") + para("x") + para("More", style="Heading2")
    document = reading(body + para("y")).document
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    assert (document.title, levels) == ("Savings", [1, 2, 3])


def test_a_bold_line_above_text_is_a_heading(reading):
    body = (
        para("Report", style="Title")
        + para(bold("THE ISSUE"))
        + para("Some text.")
        + para(bold("RISK"))
        + para("More.")
    )
    found = reading(body)
    headings = [block.content[0].text for block in found.document.blocks if isinstance(block, Heading)]
    assert headings == ["Report", "THE ISSUE", "RISK"]
    assert "headings-guessed" in codes(found)


@pytest.mark.parametrize(
    "body",
    [
        para(bold("Avonmere Council")) + para(bold("Guildhall")) + para("Text."),
        para(bold("The panel is asked to agree the plan.")) + para("Text."),
        para(bold("Bold") + run(" and not")) + para("Text."),
        para("Text.") + para(bold("Signed")),
    ],
    ids=["an address", "a sentence", "a bold beginning", "the last line"],
)
def test_other_bold_lines_are_not_headings(reading, body):
    assert not any(isinstance(block, Heading) for block in reading(body).document.blocks)


def test_a_heading_style_on_a_whole_paragraph_makes_no_heading(reading):
    text = (
        "The panel noted the report of the director, and that a further one would come to its meeting in the new year."
    )
    assert not any(isinstance(block, Heading) for block in reading(para(text, style="Heading2")).document.blocks)


def first_table(reading):
    return next(block for block in each_block(reading.document.blocks) if isinstance(block, Table))


HEADS = {
    "Word repeats it": table(row("H", "I", properties="<w:tblHeader/>"), row("1", "2")),
    "the table style sets it apart": table(
        row("H", "I"),
        row("1", "2"),
        properties='<w:tblStyle w:val="Banded"/><w:tblLook w:firstRow="1" w:firstColumn="0"/>',
    ),
    "an old table's look in one number": table(
        row("H", "I"), row("1", "2"), properties='<w:tblStyle w:val="Banded"/><w:tblLook w:val="0020"/>'
    ),
    "it is bold and the rest is not": table(row(cell(para(bold("H"))), cell(para(bold("I")))), row("1", "2")),
    "it is shaded and the rest is not": table(
        row(cell("H", '<w:shd w:fill="CCCCCC"/>'), cell("I", '<w:shd w:fill="CCCCCC"/>')), row("1", "2")
    ),
}


@pytest.mark.parametrize("body", HEADS.values(), ids=HEADS)
def test_the_first_row_is_the_head_when(reading, body):
    found = first_table(reading(body))
    assert [[item.scope for item in line.cells] for line in found.head] == [[Scope.COLUMN] * 2]
    assert [[item.scope for item in line.cells] for line in found.body] == [[Scope.NONE] * 2]


@pytest.mark.parametrize(
    "body",
    [
        table(
            row("1", "2"),
            row("3", "4"),
            properties='<w:tblStyle w:val="Grid"/><w:tblLook w:val="04A0" w:firstRow="1"/>',
        ),
        table(row(cell(para(bold("1"))), cell(para(bold("2")))), row(cell(para(bold("3"))), cell(para(bold("4"))))),
        table(row("1", "2", properties="<w:tblHeader/>")),
    ],
    ids=["a style without a first row", "all is bold", "every row repeats"],
)
def test_a_table_without_a_head_is_named(reading, body):
    found = reading(para("Issue", style="Heading1") + body)
    message = next(caution.message for caution in found.cautions if caution.code == "table-without-headers")
    assert "1st table (under “Issue”)" in message


def test_a_bold_first_column_heads_its_rows(reading):
    body = table(row(cell(para(bold("Date"))), "1 May"), row(cell(para(bold("Place"))), "Guildhall"))
    scopes = [[item.scope for item in line.cells] for line in first_table(reading(body)).body]
    assert scopes == [[Scope.ROW, Scope.NONE]] * 2


def test_merged_and_nested_tables_keep_their_shape(html):
    body = table(
        row(cell("wide", '<w:gridSpan w:val="2"/>'), "c"),
        row(cell("tall", '<w:vMerge w:val="restart"/>'), "1", "2"),
        row(cell("", "<w:vMerge/>"), "3", cell(table(row("n", "o"), row("p", "q")))),
    )
    written = html(body)
    assert '<td colspan="2">wide</td>' in written
    assert '<td rowspan="2">tall</td>' in written
    assert written.count("<table") == 2


def test_a_row_that_begins_further_right_keeps_its_place(html):
    body = table(row("a", "b"), row("c", properties='<w:gridBefore w:val="1"/>'))
    assert "<tr><td></td><td>c</td></tr>" in html(body)


def test_a_deleted_row_is_gone(reading):
    body = table(row("a", "b"), row("gone", "x", properties=f'<w:del w:id="5" {WHO}/>'), row("c", "d"))
    assert to_text(reading(body).document) == "a\tb\nc\td\n"


def test_lines_in_columns_parted_by_tabs_are_a_table(reading):
    lines = ("Schools\t\t1,200\t1,300", "Roads\t800\t750", "Total\t2,000\t2,050")
    found = reading(para(bold("\t2014\t2015")) + "".join(para(line) for line in lines) + para("Date:\t24 November"))
    table, line = found.document.blocks
    assert [len(row.cells) for row in (*table.head, *table.body)] == [3, 3, 3, 3]
    assert [cell.is_header for cell in table.head[0].cells] == [False, True, True]
    assert plain(table.body[0].cells[2].blocks[0].content) == "1,300"
    assert plain(line.content) == "Date: 24 November"
    assert "columns-guessed" in {caution.code for caution in found.cautions}


@pytest.mark.parametrize(
    "lines",
    [("a\tb\tc", "d\te\tf"), ("Name:\tAnna", "Post:\tClerk", "Desk:\t3"), ("a\tb\tc", "d\te", "f\tg\th")],
    ids=["two lines", "two columns", "not the same columns"],
)
def test_other_lines_with_tabs_stay_lines(reading, lines):
    found = reading("".join(para(line) for line in lines))
    assert all(isinstance(block, Paragraph) for block in found.document.blocks)


def test_captions_go_to_their_tables_and_pictures(reading):
    body = (
        para("Table 1: savings", style="Caption")
        + table(row("a", "b"), row("c", "d"))
        + para(picture("p", "A chart"))
        + para("Figure 1: gaps", style="Caption")
    )
    found = reading(body, parts={"media/p.png": png()}, links={"p": ("image", "media/p.png")}).document
    captions = [block.caption[0].text for block in found.blocks]
    assert captions == ["Table 1: savings", "Figure 1: gaps"]


def test_pictures_keep_their_alternative_text(reading):
    found = reading(
        para(picture("p", "Rates since 2010")), parts={"media/p.png": png()}, links={"p": ("image", "media/p.png")}
    )
    figure = found.document.blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, len(found.document.images)) == ("Rates since 2010", 1)


def test_a_decorative_picture_needs_no_description(reading):
    mark = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
    found = reading(
        para(picture("p", "", more=mark)), parts={"media/p.png": png()}, links={"p": ("image", "media/p.png")}
    )
    assert found.document.blocks[0].decorative
    assert "picture-without-alt" not in codes(found)


def test_what_is_cropped_away_does_not_come_along(reading):
    whole = Image.new("RGB", (10, 10), "white")
    whole.paste("black", (0, 0, 5, 10))
    out = BytesIO()
    whole.save(out, "PNG")
    body = para(picture("p", "White", crop='<a:srcRect l="50000"/>'))
    found = reading(body, parts={"media/p.png": out.getvalue()}, links={"p": ("image", "media/p.png")}).document
    with Image.open(BytesIO(next(iter(found.images.values())))) as shown:
        assert (shown.size, shown.convert("RGB").getextrema()) == ((5, 10), ((255, 255),) * 3)


def test_footnotes_and_endnotes_are_numbered_in_reading_order(reading):
    body = para(
        run("a") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + run("b") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    found = reading(
        body,
        parts={
            "footnotes.xml": notes("footnote", {2: "At the foot"}),
            "endnotes.xml": notes("endnote", {2: "At the end"}),
        },
        links={"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "endnotes.xml")},
    )
    assert to_text(found.document) == "a[1]b[2]\n[1] At the end\n[2] At the foot\n"


def test_links_lead_out_and_to_headings(html):
    body = (
        para('<w:hyperlink r:id="l">' + run("site") + "</w:hyperlink>")
        + para('<w:hyperlink w:anchor="_Ref1">' + run("below") + "</w:hyperlink>")
        + para('<w:bookmarkStart w:id="0" w:name="_Ref1"/>' + run("Risks"), style="Heading1")
    )
    written = html(body, links={"l": ("hyperlink", "https://www.avonmere.gov.uk/")})
    assert '<a href="https://www.avonmere.gov.uk/">site</a>' in written
    assert '<a href="#to-Ref1">below</a>' in written
    assert 'id="to-Ref1"' in written


def test_landscape_sections_stay_landscape(reading):
    blocks = reading(para("tall", more=TALL) + para("wide", more=WIDE) + para("tall again") + TALL).document.blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Landscape", "Paragraph"]
    assert isinstance(blocks[1], Landscape)
    assert not any(isinstance(block, PageBreak) for block in blocks)


def test_a_list_of_contents_is_left_out(reading):
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('The issue	3')}</w:sdtContent></w:sdt>"
    )
    found = reading(contents + para("Text."))
    assert to_text(found.document) == "Text.\n"
    assert "contents-list-dropped" in codes(found)


def test_dropped_links_are_counted_once(reading):
    link = '<w:hyperlink r:id="l">' + run("file") + "</w:hyperlink>"
    body = "".join(para(run(f"{at} ") + link.replace("file", f"file {at}")) for at in range(20))
    found = reading(body, links={"l": ("hyperlink", "file:///n:/private.xls")})
    counts = [caution.code for caution in found.cautions]
    assert (counts.count("link-dropped"), counts.count("and-more")) == (5, 1)
    assert "15 more" in found.cautions[-1].message


@pytest.mark.parametrize(("strike", "underline"), [("strike", "single"), ("dstrike", "double")])
def test_struck_words_go_out_and_underlined_ones_come_in(reading, strike, underline):
    words = run("The fee is ") + run("£5", f"<w:{strike}/>") + run(" ") + run("£6", f'<w:u w:val="{underline}"/>')
    found = reading(para(words))
    assert to_html(found.document) == "<p>The fee is <del>£5</del> <ins>£6</ins></p>\n"
    assert codes(found) == {"struck-text-kept", "underlined-as-inserted"}


def test_underlined_words_are_plain_where_nothing_is_struck(html, reading):
    body = para(run("Note", '<w:u w:val="single"/>') + run(" well") + run(".", '<w:strike w:val="0"/>'))
    assert html(body) == "<p>Note well.</p>"
    assert codes(reading(body)) == set()


def test_a_paragraph_that_is_struck_as_a_whole_is_kept(html):
    assert html(para(run("All of it.", "<w:strike/>")) + para("Rest.")) == "<p><del>All of it.</del></p>\n<p>Rest.</p>"
