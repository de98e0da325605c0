"""A real cabinet meeting: our pack of its papers bears the page numbers that the council's own system printed."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from moothall.core.packs.meeting_file import load
from moothall.core.packs.order import Variant
from moothall.core.packs.pack import build
from moothall.core.packs.previous_publication import Occasion, read_earlier
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import check_ua
from tests.packs.packs import papers_of
from tests.papers.reading import struct_lines, text_of_pages
from tests.shared import needs_shared, shared

pytestmark = [needs_shared, pytest.mark.slow, pytest.mark.timeout(900)]

HERE = Path(__file__).parent
KENT = shared("papers", "kent-cabinet-2025-01-30")
BLANK = "This page is intentionally left blank"


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Store:
    return Store(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, kept):
    file = load(HERE / "kent-cabinet-2025-01-30.toml", papers=KENT / "originals")
    return build(file, tmp_path_factory.mktemp("kent"), store=kept)


def front_sheet() -> dict[int, tuple[int, int]]:
    """The items with their first and last page, as the council's front sheet prints them."""
    sheet = KENT / "originals" / "Agenda frontsheet 30th-Jan-2025 10.00 Cabinet.pdf"
    text = " ".join(
        subprocess.run(["pdftotext", sheet, "-"], capture_output=True, check=True, text=True).stdout.split()
    )
    found = re.findall(r"(?<!\d)(\d)\. ((?:(?! \d\. ).)*?)\(Pages (\d+) - (\d+)\)", text)
    return {int(number): (int(first), int(last)) for number, _, first, last in found}


def test_the_front_sheet_is_read_right():
    assert front_sheet() == {3: (1, 10), 5: (11, 84), 6: (85, 276), 7: (277, 326), 8: (327, 460), 9: (461, 610)}


@pytest.mark.parametrize("item", [3, 5, 6, 7, 8])
def test_an_items_pages_are_those_that_the_council_printed(made, item):
    record = next(each for each in made.leading.items if each.number == item)
    assert (record.first_page, record.last_page) == front_sheet()[item]


def test_the_agenda_prints_the_ranges_as_the_council_did(made):
    agenda = " ".join(" ".join(text_of_pages(made.folder / "pack.pdf")[:4]).split())
    for item, (first, last) in front_sheet().items():
        if item != 9:
            assert f"(Pages {first} - {last})" in agenda


def test_the_missing_paper_is_a_warning(made):
    assert [each.code for each in made.leading.warnings if each.code == "to-follow"] == ["to-follow"]


def test_every_page_bears_its_number_once_and_where_the_manifest_says(made):
    texts = text_of_pages(made.folder / "pack.pdf")
    assert len(texts) == made.leading.pages
    wrong = [
        (label, re.findall(r"Page (\d+)", text)[-3:])
        for label, text in zip(made.leading.labels, texts, strict=True)
        if label.isdecimal() and not re.search(rf"\bPage {label}\b", text)
    ]
    assert not wrong


def test_page_labels_are_the_printed_numbers(made):
    with pikepdf.open(made.folder / "pack.pdf") as pdf:
        assert [page.label for page in pdf.pages] == list(made.leading.labels)


def test_every_paper_starts_on_an_odd_page_and_blank_pages_say_so(made):
    texts = text_of_pages(made.folder / "pack.pdf")
    at = {label: index for index, label in enumerate(made.leading.labels)}
    assert all(paper.first_page % 2 == 1 for paper in papers_of(made.leading).values())
    for label in (label for part in made.leading.parts for label in part.blanks):
        assert BLANK in texts[at[label]]


def test_the_file_is_sound(made):
    for variant in ("pack.pdf", "public/pack.pdf"):
        done = subprocess.run(["qpdf", "--check", made.folder / variant], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_no_word_of_any_paper_is_lost(made):
    """Every page has all the words of the original's page, and but the stamp besides."""
    texts = text_of_pages(made.folder / "pack.pdf")
    at = {label: index for index, label in enumerate(made.leading.labels)}
    for path, paper in papers_of(made.leading).items():
        own = text_of_pages(KENT / "originals" / path)
        first = at[str(paper.first_page)]
        assert len(own) == paper.pages
        for number, page in enumerate(own):
            lost = Counter(page.split()) - Counter(texts[first + number].split())
            assert not lost, f"{path}, its page {number + 1}"


def test_the_tagged_text_of_every_paper_is_kept(made):
    """Tags of nothing, which are left out, had no text."""
    ours = [line for line in struct_lines(made.folder / "pack.pdf") if line != '""']
    for path in papers_of(made.leading):
        own = struct_lines(KENT / "originals" / path)
        if own:
            assert follows_in([line for line in own if line != '""'], ours), path


@pytest.mark.parametrize("variant", ["pack.pdf", "public/pack.pdf"])
def test_nothing_in_the_pack_fails_pdf_ua(made, variant):
    assert {flaw.code for flaw in check_ua(made.folder / variant) if flaw.fails} == set()


def test_the_clerk_is_told_what_only_an_author_can_mend(made):
    advice = Counter(flaw.code for flaw in check_ua(made.folder / "pack.pdf"))
    told = [each for each in made.leading.warnings if each.code == "author-must-mend"]
    assert advice["figure-undescribed"] == sum(counted(each.message, "picture") for each in told) > 0
    assert advice["table-without-headers"] == sum(counted(each.message, "table") for each in told) > 0
    assert all(each.place.startswith(tuple(papers_of(made.leading))) for each in told)


def counted(message: str, thing: str) -> int:
    """How many pictures or tables a warning tells of."""
    found = re.search(rf"(a|[0-9,]+) {thing}s? ha(?:s|ve) no", message)
    return 0 if found is None else 1 if found[1] == "a" else int(found[1].replace(",", ""))


def follows_in(own: list[str], whole: list[str]) -> bool:
    """Whether the lines ``own`` stand in ``whole``, in order and in one piece."""
    starts = (at for at, line in enumerate(whole) if line == own[0])
    return any(whole[at : at + len(own)] == own for at in starts)


@pytest.fixture(scope="module")
def supplement(tmp_path_factory, kept, made):
    file = load(HERE / "kent-cabinet-2025-01-30-supplement.toml", papers=KENT / "originals")
    which = Occasion(read_earlier(made.folder / "manifest.json"), number=1, reason="The assessment was updated.")
    return build(file, tmp_path_factory.mktemp("late"), store=kept, variants=(Variant.PUBLIC,), which=which)


@cache
def theirs() -> list[str]:
    return text_of_pages(next((KENT / "public_packs").glob("Item 7*.pdf")))


def words(text: str) -> Counter[str]:
    """The words of a page without those that a pack adds."""
    plain = text.replace(BLANK, " ")
    plain = re.sub(r"Page ?\d+\s*$", " ", plain.strip())
    return Counter(re.sub(r"Agenda Item \d+", " ", plain).split())


def test_the_supplement_has_the_pages_of_the_councils_own_each_in_its_place(supplement):
    ours = text_of_pages(supplement.folder / "public" / "pack.pdf")
    assert len(ours) == len(theirs()) == 22
    for number in range(2, 22):
        assert bool(words(ours[number])) == bool(words(theirs()[number])), f"page {number + 1}"
        shared_words = sum((words(ours[number]) & words(theirs()[number])).values())
        assert shared_words >= 0.98 * max(words(ours[number]).total(), words(theirs()[number]).total())


def test_the_supplement_counts_its_pages_as_the_councils_own(supplement):
    numbered = [label for label in supplement.leading.labels if label.isdecimal()]
    assert numbered == [str(number) for number in range(1, 21)]
    (item,) = [item for item in supplement.leading.items if item.papers]
    assert (item.number, item.first_page, item.last_page) == (7, 1, 20)
    assert "(Pages 1 - 20)" in " ".join(theirs()[0].split())


def test_nothing_in_the_supplement_fails_pdf_ua(supplement):
    assert {flaw.code for flaw in check_ua(supplement.folder / "public" / "pack.pdf") if flaw.fails} == set()


def test_the_supplement_keeps_the_tags_of_both_papers(supplement):
    ours = struct_lines(supplement.folder / "public" / "pack.pdf")
    for path in papers_of(supplement.leading):
        own = struct_lines(KENT / "originals" / path)
        assert len(own) > 50
        assert follows_in(own, ours)
