"""Papers made to hang or fill the checker: each ends with a result or one sentence, none with a traceback."""

import os
import random
import re

import pytest

from moothall.core.documents.errors import PressError
from moothall.core.documents.tree import Document
from moothall.core.figures import check_paper, read_paper
from moothall.core.figures.readers import paper_builder

pytestmark = pytest.mark.timeout(120)

SENTENCES = {
    "from one to two without end": "from 1 to 2 " * 20_000,
    "one sentence of a megabyte": "the figure of 5% in reading narrowed the gap of 7% " * 20_000,
    "figures with a full stop each": "5. " * 60_000,
    "one number of a megabyte": "1" * 1_000_000,
    "thousands without end": "1" + ",111" * 250_000,
    "one of one of one": "1 of " * 40_000,
    "dates joined": "1 January 2014 to " * 10_000,
    "number words joined": "twenty hundred and " * 50_000,
    "dashes": "1-2-" * 100_000,
    "open tags": "<a" * 200_000,
    "half an address": ("a" * 60 + ".") * 10_000 + " 5%",
    "blanks before a unit": "5" + " " * 500_000 + "%",
    "tabs only": "\t" * 500_000,
    "bars only": "| " * 300_000,
    "words of direction": "improved " * 60_000,
    "digits of other scripts": "٣ ² Ⅷ ½ १२% " * 5_000,
}
PAPERS = {
    "a page feed a line": "\f".join(f"Heading {n}\n\nThe gap was 5% in 2014 (see page {n})." for n in range(3_000)),
    "headings only": "\n\n".join(f"Heading {n}" for n in range(30_000)),
    "bullets only": "\n".join(f"- 5% of item {n}" for n in range(15_000)),
    "a paragraph of thousands of lines": "\n".join(f"12 of 15 schools in area {n} improved and" for n in range(8_000)),
    "sections that refer to each other": "\n\n".join(
        f"{n % 90}.{n % 9} Heading\n\nSee section {n}." for n in range(4_000)
    ),
    "a table of one column repeated": "\n".join("Total\t5\t6" for _ in range(9_000)),
    "a table of headers": "\n".join("a\tb\tc" for _ in range(9_000)),
    "a table that is all gaps": "\n".join("Gap\t" + "\t".join("123456"[n % 6] for n in range(60)) for _ in range(500)),
    "thousands of tables": "\n\n".join(f"A\t2013\t2014\nGirls {n}\t5\t6\nGap\t1\t9\n\nText." for n in range(1_500)),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in {**SENTENCES, **PAPERS}.items()])
def test_text_made_to_hang_the_checker_ends(text):
    paper = read_paper(text)
    assert check_paper(paper).coverage.quantities.total() >= 0


@pytest.mark.slow
def test_twice_the_sentence_takes_no_more_than_twice_the_figures():
    small, large = (read_paper("from 1 to 2 " * n) for n in (2_000, 4_000))
    few, many = (sum(len(s.quantities) for s in paper.sentences) for paper in (small, large))
    assert few <= many <= 2 * few + 10


def test_a_text_of_two_hundred_megabytes_is_refused_with_its_size(tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(PressError, match=r"large\.txt.*\b200 MB"):
        read_paper(large)


@pytest.mark.slow
def test_a_table_of_a_million_cells_is_left_out_with_a_caution():
    row = "\t".join("5" for _ in range(1_000))
    paper = read_paper("\n".join(f"Area {n}\t{row}" for n in range(1_000)))
    assert [caution.code for caution in paper.cautions] == ["table-too-large"]
    assert check_paper(paper).findings == ()


def test_a_table_of_a_million_cells_in_html_is_refused_with_their_number(tmp_path):
    page = tmp_path / "large.html"
    row = "<tr>" + "<td>5</td>" * 1_000 + "</tr>"
    page.write_text("<table>" + row * 1_000 + "</table>", "utf-8")
    with pytest.raises(PressError, match=r"\b1,000,000\b"):
        read_paper(page)


@pytest.mark.slow
def test_deeply_nested_html_ends(tmp_path):
    page = tmp_path / "deep.html"
    page.write_text("<div><ul><li>" * 30_000 + "5%" + "</li></ul></div>" * 30_000, "utf-8")
    assert _ends(page)


def test_figures_past_the_bound_are_left_out_with_a_caution(monkeypatch):
    monkeypatch.setattr(paper_builder, "MOST_FIGURES", 5)
    paper = read_paper("\n\n".join(f"In area {n} the rate is {n}%." for n in range(3, 30)))
    assert [caution.code for caution in paper.cautions] == ["too-many-figures"]
    assert len(paper.sentences) < 10


@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx", ".html", ".odt", ".csv", ".rtf", ".md", ".doc", ""])
def test_garbage_is_refused_or_read_and_never_breaks(tmp_path, suffix):
    garbage = tmp_path / f"garbage{suffix}"
    garbage.write_bytes(random.Random(7).randbytes(60_000))  # noqa: S311
    assert _ends(garbage)


def test_garbage_that_says_it_is_a_pdf_is_refused(tmp_path):
    garbage = tmp_path / "garbage.pdf"
    garbage.write_bytes(b"%PDF-1.7\n" + random.Random(7).randbytes(60_000))  # noqa: S311
    with pytest.raises(PressError, match=r"garbage\.pdf"):
        read_paper(garbage)


def test_an_empty_file_is_read_and_nothing_found(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert check_paper(read_paper(empty)).findings == ()


def test_an_empty_document_is_read_and_nothing_found():
    assert check_paper(read_paper(Document(title="", language="en-GB", blocks=()))).findings == ()


def test_a_folder_or_missing_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(PressError, match=re.escape(path.name)):
            read_paper(path)


def _ends(path: os.PathLike[str]) -> bool:
    try:
        check_paper(read_paper(path))
    except PressError as error:
        return len(str(error)) > 20
    return True
