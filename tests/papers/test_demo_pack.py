"""The demo council's pack, seen as a reader has it: agenda, figures, links, bookmarks, numbers, tags."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from moothall.core.packs.meeting_file import load
from moothall.core.packs.pack import build
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import check_ua
from tests.packs.packs import papers_of
from tests.papers.reading import text_of_pages
from tests.shared import ROOT

DEMO = ROOT / "demo" / "avonmere" / "2014-11-24"
FILE = load(DEMO / "meeting.toml")
PAPERS = [paper.listed_as for paper in FILE.papers]
BLANK = "This page is intentionally left blank"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return build(FILE, tmp_path_factory.mktemp("demo"), store=Store(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def texts(made) -> list[str]:
    return text_of_pages(made.folder / "pack.pdf")


def pages_of(made, texts: list[str], path: str) -> list[str]:
    paper = papers_of(made.leading)[path]
    return texts[paper.first_page - 1 : paper.first_page - 1 + paper.pages]


def test_all_seventeen_items_stand_on_the_agenda_in_order(made, texts):
    agenda = " ".join(" ".join(texts[:6]).partition("Agenda\n")[2].split())
    at = 0
    for item in FILE.meeting.items:
        assert (at := agenda.find(" ".join(item.title.split()), at)) >= 0, item.title
    assert [item.number for item in made.leading.items] == list(range(1, 18))


def test_the_agenda_prints_the_real_pages_of_every_item(made, texts):
    """PCK-01: the range printed is where the papers are, blank sides included."""
    agenda = " ".join(" ".join(texts[:6]).split())
    ranges = [(item.first_page, item.last_page) for item in made.leading.items if item.papers]
    printed = re.findall(r"\(Pages (\d+) - (\d+)\)", agenda)
    assert [(int(first), int(last)) for first, last in printed] == ranges
    assert all(one[1] + 1 == two[0] for one, two in pairwise(ranges))
    assert ranges[-1][1] == made.leading.pages


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_begins_with_its_heading_on_the_page_that_the_manifest_names(made, texts, path):
    html = lxml.html.fromstring((DEMO / path).read_text("utf-8"))
    heading = " ".join(next(html.iter("h1", "h2", "p")).text_content().split())
    first = "".join(pages_of(made, texts, path)[0].split())
    assert "".join(heading.split()) in first
    assert papers_of(made.leading)[path].first_page % 2 == 1


def rows_of(path: str) -> list[list[str]]:
    """The rows of every table of a demo paper, each as its words that hold a figure."""
    html = lxml.html.fromstring((DEMO / path).read_text("utf-8"))
    rows = (" ".join(row.itertext()).split() for row in html.iter("tr"))
    return [[word for word in row if re.search(r"\d", word)] for row in rows]


LONGEST_ROW = 4  # pages: an action of the improvement plan with all that was done


@pytest.mark.parametrize("path", [path for path in PAPERS if any(rows_of(path))])
def test_every_figure_of_every_table_is_on_a_page_of_its_paper_with_its_row(made, texts, path):
    pages = ["".join(page.split()) for page in pages_of(made, texts, path)]
    spreads = ["".join(pages[at : at + length]) for length in range(1, LONGEST_ROW + 1) for at in range(len(pages))]
    lost = [row for row in rows_of(path) if not any(all(word in spread for word in row) for spread in spreads)]
    assert not lost


def test_blank_pages_say_so_and_are_numbered(made, texts):
    blanks = [label for part in made.leading.parts for label in part.blanks]
    assert blanks
    assert [index + 1 for index, text in enumerate(texts) if BLANK in text] == [int(label) for label in blanks]
    for label in blanks:
        assert texts[int(label) - 1].split() == [*BLANK.split(), "Page", label]


def test_every_page_is_stamped_with_its_number(made, texts):
    for index, text in enumerate(texts):
        assert re.findall(r"^Page (\w+)$", text, re.MULTILINE) == [str(index + 1)]


def links_of(pdf: pikepdf.Pdf, pages: int) -> list[tuple[str, int]]:
    """The inner links on the first pages: what each is described as, and the page that it leads to (from 1)."""
    at = {page.obj.objgen: index + 1 for index, page in enumerate(pdf.pages)}
    found = []
    for page in pdf.pages[:pages]:
        for link in page.obj.get("/Annots", []):
            target = link.get("/Dest") or link.get("/A", {}).get("/D")
            if target is not None:
                found.append((str(link.get("/Contents", "")), at[target[0].objgen]))
    return found


def test_links_on_the_agenda_lead_to_the_papers(made):
    with pikepdf.open(made.folder / "pack.pdf") as pdf:
        led = {page for _, page in links_of(pdf, 6)}
    firsts = {paper.first_page for paper in papers_of(made.leading).values()}
    assert led == firsts


def test_bookmarks_go_from_item_to_paper_to_headings(made):
    with pikepdf.open(made.folder / "pack.pdf") as pdf, pdf.open_outline() as outline:
        at = {page.obj.objgen: index + 1 for index, page in enumerate(pdf.pages)}
        tree = {mark.title: mark for mark in outline.root}
        items = [item for item in made.leading.items if item.papers]
        assert list(tree)[1:] == [f"{item.number}. {item.title}" for item in items]
        for item in items:
            below = tree[f"{item.number}. {item.title}"].children
            assert [mark.title for mark in below] == [paper.title for paper in item.papers]
            assert [at[mark.destination[0].objgen] for mark in below] == [paper.first_page for paper in item.papers]
        report = tree["8. SCHOOL PERFORMANCE DATA"].children[0]
        assert [mark.title for mark in report.children][:2] == ["1 THE ISSUE", "2 RECOMMENDATION"]


def test_page_labels_title_language_and_author(made):
    with pikepdf.open(made.folder / "pack.pdf") as pdf:
        assert [page.label for page in pdf.pages] == [str(number + 1) for number in range(len(pdf.pages))]
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == f"{FILE.meeting.body}, Monday 24 November 2014 at 4.30 pm"
        assert str(pdf.docinfo["/Author"]) == "Avonmere Council"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == str(pdf.docinfo["/Title"])


@pytest.mark.parametrize("variant", ["pack.pdf", "public/pack.pdf"])
def test_our_check_of_pdf_ua_finds_no_flaw(made, variant):
    assert check_ua(made.folder / variant) == ()


def test_nothing_in_the_demo_is_a_warning(made):
    assert [warning for each in made.manifests for warning in each.warnings] == []


def test_the_demo_is_about_as_long_as_the_real_pack(made):
    assert 80 <= made.leading.pages <= 110
    assert len(list(Path(made.folder).rglob("item-*.html"))) == 2 * 9
