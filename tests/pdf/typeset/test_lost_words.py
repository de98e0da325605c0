"""The guard: a paper with a word that nobody can see is not made."""

import io
import pickle
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.cli import FAULT, run
from moothall.core.documents.errors import PressError, WordsLost
from moothall.core.documents.tree import (
    Block,
    Cell,
    Document,
    Emphasis,
    Heading,
    Link,
    NoteReference,
    Paragraph,
    Row,
    Strong,
    Superscript,
    Table,
    Text,
)
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import set_paper, set_sheet, tables, typesetter
from moothall.core.pdf.typeset.front_pages import Blank
from moothall.core.pdf.typeset.lost_words import document_texts, find_lost_words
from moothall.core.pdf.typeset.printed_text import printed_pieces
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import CREATED, blocks, paragraph

MEETING = """
council = "Avonmere"
body = "Council"
start = 2026-03-13T10:00:00
place = "Hall"
published = 2026-03-03
[[item]]
number = 1
title = "Budget"
kind = "report"
papers = ["budget.html", "other.html"]
"""
TALL = Table((Row((Cell(blocks(*(f"word{number}" for number in range(100)))),)),))


def _unbreakable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every row be held together, however tall it is."""
    monkeypatch.setattr(tables._Setter, "let_break", lambda *_, **__: None)


def _printed_by(monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes) -> None:
    """Change the template."""
    changed = {name: text.replace(old, new) for name, text in typesetter._templates().items()}
    assert changed != typesetter._templates()
    monkeypatch.setattr(typesetter, "_templates", lambda: changed)


def test_words_of_unbreakable_cell_below_the_page_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _unbreakable(monkeypatch)
    with pytest.raises(WordsLost) as caught:
        set_paper(Document((TALL,), title="Budget"), store=Store(tmp_path), created=CREATED)
    assert caught.value.paper == "Budget"
    assert {"word99", "word60"} <= set(caught.value.words)
    assert "word1" not in caught.value.words
    assert not isinstance(caught.value, PressError)
    assert not list(tmp_path.rglob("*.pdf"))


def test_lost_word_ends_a_pack_as_a_fault_and_names_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _unbreakable(monkeypatch)
    (tmp_path / "budget.html").write_text(f"<table><tr><td>{'<p>word</p>' * 100}</td></tr></table>", "utf-8")
    (tmp_path / "other.html").write_text("<p>Other</p>", "utf-8")
    (tmp_path / "meeting.toml").write_text(MEETING, "utf-8")
    out = tmp_path / "out"
    code = run(["pack", str(tmp_path / "meeting.toml"), "--out", str(out), "--cache", str(tmp_path / "cache")])
    assert (code, list(out.rglob("*.pdf"))) == (FAULT, [])
    assert "budget.html" in capsys.readouterr().err


def test_fault_survives_its_way_from_a_worker_process() -> None:
    fault = pickle.loads(pickle.dumps(WordsLost("Budget", ["word"])))  # noqa: S301
    assert (fault.paper, fault.words) == ("Budget", ("word",))


def test_lost_word_ends_the_command_as_a_fault_of_moothall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _unbreakable(monkeypatch)
    paper = tmp_path / "budget.html"
    paper.write_text(f"<table><tr><td>{'<p>word</p>' * 100}</td></tr></table>", "utf-8")
    out = tmp_path / "budget.pdf"
    code = run(["convert", str(paper), "--to", "pdf", "--out", str(out), "--cache", str(tmp_path / "cache")])
    assert (code, out.exists()) == (FAULT, False)
    assert "budget.html" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"let made = par(", b"let made = move(dy: 2000pt, "),
        (b"let made = par(", b"let made = move(dx: -400pt, "),
        (b"let made = par(", b"let made = std.place("),
        (b"let made = par(", b"let made = hide("),
    ],
    ids=["below the page", "beside the page", "over other words", "not printed"],
)
def test_words_that_cannot_be_seen_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    _printed_by(monkeypatch, old, new)
    with pytest.raises(WordsLost) as caught:
        set_paper(Document(blocks("alpha beta", "gamma delta")), store=Store(tmp_path), created=CREATED)
    assert {"alpha", "beta"} <= set(caught.value.words)


def test_sheets_are_guarded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _printed_by(
        monkeypatch, b"#let blank(it, home, set-runs, set-blocks) = {", b"#let blank(it, ..) = {\n  return none"
    )
    with pytest.raises(WordsLost):
        set_sheet(Blank("Nothing here"), store=Store(tmp_path), created=datetime(2014, 1, 1, tzinfo=UTC))


MIXED = (
    Text("foo"),
    Strong((Text("bar"),)),
    Text("baz, m"),
    Superscript((Text("2"),)),
    Emphasis((Text("it"),)),
    Link("https://example.org", (Text("linked"),)),
    NoteReference("a"),
    Text("s."),
)


@pytest.mark.parametrize(
    "block",
    [
        paragraph("office difficult waffle ﬁne ½ x² e\u0301 naïve café ‘quoted’ – dash… " * 9),
        paragraph("co\u00adoper\u00ada\u00adtion non\u00a0breaking zero\u200bwidth non\u2011breaking " * 20),
        paragraph("שלום עולם (abc) مرحبا بالعالم 12 " * 20),
        paragraph("tick ✓ face 😀 unknown \U00012345 private \uf0b7 ≥ Ω " * 9),
        paragraph("a well-known 2014-15/2016 https://example.org/" + "long/" * 60 + " path " * 9),
        paragraph("brackets ((((a) b) \\ \\( \\\\) c] TJ BT ET <ab> [(x)10(y)] " * 9),
        Paragraph(MIXED),
        Table((Row((Cell(blocks("antidisestablishmentarianism" * 3)),) * 9),)),
    ],
    ids=[
        "ligatures",
        "soft hyphens",
        "right to left",
        "replaced",
        "broken words",
        "operators",
        "styles",
        "narrow cells",
    ],
)
def test_guard_is_silent_where_nothing_is_lost(set_blocks: Setter, block: Block) -> None:
    assert set_blocks(block, notes={"a": blocks("A note.")}).pages


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(max_codepoint=0x30FF, exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_guard_is_silent_for_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = Store(tmp_path_factory.getbasetemp() / "any")
    set_paper(Document((paragraph(f"before {text} after"),)), store=store, created=CREATED)


def test_every_word_is_counted() -> None:
    assert find_lost_words(["two two three"], ["two", "three"]) == ["two"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("well-known", ["well-", "known"]),
        ("foobarbaz", ["foo", "bar", "baz"]),
        ("coop\u00aderation", ["coop\u00ad", "eration"]),
        ("ﬁne", ["fine"]),
        ("page-end", ["x page-", "other ", "note ", "end"]),
    ],
    ids=["hyphen", "styles", "soft hyphen", "ligature", "apart"],
)
def test_word_in_pieces_is_found(text: str, pieces: list[str]) -> None:
    assert find_lost_words([text], pieces) == []


def test_pieces_make_up_one_word_only() -> None:
    assert len(find_lost_words(["foobar foo"], ["foo", "bar"])) == 1


def test_uncalled_notes_are_not_looked_for() -> None:
    document = Document(blocks("text"), notes={"a": blocks("uncalled")})
    assert list(document_texts(document)) == ["text"]


def test_printed_words_are_those_that_a_reader_of_pdfs_sees(set_blocks: Setter) -> None:
    texts = [f"word{number} of this paragraph" for number in range(300)]
    part = set_blocks(*map(paragraph, texts))
    with pikepdf.open(io.BytesIO(part.pdf.read_bytes())) as document:
        assert Counter(" ".join(printed_pieces(document)).split()) == Counter(" ".join(texts).split())


def test_caption_of_an_inner_table_fits_its_cell(tmp_path: Path) -> None:
    inner = Table((), caption=(Text("Admissions"), Text("2014")))
    outer = Table((Row((Cell((inner,), columns=2), Cell(blocks("Total")))),), caption=(Text("Places"),))
    assert set_paper(Document((outer,)), store=Store(tmp_path), created=CREATED).pages == 1


def test_word_in_two_runs_after_the_same_word_is_not_reported_as_lost(tmp_path: Path) -> None:
    content = (Paragraph((Text("0"),)), Heading(1, (Text("0"), Strong((Text("1"),)))))
    part = set_paper(Document(content, title="01"), store=Store(tmp_path), created=CREATED)
    assert part.pdf.exists()
