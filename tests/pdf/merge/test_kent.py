"""A real cabinet's papers: the late papers as its council assembled them, and all the originals together."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from pikepdf import Pdf

from moothall.core.pdf.merge import Part, bind, check_ua
from tests.pdf.merge.makers import part, parts_of_struct_text, qpdf_is_content, set_pdf, struct_text, volume
from tests.shared import needs_shared, shared

pytestmark = [needs_shared]

KENT = shared("papers", "kent-cabinet-2025-01-30")
ORIGINALS = sorted((KENT / "originals").glob("*.pdf"))
LATE = [next((KENT / "originals").glob(f"Item 7*{word}*.pdf"), KENT) for word in ("Transfer", "EqIA")]
# What a council's system and ours print onto a page. Theirs stands so close to the text that it runs into its words.
PRINTED = re.compile(r"Page|^Agenda Item [0-9]+$|This page is intentionally left blank", re.MULTILINE)
TREE = {"parent-tree", "broken-child", "wrong-parent", "doubled-id", "id-not-listed", "unknown-header"}


def _words(pdf: Path, page: int, number: int) -> Counter[str]:
    """The words of a page, without what was printed onto it: its ``number`` and notes."""
    asked = ["pdftotext", "-f", str(page), "-l", str(page), pdf, "-"]
    shown = subprocess.run(asked, capture_output=True, check=True).stdout.decode()
    return Counter(PRINTED.sub(" ", shown).split()) - Counter([str(number)])


@pytest.fixture(scope="module")
def supplement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The late papers of item 7 behind a cover, each on an odd page."""
    folder = tmp_path_factory.mktemp("supplement")
    cover = set_pdf(folder / "cover.pdf", "= Supplement: item 7", title="Supplement")
    blank = set_pdf(folder / "blank.pdf", "This page is intentionally left blank", title="Blank")
    order = [cover, blank, LATE[0], blank, LATE[1], blank]
    parts: list[Part] = []
    for at, path in enumerate(order):
        parts.append(part(path, str(at), 1 + sum(len(each.labels) for each in parts)))
    bind(volume(parts), folder / "supplement.pdf")
    return folder / "supplement.pdf"


def test_the_supplement_has_the_pages_of_the_councils_own(supplement: Path) -> None:
    theirs = next((KENT / "public_packs").glob("Item 7*.pdf"))
    with Pdf.open(theirs) as pdf, Pdf.open(supplement) as ours:
        assert len(ours.pages) == len(pdf.pages) == 22
    for page in range(2, 23):
        assert _words(supplement, page, page) == _words(theirs, page, page - 2), f"page {page}"


def test_the_supplement_keeps_the_tags_of_both_papers(supplement: Path) -> None:
    packed = parts_of_struct_text(supplement)
    for at, path in ((2, LATE[0]), (4, LATE[1])):
        assert packed[at][0] == "Sect"
        assert sorted(packed[at][1:]) == sorted(struct_text(path)[1:])


def _bind_all(papers: list[Path], out: Path) -> list[Part]:
    parts: list[Part] = []
    for at, path in enumerate(papers):
        parts.append(part(path, str(at), 1 + sum(len(each.labels) for each in parts)))
    bind(volume(parts), out)
    return parts


def test_all_originals_make_one_sound_file(tmp_path: Path) -> None:
    parts = _bind_all(ORIGINALS, tmp_path / "out.pdf")
    assert qpdf_is_content(tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pdf.pages) == sum(len(each.labels) for each in parts) == 495


@pytest.mark.slow
def test_binding_adds_no_flaw_to_the_originals(tmp_path: Path) -> None:
    _bind_all(ORIGINALS, tmp_path / "out.pdf")
    before = Counter(flaw.code for path in ORIGINALS for flaw in check_ua(path))
    after = Counter(flaw.code for flaw in check_ua(tmp_path / "out.pdf"))
    assert not TREE & set(after)
    assert {code: count for code, count in after.items() if count > before[code]} == {}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, len(ORIGINALS), 6))
def test_every_paper_reads_through_its_tags_as_before(tmp_path: Path, first: int) -> None:
    papers = ORIGINALS[first : first + 6]
    _bind_all(papers, tmp_path / "out.pdf")
    for path, packed in zip(papers, parts_of_struct_text(tmp_path / "out.pdf"), strict=True):
        own = struct_text(path)
        assert _plain(packed) == _plain(own), path.name


def _plain(lines: list[str]) -> list[str]:
    """The lines without what may change: the order of attributes, the identifiers, a Document become a Sect.

    qpdf writes the keys of a dictionary in the order of the alphabet.
    """
    kept = [re.sub(r" <[^>]*>(?=:|$| )", "", line) for line in lines if not line.strip().startswith("/")]
    return [re.sub(r"^Document", "Sect", line) for line in kept]
