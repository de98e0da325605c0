"""A public pack is made with hidden content only when the clerk confirmed each such paper by name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.hidden_content import NeedsConfirmation, confirm_papers
from moothall.core.packs.meeting_file import load
from moothall.core.packs.order import Variant
from moothall.core.packs.pack import build
from moothall.core.pdf.cache import Store
from tests.documents.readers.word_files import para, run, write
from tests.packs.packs import make, papers_of, put, report, tree_of, untagged_pdf

TWO_ITEMS = """
[[item]]
number = 1
title = "Minutes"
papers = ["minutes.html"]

[[item]]
number = 2
title = "Lease"
papers = [{paper}]
{more}
"""


def pdf_marked_for_redaction(folder: Path) -> bytes:
    """Return a PDF in which a redaction is marked and not applied."""
    untagged_pdf(folder / "marked.pdf", word="secret")
    with pikepdf.open(folder / "marked.pdf") as pdf:
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[72, 690, 200, 715])
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def word_with_hidden_text(folder: Path) -> bytes:
    """Return a Word file with a hidden run."""
    body = para(run("Seen. ") + run("Unseen price", "<w:vanish/>"))
    return write(folder / "hidden.docx", body).read_bytes()


@pytest.fixture(params=["lease.pdf", "lease.docx"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, bytes]:
    """A paper with hidden content: its name and its bytes."""
    content = pdf_marked_for_redaction(tmp_path) if request.param == "lease.pdf" else word_with_hidden_text(tmp_path)
    return request.param, content


def meeting(tmp_path: Path, paper: tuple[str, bytes], *, keys: str = "", more: str = "") -> Path:
    """Write a meeting file with an ordinary paper and ``paper``, listed with the further ``keys``."""
    name, content = paper
    listed = f'{{ path = "{name}"{keys} }}'
    papers = {"minutes.html": report("Minutes"), name: content}
    return put(tmp_path / "papers", papers, TWO_ITEMS.format(paper=listed, more=more))


def test_public_pack_with_unconfirmed_hidden_content_is_not_made(tmp_path, paper):
    with pytest.raises(NeedsConfirmation) as stop:
        make(meeting(tmp_path, paper), tmp_path / "out", cache=tmp_path / "cache")
    assert [(each.path, each.item) for each in stop.value.papers] == [(paper[0], "2")]
    assert paper[0] in str(stop.value)
    assert not (tmp_path / "out").exists()


def test_pack_before_stays_as_it_was_when_the_next_is_stopped(tmp_path, paper):
    out = tmp_path / "out"
    make(meeting(tmp_path, ("lease.html", report("Lease").encode())), out, cache=tmp_path / "cache")
    before = tree_of(out)
    with pytest.raises(NeedsConfirmation):
        make(meeting(tmp_path, paper), out, cache=tmp_path / "cache")
    assert tree_of(out) == before


def test_confirmed_paper_is_published_and_recorded(tmp_path, paper):
    file = meeting(tmp_path, paper, keys=", hidden_content_checked = true")
    made = make(file, tmp_path / "out", cache=tmp_path / "cache")
    for manifest in made.manifests:
        assert papers_of(manifest)[paper[0]].hidden_content_checked
        assert not papers_of(manifest)["minutes.html"].hidden_content_checked


def test_paper_without_hidden_content_is_not_recorded_as_confirmed(tmp_path):
    file = meeting(tmp_path, ("lease.html", report("Lease").encode()), keys=", hidden_content_checked = true")
    made = make(file, tmp_path / "out", cache=tmp_path / "cache")
    assert not papers_of(made.leading)["lease.html"].hidden_content_checked


def test_members_pack_is_made_with_a_warning(tmp_path, paper):
    made = make(meeting(tmp_path, paper), tmp_path / "out", cache=tmp_path / "cache", variants=(Variant.FULL,))
    codes = {warning.code for warning in made.leading.warnings}
    assert codes & {"redaction-not-applied", "hidden-text-dropped"}
    assert not papers_of(made.leading)[paper[0]].hidden_content_checked


def test_exempt_paper_needs_no_confirmation(tmp_path, paper):
    file = meeting(tmp_path, paper, more='exempt = { paragraph = 3, reason = "Bids." }')
    made = make(file, tmp_path / "out", cache=tmp_path / "cache")
    assert len(made.manifests) == 2


def test_confirmation_by_name_counts_for_that_paper_alone(tmp_path, paper):
    name, content = paper
    other = f"other{Path(name).suffix}"
    listed = f'"{name}", "{other}"'
    file = put(
        tmp_path / "papers",
        {"minutes.html": report("Minutes"), name: content, other: content},
        TWO_ITEMS.format(paper=listed, more=""),
    )
    (tmp_path / "cache").mkdir()
    with pytest.raises(NeedsConfirmation) as stop:
        build(confirm_papers(load(file), [name]), tmp_path / "out", store=Store(tmp_path / "cache"))
    assert [each.path for each in stop.value.papers] == [other]
    build(confirm_papers(load(file), [name, other]), tmp_path / "out", store=Store(tmp_path / "cache"))
    assert (tmp_path / "out" / "public" / "pack.pdf").exists()


def test_confirming_a_paper_that_the_meeting_file_does_not_list_is_refused(tmp_path, paper):
    with pytest.raises(MeetingFileError, match=f"Did you mean {paper[0]}"):
        confirm_papers(load(meeting(tmp_path, paper)), [paper[0][1:]])
