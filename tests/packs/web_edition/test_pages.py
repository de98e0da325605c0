"""The web pages of a pack: sound HTML, every link leads somewhere, nothing is fetched, no script."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from moothall.core.packs.web_edition.writer import paragraphs

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PHRASES_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "span", "strong", "em", "a"}
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "section", "article", "figure", "nav", "h1", "h2", "h3", "hr", "main"}
FETCHING = {
    ("img", "src"),
    ("link", "href"),
    ("script", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


class Page(HTMLParser):
    """What is in a page, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in names if names.count(name) > 1]
        self.faults += [f"<{tag}> has {name}" for name in names if name.startswith("on") or name == "style"]
        self.faults += [f"<{tag}> is of no use under a strict policy"] * (tag in {"style", "script"})
        if tag in BLOCKS and (within := PHRASES_ONLY & set(self.open)):
            self.faults.append(f"<{tag}> within {within}")
        self.tags[tag] += 1
        for name, value in attrs:
            self._note(tag, name, value or "")
        if tag[0] == "h" and tag[1:].isdecimal():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def _note(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.ids[value] += 1
        if (tag, name) == ("a", "href"):
            self.links.append(value)
        if (tag, name) in FETCHING:
            self.fetched.append(value)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


@pytest.fixture(params=["demo", "awkward", "public"])
def pages(request) -> dict[Path, Page]:
    folder = request.getfixturevalue({"public": "awkward"}.get(request.param, request.param))
    html = folder / "public" / "html" if request.param == "public" else folder / "html"
    return {path: Page(path.read_text("utf-8")) for path in sorted(html.glob("*.html"))}


def test_every_page_is_sound(pages):
    assert {path.name: page.faults for path, page in pages.items() if page.faults} == {}
    assert {path.name for path, page in pages.items() if max(page.ids.values()) > 1} == set()


def test_every_page_has_one_title_and_no_heading_skips_a_level(pages):
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path.name
        assert page.headings[0] == 1
        steps = [two - one for one, two in zip(page.headings, page.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, path.name


def test_every_link_leads_to_a_place_that_is_there(pages):
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in {"http", "https", "mailto", "tel"}
                continue
            target = (path.parent / unquote(parts.path)) if parts.path else path
            assert target.is_file(), f"{path.name}: {link}"
            if parts.fragment:
                assert Page(target.read_text("utf-8")).ids[unquote(parts.fragment)] == 1, f"{path.name}: {link}"


def test_nothing_is_fetched_that_is_not_in_the_folder(pages):
    for path, page in pages.items():
        assert page.fetched
        assert all((path.parent / unquote(name)).is_file() for name in page.fetched)
        assert not page.tags["script"] + page.tags["iframe"] + page.tags["object"] + page.tags["form"]


def test_the_style_sheet_fetches_nothing_and_has_a_part_for_print(demo):
    style = (demo / "html" / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style
    kept = next(line for line in style.partition("@media print")[2].splitlines() if "break-after: avoid" in line)
    assert all(f"h{level}" in kept for level in range(1, 7))


def test_every_item_with_papers_has_a_page_of_its_own(awkward):
    names = sorted(path.name for path in (awkward / "html").glob("item-*.html"))
    assert names == ["item-1-a_1.html", "item-1-a_2.html", "item-4.html"]


def test_text_of_the_meeting_file_and_of_pdfs_is_no_markup(awkward):
    page = (awkward / "html" / "item-1-a_1.html").read_text("utf-8")
    assert "<script" not in page
    assert "Lease &amp; &lt;depot&gt;" in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page


def test_a_paper_to_follow_is_not_called_exempt(awkward):
    index = (awkward / "html" / "index.html").read_text("utf-8")
    follows = index.partition("Croeso")[2].partition("</li>")[0]
    assert "not for publication" not in follows.lower()
    assert "Plan" in follows


def test_lines_broken_by_the_width_of_a_page_run_on_and_others_do_not():
    text = (
        "The panel is asked to note the report and to\ncomment on it.\n"
        "Recommendation\n1. To note what has been said here before now\n2. To agree"
    )
    assert paragraphs(text) == (
        "The panel is asked to note the report and to comment on it.\n"
        "Recommendation\n1. To note what has been said here before now\n2. To agree",
    )


def test_paragraphs_are_parted_by_blank_lines():
    assert paragraphs("One.\r\n\r\nTwo.\n \n\n") == ("One.", "Two.")
    assert paragraphs("") == ()


def test_columns_of_figures_stand_to_the_right_with_their_headings(demo):
    page = (demo / "html" / "item-8.html").read_text("utf-8")
    table = page.partition("A*-G including English and Mathematics")[2].partition("</table>")[0]
    assert table.count('class="align-right"') == 3 * 4
    assert '<th scope="row">LA</th><td class="align-right">91.1</td>' in table
