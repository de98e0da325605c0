"""HTML in: what is kept, what is mended, what is never let through."""

import pytest

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.html_writer import to_html
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Deleted, Figure, Heading, Inserted, ListBlock, Scope, Table, Text
from tests.documents.tree.strategies import IMAGES

NAME, BYTES = next(iter(IMAGES.items()))

KEPT = {
    "a numbered heading": '<h2 data-number="4.1"><span class="number">4.1</span> Finance</h2>',
    "council numbering": (
        '<ol class="numbered" role="list">\n<li data-number="5.1"><span class="number">5.1</span> a</li>\n</ol>'
    ),
    "bullets": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
    "marks": "<p><strong>a</strong><em>b</em><sub>c</sub><sup>d</sup></p>",
    "a link": '<p><a href="https://www.avonmere.gov.uk/">a</a></p>',
    "a quotation": "<blockquote>\n<p>a</p>\n</blockquote>",
    "a page break": '<p>a</p>\n<hr class="page-break">\n<p>b</p>',
    "a landscape section": '<section class="landscape">\n<p>a</p>\n</section>',
    "a line break": "<p>a<br>b</p>",
}


@pytest.mark.parametrize("fragment", KEPT.values(), ids=KEPT)
def test_the_subset_is_written_as_it_was_read(fragment):
    assert to_html(parse_html(fragment).document).strip() == fragment


HOSTILE = {
    "a script": "<script>alert(1)</script>a",
    "an event": '<p onclick="alert(1)">a</p>',
    "a picture's event": '<img src=x onerror="alert(1)">a',
    "a script address": '<a href="javascript:alert(1)">a</a>',
    "a script address in disguise": '<a href="java&#10;script:alert(1)">a</a>',
    "a data address": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "a frame": '<iframe src="https://e.uk"></iframe>a',
    "a form": '<form action="https://e.uk"><input name="alert">a</form>',
    "a style": "<style>p{background:url(https://e.uk)}</style>a",
    "inline SVG": "<svg><script>alert(1)</script></svg>a",
    "a mutation": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>a",
    "MathML": "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>a",
    "a comment": "<!-- alert(1) -->a",
    "a style attribute": '<p style="background:url(javascript:alert(1))">a</p>',
}


@pytest.mark.parametrize("fragment", HOSTILE.values(), ids=HOSTILE)
def test_nothing_dangerous_survives(fragment):
    written = to_html(parse_html(fragment).document)
    assert "a" in written
    for mark in ("alert", "script", "onerror", "onclick", "e.uk", "style=", "data:"):
        assert mark not in written


def test_a_dropped_link_keeps_its_words_and_is_said():
    reading = parse_html('<p>see <a href="javascript:alert(1)">this page</a></p>')
    assert to_text(reading.document) == "see this page\n"
    assert [caution.code for caution in reading.cautions] == ["link-dropped"]
    assert "“this page”" in reading.cautions[0].message


def test_pictures_from_elsewhere_are_never_fetched():
    reading = parse_html('<img src="https://e.uk/a.png" alt="A map">')
    assert reading.document.blocks == ()
    assert [caution.code for caution in reading.cautions] == ["picture-missing"]


@pytest.mark.parametrize(
    ("attributes", "codes"),
    [('alt="A map"', []), ('alt=""', []), ("", ["picture-without-alt"])],
    ids=["described", "decoration", "undescribed"],
)
def test_a_picture_without_alternative_text_is_said(attributes, codes):
    reading = parse_html(f'<img src="p" {attributes}>', images={"p": BYTES})
    assert isinstance(reading.document.blocks[0], Figure)
    assert [caution.code for caution in reading.cautions] == codes


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "table><tr><td", "b", "span", "section", "ol><li><p"])
def test_ten_thousand_nested_elements_are_refused(tag):
    with pytest.raises(CannotRead, match="nested too deeply"):
        parse_html(f"<{tag}>" * 10_000 + "x")


def test_ten_thousand_unclosed_paragraphs_are_not_nested():
    assert len(parse_html("<p>x" * 10_000).document.blocks) == 10_000


ORDERED = {
    "plain": ("<ol><li>a<li>b</ol>", ["1.", "2."]),
    "from five": ('<ol start="5"><li>a<li>b</ol>', ["5.", "6."]),
    "letters": ('<ol type="a"><li>a<li>b</ol>', ["a.", "b."]),
    "roman": ('<ol type="I" start="4"><li>a</ol>', ["IV."]),
    "backwards": ("<ol reversed><li>a<li>b</ol>", ["2.", "1."]),
    "a value of its own": ('<ol><li>a<li value="7">b<li>c</ol>', ["1.", "7.", "8."]),
    "council numbers": ('<ol><li data-number="5.1">a<li data-number="(a)">b</ol>', ["5.1", "(a)"]),
}


@pytest.mark.parametrize(("fragment", "labels"), ORDERED.values(), ids=ORDERED)
def test_lists_carry_their_printed_numbers(fragment, labels):
    block = parse_html(fragment).document.blocks[0]
    assert isinstance(block, ListBlock)
    assert [item.label for item in block.items] == labels


LEVELS = {
    "a skipped level": ([1, 3, 2], [1, 2, 2]),
    "no title": ([2, 4, 2], [2, 3, 2]),
    "several tops are no titles": ([1, 2, 1], [2, 3, 2]),
    "beginning too deep": ([4, 3, 6], [2, 2, 3]),
}


@pytest.mark.parametrize(("given", "settled"), LEVELS.values(), ids=LEVELS)
def test_headings_never_skip_a_level(given, settled):
    document = parse_html("".join(f"<h{level}>x</h{level}>" for level in given)).document
    assert [block.level for block in document.blocks if isinstance(block, Heading)] == settled


SCOPES = {
    "a head row": ("<thead><tr><th>a<th>b</thead><tr><td>1<td>2", ["col", "col", "", ""]),
    "heads without a section": ("<tr><th>a<th>b<tr><td>1<td>2", ["col", "col", "", ""]),
    "row heads": ("<tr><th>a<td>1<tr><th>b<td>2", ["row", "", "row", ""]),
    "an empty corner is no header": ("<thead><tr><th><th>b</thead><tr><th>a<td>2", ["", "col", "row", ""]),
    "cells in a head are headers": ("<thead><tr><td>a<td>b</thead><tr><td>1<td>2", ["col", "col", "", ""]),
    "what the author says": ('<tr><th scope="rowgroup">a<td>1', ["rowgroup", ""]),
}


@pytest.mark.parametrize(("rows", "scopes"), SCOPES.values(), ids=SCOPES)
def test_header_cells_have_a_scope(rows, scopes):
    table = parse_html(f"<table>{rows}</table>").document.blocks[0]
    assert isinstance(table, Table)
    found = [cell.scope for line in (*table.head, *table.body) for cell in line.cells]
    assert found == [Scope(scope) for scope in scopes]


NAMED = {
    "its caption": ("<table><caption>Savings</caption><tr><td>1<td>2</table>", "The table “Savings” has no header"),
    "its heading": ("<h2>Risk</h2><table><tr><td>1<td>2</table>", "The 1st table (under “Risk”) has no header"),
    "its place": ("<table><tr><td>1<td>2</table>", "The 1st table of the paper has no header"),
}


@pytest.mark.parametrize(("fragment", "words"), NAMED.values(), ids=NAMED)
def test_a_table_without_headers_is_named_by(fragment, words):
    (caution,) = parse_html(fragment).cautions
    assert caution.code == "table-without-headers"
    assert caution.message.startswith(words)


STRUCK = {
    "del": "<p>The fee is <del>£5</del> <ins>£6</ins></p>",
    "s and u": "<p>The fee is <s>£5</s> <u>£6</u></p>",
    "strike and style": '<p>The fee is <strike>£5</strike> <span style="text-decoration: underline">£6</span></p>',
    "styles": '<p>The fee is <span style="text-decoration-line:line-through">£5</span> <ins>£6</ins></p>',
    "nested": "<p>The fee is <del><u>£5</u></del> <ins>£6</ins></p>",
}


@pytest.mark.parametrize("fragment", STRUCK.values(), ids=list(STRUCK))
def test_words_taken_out_and_put_in_by_an_amendment_are_told_apart(fragment):
    reading = parse_html(fragment)
    (paragraph,) = reading.document.blocks
    assert paragraph.content == (Text("The fee is "), Deleted((Text("£5"),)), Text(" "), Inserted((Text("£6"),)))
    assert to_html(reading.document) == "<p>The fee is <del>£5</del> <ins>£6</ins></p>\n"
    assert to_text(reading.document) == "The fee is [deleted: £5] £6\n"
    assert [caution.code for caution in reading.cautions] == ["struck-text-kept"]


def test_underlined_words_are_plain_where_nothing_is_struck_through():
    assert to_html(parse_html("<p><u>Note</u> well</p>").document) == "<p>Note well</p>\n"


def test_a_title_is_what_stands_of_it():
    assert parse_html("<h1>Budget <del>2014</del> <ins>2015</ins></h1>").document.title == "Budget 2015"


def test_notes_are_numbered_in_the_order_of_their_calls():
    fragment = (
        '<p>a<a href="#n2">x</a> b<a href="#n1">y</a></p>'
        '<section role="doc-endnotes"><ol><li id="n1">one<li id="n2">two<li id="n3">uncalled</ol></section>'
    )
    assert to_text(parse_html(fragment).document) == "a[1] b[2]\n[1] two\n[2] one\n"


def test_a_layout_table_is_read_as_text():
    assert to_text(parse_html('<table role="presentation"><tr><td>a<td>b</table>').document) == "a\nb\n"


def test_headings_can_be_shifted_for_the_page_they_stand_on():
    assert "<h3>a</h3>" in to_html(parse_html("<h2>a</h2>").document, shift=1)


def test_hundreds_of_dropped_links_are_counted_not_listed():
    reading = parse_html("".join(f'<p><a href="javascript:{at}">link {at}</a></p>' for at in range(100)))
    assert len(reading.cautions) == 6
    assert reading.cautions[-1].message == "So it is with 95 more links of the paper."
