import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import Cell, Document, Figure, Row, Scope, Table
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import PaperJob, SheetJob, set_many, set_paper, set_sheet, typesetter
from moothall.core.pdf.typeset.front_pages import Blank
from tests.pdf.typeset.reading import CREATED, blocks, paragraph

TABLE = Table((Row((Cell(blocks("a"), scope=Scope.ROW), Cell(blocks("1")))),))
PAPER = Document((paragraph("text"), TABLE))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[typesetter.Work]:
    """The works that were compiled."""
    works: list[typesetter.Work] = []
    compile_pdf: Callable[..., bytes] = typesetter.compile_pdf

    def counted(work: typesetter.Work, **options: object) -> bytes:
        works.append(work)
        return compile_pdf(work, **options)

    monkeypatch.setattr(typesetter, "compile_pdf", counted)
    return works


def test_an_unchanged_paper_is_compiled_once(tmp_path: Path, compiled: list[typesetter.Work]) -> None:
    parts = {set_paper(PAPER, store=Store(tmp_path), created=CREATED) for _ in range(3)}
    assert len(parts) == len(compiled) == 1


CHANGES = {
    "text": Document((paragraph("other"), TABLE)),
    "title": dataclasses.replace(PAPER, title="Title"),
    "language": dataclasses.replace(PAPER, language="cy"),
    "scope": Document((paragraph("text"), Table((Row((Cell(blocks("a")), Cell(blocks("1")))),)))),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_paper_is_compiled_again(changed: Document, tmp_path: Path, compiled: list[typesetter.Work]) -> None:
    for document in (PAPER, changed):
        set_paper(document, store=Store(tmp_path), created=CREATED)
    assert len(compiled) == 2


def test_a_changed_picture_is_compiled_again(tmp_path: Path, compiled: list[typesetter.Work], picture: bytes) -> None:
    for image in (picture, picture + b"\0"):
        document = Document((Figure("p.png", "alt"),), images={"p.png": image})
        set_paper(document, store=Store(tmp_path), created=CREATED)
    assert len(compiled) == 2


def test_another_template_compiles_again(
    tmp_path: Path, compiled: list[typesetter.Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_paper(PAPER, store=Store(tmp_path), created=CREATED)
    monkeypatch.setattr(typesetter, "template_version", lambda: "another")
    set_paper(PAPER, store=Store(tmp_path), created=CREATED)
    assert len(compiled) == 2


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    parts = [set_paper(PAPER, store=Store(tmp_path / name), created=CREATED) for name in "ab"]
    assert len({part.pdf.read_bytes() for part in parts}) == 1


def test_the_date_in_the_file_is_the_one_given(tmp_path: Path) -> None:
    later = set_paper(PAPER, store=Store(tmp_path), created=CREATED + timedelta(days=1))
    assert b"2014-11-15" in later.pdf.read_bytes()


def test_a_refused_paper_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(CannotSet):
        set_paper(Document((Figure("none.png", "x"),)), store=Store(tmp_path), created=CREATED)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_cautions_are_remembered_with_the_part(tmp_path: Path, compiled: list[typesetter.Work]) -> None:
    parts = [set_paper(Document((paragraph("張"),)), store=Store(tmp_path), created=CREATED) for _ in "ab"]
    assert [[caution.code for caution in part.cautions] for part in parts] == [["characters-replaced"]] * 2
    assert len(compiled) == 1


def test_a_lost_page_count_is_read_from_the_file(tmp_path: Path) -> None:
    first = set_paper(PAPER, store=Store(tmp_path), created=CREATED)
    first.pdf.with_suffix(".json").unlink()
    assert set_paper(PAPER, store=Store(tmp_path), created=CREATED) == first


def test_many_parts_are_those_set_one_by_one(tmp_path: Path) -> None:
    many = set_many([PaperJob(PAPER), SheetJob(Blank()), PaperJob(PAPER)], store=Store(tmp_path / "a"), created=CREATED)
    one = Store(tmp_path / "b")
    paper, blank = set_paper(PAPER, store=one, created=CREATED), set_sheet(Blank(), store=one, created=CREATED)
    assert [part.pdf.read_bytes() for part in many] == [part.pdf.read_bytes() for part in (paper, blank, paper)]


def test_no_parts_are_no_parts(tmp_path: Path) -> None:
    assert set_many([], store=Store(tmp_path), created=CREATED) == []
