"""The Kent cabinet's originals: real papers, nearly all of them tagged."""

import re
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest

from moothall.core.press.intake import TakenIn, take_in_all
from moothall.core.press.store import Store
from tests.shared import needs_shared, shared
from tests.tagged import tagged_text

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
    assert taken[original].tagged
    assert struct_text(original) == struct_text(taken[original].pdf)


def struct_text(pdf: Path) -> list[str]:
    """The structure with its text, without what every saving gives anew: object numbers, and attributes' order."""
    lines = re.sub(r"Object \d+ \d+", "Object", tagged_text(pdf).decode("latin-1")).splitlines()
    runs = groupby(lines, key=lambda line: line.lstrip().startswith("/"))
    return [line for attributes, run in runs for line in (sorted(run) if attributes else run)]
