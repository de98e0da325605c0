"""Uploaded papers are folded in the reading process, as they would be when they are bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from moothall.core.documents.errors import CannotRead, TookTooLong
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import Part, bind, part_cache
from moothall.core.pdf.reader import Limits, TakenIn, take_in_all
from moothall.core.pdf.reader.process_client import Reader, fold_apart, job
from tests.pdf.merge.makers import part, set_pdf, volume
from tests.pdf.reader.raw import document, plain

LANGUAGE = "en-GB"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(document(plain()))
    return [bare, set_pdf(tmp_path / "tagged.pdf", "= One\nWords.\n= Two\nMore words.")]


def _part(at: int, taken: TakenIn) -> Part:
    clear, text = tuple(page.clear for page in taken.pages), tuple(page.text for page in taken.pages)
    return part(taken.pdf, f"part {at}", 1 + at, clear=clear, text=text)


def _folded(papers: list[Path], store: Store) -> list[Part]:
    def fold(at: int, taken: TakenIn, reader: Reader) -> None:
        fold_apart(_part(at, taken), LANGUAGE, store=store, reader=reader)

    outcomes = take_in_all(papers, store=store, then=fold)
    return [_part(at, each) for at, each in enumerate(outcomes) if isinstance(each, TakenIn)]


def test_what_was_folded_apart_is_bound_as_if_folded_here(papers: list[Path], store: Store, tmp_path: Path) -> None:
    parts = _folded(papers, store)
    bind(volume(parts), tmp_path / "1.pdf", store=store)
    bind(volume(parts), tmp_path / "2.pdf")
    assert len(parts) == len(papers)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_what_was_folded_apart_is_not_folded_again(
    papers: list[Path], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = _folded(papers, store)
    monkeypatch.setattr(part_cache, "fold", lambda *_: pytest.fail("folded again"))
    assert bind(volume(parts), tmp_path / "1.pdf", store=store).pages == sum(len(each.labels) for each in parts)


def test_what_is_kept_folded_asks_no_process(papers: list[Path], store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _folded(papers, store)
    monkeypatch.setattr(Reader, "ask", lambda *_: pytest.fail("asked again"))
    assert len(_folded(papers, store)) == len(papers)


def test_a_paper_that_folds_without_end_is_given_up(papers: list[Path], store: Store) -> None:
    paper = part(papers[1], "a")
    with Reader() as reader, pytest.raises(TookTooLong):
        fold_apart(paper, LANGUAGE, store=store, reader=reader, limits=Limits(seconds=0))
    assert not list(store.root.rglob("*.quire"))


def test_a_paper_that_stops_the_process_counts_as_one_that_cannot_be_read(papers: list[Path], store: Store) -> None:
    def fold(at: int, taken: TakenIn, reader: Reader) -> None:
        if at == 0:
            reader.ask(job("no such job", taken.pdf, Limits()))

    outcomes = take_in_all(papers, store=store, then=fold)
    assert [type(each) for each in outcomes] == [CannotRead, TakenIn]
    assert str(outcomes[0]).startswith("bare.pdf could not be read")


def test_a_file_that_was_spoilt_since_is_left_to_the_binder(papers: list[Path], store: Store) -> None:
    paper = part(papers[1], "a")
    papers[1].write_bytes(b"%PDF-1.7 no more")
    with Reader() as reader:
        fold_apart(paper, LANGUAGE, store=store, reader=reader)
    assert not list(store.root.rglob("*.quire"))
