"""A damaged or unusable cache is made good, or named; it never goes into a pack unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from moothall.core.documents.errors import CacheFault
from moothall.core.packs.meeting_file import load
from moothall.core.packs.pack import build
from moothall.core.pdf.cache import Store
from tests.packs.packs import make, png, put, report, tree_of, untagged_pdf

ITEMS = '[[item]]\nnumber = 1\ntitle = "Minutes"\npapers = ["a.html", "b.pdf", "c.html"]\n'


@pytest.fixture
def meeting(tmp_path) -> Path:
    untagged_pdf(tmp_path / "b.pdf", word="Plain")
    picture = report("C", '<img src="p.png" alt="Grey">')
    papers = {"a.html": report("A"), "b.pdf": (tmp_path / "b.pdf").read_bytes(), "c.html": picture, "p.png": png(9)}
    return put(tmp_path / "papers", papers, ITEMS)


def kept(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


DAMAGES = {
    "emptied": lambda content: b"",
    "cut in half": lambda content: content[: len(content) // 2],
    "zeroed at the end": lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_parts_that_a_disk_cut_short_are_made_again(meeting, tmp_path, damage):
    first = tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder)
    for path in kept(tmp_path / "cache"):
        path.write_bytes(damage(path.read_bytes()))
    assert tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder) == first


def test_pdfs_that_a_disk_cut_short_are_made_again_though_their_facts_are_whole(meeting, tmp_path):
    first = tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder)
    for path in kept(tmp_path / "cache"):
        if path.suffix == ".pdf":
            path.write_bytes(path.read_bytes()[:200])
    assert tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder) == first


@pytest.mark.parametrize("suffix", [".pdf", ".json", ".png"])
def test_parts_that_are_missing_are_made_again(meeting, tmp_path, suffix):
    first = tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder)
    gone = [path for path in kept(tmp_path / "cache") if path.suffix == suffix]
    for path in gone:
        path.unlink()
    assert gone
    assert tree_of(make(meeting, tmp_path / "out", cache=tmp_path / "cache").folder) == first


def test_a_part_damaged_within_is_named_with_the_cache(meeting, tmp_path):
    made = make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    before = tree_of(made.folder)
    for path in kept(tmp_path / "cache"):
        if path.suffix == ".pdf":
            path.write_bytes(b"%PDF-1.7\nnothing of one\n%%EOF")
    with pytest.raises(CacheFault, match="Delete that folder, and build again"):
        make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert tree_of(made.folder) == before


def test_a_cache_that_cannot_be_written_to_is_named(meeting, tmp_path):
    for number in range(256):
        (tmp_path / "cache").mkdir(exist_ok=True)
        (tmp_path / "cache" / f"{number:02x}").write_text("a file where a folder should be")
    with pytest.raises(CacheFault, match=r"cache .* cannot be written to"):
        make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert not (tmp_path / "out").exists()


def test_a_cache_that_is_a_file_is_named(meeting, tmp_path):
    meeting.write_text(meeting.read_text().replace('"a.html", ', "").replace(', "c.html"', ""))
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(CacheFault, match="cannot be written to"):
        build(load(meeting), tmp_path / "out", store=Store(tmp_path / "cache"))


def test_no_half_made_part_stays_in_the_cache(meeting, tmp_path):
    make(meeting, tmp_path / "out", cache=tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob(".*"))
