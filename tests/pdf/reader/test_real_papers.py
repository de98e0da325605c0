"""The Kent cabinet's originals: real papers, nearly all of them tagged."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import check_ua
from moothall.core.pdf.reader import TakenIn, take_in_all
from tests.shared import needs_shared, shared

pytestmark = [needs_shared]

ORIGINALS = sorted(shared("papers", "kent-cabinet-2025-01-30", "originals").glob("*.pdf"))


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, TakenIn]:
    store = Store(tmp_path_factory.mktemp("store"))
    outcomes = take_in_all(ORIGINALS, store=store)
    assert all(isinstance(outcome, TakenIn) for outcome in outcomes)
    return dict(zip(ORIGINALS, outcomes, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.stem)
def test_every_page_of_a_paper_is_there(original: Path, taken: dict[Path, TakenIn]) -> None:
    with pikepdf.open(original) as before, pikepdf.open(taken[original].pdf) as after:
        assert len(before.pages) == len(after.pages) == len(taken[original].pages)
        assert after.check_pdf_syntax() == []


@pytest.mark.slow
@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.stem)
def test_a_tagged_paper_reads_the_same_through_its_tags(original: Path, taken: dict[Path, TakenIn]) -> None:
    """Every tag stands as it stood, with the same words. Mending adds attributes, and calls some cells headers."""
    assert taken[original].tagged
    assert struct_text(original) == struct_text(taken[original].pdf)


@pytest.mark.slow
@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.stem)
def test_nothing_of_a_paper_itself_fails_pdf_ua_after_mending(original: Path, taken: dict[Path, TakenIn]) -> None:
    of_the_pack = {"no-title", "title-not-shown", "no-language"}
    assert {flaw.code for flaw in check_ua(taken[original].pdf) if flaw.fails} <= of_the_pack


@pytest.mark.slow
def test_mending_hides_no_text_of_any_paper(taken: dict[Path, TakenIn]) -> None:
    hidden = {path.name: (passed_over(path), passed_over(paper.pdf)) for path, paper in taken.items()}
    assert {name: counts for name, counts in hidden.items() if counts[0] != counts[1]} == {}
    assert sum(before for before, _ in hidden.values()) > 2000  # running headers, mostly


def passed_over(pdf: Path) -> int:
    """How many pieces of text a paper's pages have within artifacts."""
    with pikepdf.open(pdf) as opened:
        return sum(passed_over_on(page) for page in opened.pages)


def passed_over_on(page: pikepdf.Page) -> int:
    marks: list[bool] = []
    found = 0
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tj TJ"):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            marks.append(instruction.operands[0] == pikepdf.Name.Artifact)
        elif operator == "EMC":
            marks[-1:] = []
        else:
            found += any(marks)
    return found


# Papers with all their fonts: a font that a file leaves out is drawn in whatever the machine has.
WHOLE = ("24-00108 - Appendix", "Appendix A", "Appendix C", "Appendix D", "Appendix E", "Appendix F", "Appendix N")
LOOKED_AT = [path for path in ORIGINALS if path.name.startswith(WHOLE)]


@pytest.mark.slow
@pytest.mark.parametrize("original", LOOKED_AT, ids=lambda path: path.stem)
def test_a_mended_page_looks_the_same(original: Path, taken: dict[Path, TakenIn], tmp_path: Path) -> None:
    assert pictures(original, tmp_path / "before") == pictures(taken[original].pdf, tmp_path / "after")


def pictures(pdf: Path, folder: Path) -> list[bytes]:
    """The first twelve pages as poppler draws them."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "50", "-gray", "-l", "12", pdf, folder / "page"], check=True, capture_output=True)
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def struct_text(pdf: Path) -> list[str]:
    """The structure with its text: object numbers, attributes and tags of nothing (which may go) are left out."""
    told = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True).stdout.decode("latin-1")
    lines = [line.rstrip(":") for line in re.sub(r" (<[^>]*>|Object \d+ \d+)", "", told).splitlines()]
    kept = [line for line in lines if line.strip() not in {"", '""', "Div"} and not line.lstrip().startswith("/")]
    return [re.sub(r"^( *)T[HD]\b", r"\1Cell", line) for line in kept]
