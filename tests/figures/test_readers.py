"""Reading packs of every kind: lines, headings, sentences, pages, and what refuses to be read."""

import pytest

from moothall.core.documents.errors import CannotRead, PressError
from moothall.core.documents.html_reader import parse_html
from moothall.core.figures import check_paper, read_paper
from tests.shared import needs_shared, shared

REPORT = """\
4 THE REPORT

4.1 Early Years

The percentage improved from 51% to 63%. This is above the
national average of 60%.

Key points:

- Girls did better, 69% compared to 56%.
- The gap narrowed, their
"""


def test_headings_are_nested_by_their_numbers():
    paper = read_paper(REPORT)
    assert paper.sentences[0].section.path == ("4 THE REPORT", "4.1 Early Years")


def test_a_sentence_knows_where_each_of_its_figures_stands():
    paper = read_paper(REPORT)
    found = [quantity for sentence in paper.sentences for quantity in sentence.quantities]
    assert len(found) > 3
    for quantity in found:
        place = quantity.place
        assert paper.lines[place.line - 1][place.start : place.end] == quantity.text


def test_a_list_item_knows_what_introduces_it():
    item = next(s for s in read_paper(REPORT).sentences if "Girls" in s.text)
    assert (item.passage.label, item.passage.lead) == ("-", "Key points:")


def test_a_paragraph_broken_by_a_page_is_joined():
    (sentence,) = read_paper("The gaps are narrower, the\n\nboys improved by 4% too.\n").sentences
    assert sentence.quantities[0].place.line == 3


def test_form_feeds_count_pages():
    paper = read_paper("One.\n\fTwo.\n")
    assert paper.pages[:2] == (1, 2)


def test_the_content_tree_is_read_with_its_table():
    html = "<h2>Results</h2><table><tr><th>L4+</th><th>2014</th></tr><tr><th>FSM</th><td>79</td></tr></table>"
    paper = read_paper(parse_html(html).document)
    assert [cell.place.cell for cell in paper.tables[0].find_value_cells()] == [("FSM", "2014")]


def test_a_word_paper_is_read(tmp_path):
    docx = pytest.importorskip("docx")
    paper = docx.Document()
    table = paper.add_table(rows=4, cols=2)
    for row, texts in zip(table.rows, (("L4+", "2014"), ("FSM", "79"), ("NON-FSM", "89"), ("Gap", "14")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "report.docx"))
    report = check_paper(read_paper(tmp_path / "report.docx"))
    assert [f.rule for f in report.findings] == ["table-gap"]


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 100, b"%PDF-1.7 nothing more"], ids=["binary", "broken PDF"])
def test_what_is_no_paper_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    with pytest.raises(CannotRead, match=r"paper\.txt"):
        read_paper(path)


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(PressError, match=r"none\.pdf"):
        read_paper(tmp_path / "none.pdf")


def test_a_text_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("moothall.core.figures.readers.LARGEST_TEXT", 10)
    (tmp_path / "long.txt").write_text("word " * 10)
    with pytest.raises(CannotRead, match=r"long\.txt.*\bMB\b"):
        read_paper(tmp_path / "long.txt")


def test_a_table_too_large_is_left_out_with_a_caution(monkeypatch):
    monkeypatch.setattr("moothall.core.figures.tables.builder.LARGEST", 5)
    paper = read_paper("A\tB\tC\n1\t2\t3\n4\t5\t6\n")
    assert (paper.tables, [c.code for c in paper.cautions]) == ((), ["table-too-large"])


@needs_shared
def test_a_tagged_pdf_gives_true_tables_with_pages_and_boxes():
    name = "Draft Revenue Budget 2025-26 and 2025-28 MTFP and Draft Capital Programme 2025-35.pdf"
    paper = read_paper(shared("papers", "kent-cabinet-2025-01-30", "originals", name))
    bands = next(t for t in paper.tables if t.caption.startswith("Table 6.1"))
    cell = bands.get_cell(2, 4)
    assert (cell.text, cell.place.page) == ("65.21", 20)
    assert cell.place.box is not None


@needs_shared
def test_a_tax_band_that_does_not_add_up_is_found_in_a_pdf():
    name = "Draft Revenue Budget 2025-26 and 2025-28 MTFP and Draft Capital Programme 2025-35.pdf"
    report = check_paper(read_paper(shared("papers", "kent-cabinet-2025-01-30", "originals", name)))
    assert {"65.21", "133.95"} <= {f.quote for f in report.findings if f.rule == "table-change"}
