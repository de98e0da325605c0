"""Papers without tags, and tags that cannot be trusted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from moothall.core.documents.errors import CannotRead, PasswordNeeded
from moothall.core.pdf.merge import Part, bind, check_ua
from tests.pdf.merge.makers import (
    Handmade,
    bound,
    handmade,
    part,
    parts_of_struct_text,
    qpdf_is_content,
    sections,
    set_pdf,
    volume,
)

BODY = '= Heading\nWords of the page. #link("https://example.org")[A link]\n#pagebreak()\n#rect()'


def _untagged(tmp_path: Path) -> tuple[Pdf, list[str]]:
    paper = set_pdf(tmp_path / "a.pdf", BODY, tagged=False)
    text = ("Heading\nWords of the page.", "")
    clear = (("bottom-centre",), ("bottom-centre",))
    pdf, result = bound(tmp_path, part(paper, "a", 7, title="Survey", text=text, clear=clear))
    return pdf, [caution.message for caution in result.cautions]


def test_an_untagged_page_is_announced_and_carries_its_text(tmp_path: Path) -> None:
    pdf, _ = _untagged(tmp_path)
    paragraph = sections(pdf)[0].K[0].K[0]
    assert str(paragraph.S) == "/P"
    assert str(paragraph.ActualText) == "Page 1 of 2 of “Survey”, a paper without tags. Heading Words of the page."


def test_a_page_whose_drawing_is_damaged_is_bound_as_it_is(tmp_path: Path) -> None:
    paper = set_pdf(tmp_path / "a.pdf", BODY, tagged=False)
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        damaged = b"/OC /L BDC BT [(Odd) oops] TJ ET EMC q"
        pdf.pages[0].Contents = pdf.make_stream(damaged)
        pdf.save(paper)
    pdf, _ = bound(tmp_path, part(paper, "a", 7, title="Survey", text=("Odd", "")))
    assert damaged in b"".join(each.read_bytes() for each in pdf.pages[0].Contents)


def test_an_untagged_page_without_text_is_a_picture(tmp_path: Path) -> None:
    pdf, _ = _untagged(tmp_path)
    figure = sections(pdf)[0].K[1].K[0]
    assert str(figure.S) == "/Figure"
    assert str(figure.Alt).startswith("Page 2 of 2 of “Survey”, a paper without tags: a picture")


def test_the_clerk_is_told_which_paper_has_no_tags_and_where(tmp_path: Path) -> None:
    _, messages = _untagged(tmp_path)
    assert [re.search(r"Survey \(pages 7 to 8\) has no tags", message) is not None for message in messages] == [True]


def test_an_untagged_paper_gets_through_every_check_but_the_claim(tmp_path: Path) -> None:
    _untagged(tmp_path)
    assert {flaw.code for flaw in check_ua(tmp_path / "out.pdf")} == {"no-claim"}


@pytest.mark.parametrize(
    "content",
    [
        b"/P <</MCID 5>> BDC 0 0 9 9 re f EMC",
        b"/Artifact BMC 0 0 9 9 re f EMC",
        b"/P BMC /Span <</MCID 1>> BDC 0 0 9 9 re f EMC",
        b"EMC 0 0 9 9 re f",
        b"/Pt MP 0 0 9 9 re f",
        b"q q 0 0 9 9 re f",
        b"Q Q 0 0 9 9 re f",
    ],
    ids=["stray-mcid", "artifact", "unclosed", "only-closed", "point", "unclosed-saves", "surplus-restores"],
)
def test_marks_in_an_untagged_page_do_not_break_its_one_mark(tmp_path: Path, content: bytes) -> None:
    made = Handmade()
    made.page().Contents = made.pdf.make_stream(content)
    del made.pdf.Root.StructTreeRoot
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert {flaw.code for flaw in check_ua(tmp_path / "out.pdf")} == {"no-claim"}
    assert _depths(pdf.pages[0].obj) == [0, 0]


def _depths(page: Object) -> list[int]:
    """How deep saves and marks stand at the page's end; fails where one closes what is not open."""
    steps = {"q": (0, 1), "Q": (0, -1), "BMC": (1, 1), "BDC": (1, 1), "EMC": (1, -1)}
    depths = [0, 0]
    for instruction in pikepdf.parse_content_stream(Page(page)):
        which, step = steps.get(str(instruction.operator), (0, 0))
        depths[which] += step
        assert min(depths) >= 0
    return depths


@pytest.mark.parametrize("content", [b"q q 0 0 m S", b"Q Q 0 0 m S", b"(Q) Tj q", b"/P <</MCID 0>> BDC q", b"EMC Q"])
def test_a_tagged_page_that_is_not_closed_properly_is_closed_off(tmp_path: Path, content: bytes) -> None:
    made = Handmade()
    page = made.page(("P", "x"))
    page.Contents = made.pdf.make_stream(page.Contents.read_bytes() + content)
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert _depths(pdf.pages[0].obj) == [0, 0]


def test_layers_in_an_untagged_page_stay(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page()
    page.Contents = made.pdf.make_stream(b"/OC /L BDC /P BMC 0 0 9 9 re f EMC EMC")
    del made.pdf.Root.StructTreeRoot
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a", stamped=False))
    marks = [
        str(each.operands[0]) for each in pikepdf.parse_content_stream(pdf.pages[0]) if str(each.operator) == "BDC"
    ]
    assert marks == ["/P", "/OC"]


def _odd(kind: str) -> Handmade:
    """A tagged paper with one thing wrong in its tree."""
    made = Handmade()
    page = made.page(("P", "words"), ("P", "more words"))
    first = made.elements[0]
    if kind == "page-elsewhere":
        first.Pg = made.pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, 9, 9]))
    elif kind == "no-page":
        del first.Pg
    elif kind == "cycle":
        first.K = Array([0, made.elements[1]])
        made.elements[1].K = Array([1, first])
    elif kind == "doubled":
        made.root.K.append(first)
    elif kind == "rubbish":
        first.K = Array([0, None, Name.What, String("x"), Dictionary(), -4, 10**9])
    elif kind == "dead-object":
        first.K = Array([0, Dictionary(Type=Name.OBJR, Obj=made.pdf.make_indirect(Dictionary(Secret=True)), Pg=page)])
    elif kind == "no-roles":
        del first.S
    elif kind == "root-is-no-array":
        made.root.K = made.elements[1]
    return made


@pytest.mark.parametrize(
    "kind",
    ["page-elsewhere", "no-page", "cycle", "doubled", "rubbish", "dead-object", "no-roles", "root-is-no-array"],
)
def test_a_broken_tree_is_mended(tmp_path: Path, kind: str) -> None:
    paper = _odd(kind).save(tmp_path / "a.pdf")
    bound(tmp_path, part(paper, "a"), part(handmade(tmp_path / "b.pdf", ("P", "after")), "b", 2))
    flaws = {flaw.code for flaw in check_ua(tmp_path / "out.pdf")}
    assert not flaws & {"broken-child", "wrong-parent", "parent-tree", "tag-without-content"}
    assert '"more words"' in "".join(parts_of_struct_text(tmp_path / "out.pdf")[0])
    assert b"Secret" not in _everything(tmp_path / "out.pdf")


def _everything(path: Path) -> bytes:
    with Pdf.open(path) as pdf:
        return b"".join(thing.unparse(resolved=True) for thing in pdf.objects)


@pytest.mark.parametrize("kids", [None, Array(), Array([3])], ids=["no-kids", "empty", "no-elements"])
def test_a_tree_that_owns_nothing_is_no_tree(tmp_path: Path, kids: object) -> None:
    made = Handmade()
    made.page(("P", "words"))
    made.root.K = Array() if kids is None else kids
    if kids is None:
        del made.root.K
    _, result = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a", text=("words",)))
    assert "untagged" in {caution.code for caution in result.cautions}
    assert {flaw.code for flaw in check_ua(tmp_path / "out.pdf")} == {"no-claim", "font-not-embedded"}


@pytest.mark.parametrize("depth", [300, 30_000], ids=["deep", "bottomless"])
def test_deep_nesting_does_not_break_the_binder(tmp_path: Path, depth: int) -> None:
    made = Handmade()
    page = made.page(("P", "words"))
    leaf = made.elements[0]
    inner = leaf
    for _ in range(depth):
        outer = made.pdf.make_indirect(Dictionary(S=Name.Div, K=inner))
        inner.P, inner = outer, outer
    inner.P, made.root.K = made.root, inner
    assert page.StructParents == 0
    bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a", text=("words",)))
    assert "words" in "".join(parts_of_struct_text(tmp_path / "out.pdf")[0])


@pytest.mark.slow
def test_a_tree_of_a_hundred_thousand_elements_is_bound(tmp_path: Path) -> None:
    made = Handmade()
    for _ in range(100):
        made.page(*[("P", "x")] * 1000)
    _, result = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert result.cautions == ()
    assert qpdf_is_content(tmp_path / "out.pdf")


def test_form_fields_are_taken_out_and_reported(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page(("P", "x"))
    widget = made.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[0, 0, 9, 9]))
    page.Annots = Array([widget])
    made.pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))
    pdf, result = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert "/AcroForm" not in pdf.Root
    assert "form-fields" in {caution.code for caution in result.cautions}


def test_nothing_else_of_a_paper_comes_along(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page(("P", "x"))
    secret = made.pdf.make_indirect(Dictionary(Secret=String("canary")))
    page.PieceInfo = page.AA = page.Thumb = page.B = secret
    made.elements[0].AF = made.root.AF = Array([secret])
    made.pdf.Root.AF = made.pdf.Root.Collection = made.pdf.Root.OpenAction = secret
    made.pdf.docinfo.Author = String("canary")
    bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert b"canary" not in _everything(tmp_path / "out.pdf")


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"], ids=["empty", "text", "hollow"])
def test_a_file_that_is_no_pdf_is_refused_by_name_and_nothing_is_left(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    broken = part(handmade(tmp_path / "a.pdf", ("P", "x")), "a", title="The budget")
    with pytest.raises(CannotRead, match=r"The budget.*bad\.pdf"):
        bind(volume([_moved(broken, tmp_path / "bad.pdf")]), tmp_path / "out.pdf")
    assert not list(tmp_path.glob("*out.pdf"))
    assert not list(tmp_path.glob(".binding*"))


def _moved(paper: Part, path: Path) -> Part:
    return replace(paper, pdf=path)


def test_a_locked_file_is_refused_by_name(tmp_path: Path) -> None:
    with Pdf.open(handmade(tmp_path / "a.pdf", ("P", "x"))) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(PasswordNeeded, match=r"locked\.pdf"):
        bind(volume([_moved(part(tmp_path / "a.pdf", "a"), tmp_path / "locked.pdf")]), tmp_path / "out.pdf")


def test_labels_must_fit_the_pages(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1 pages, but 2 labels"):
        bound(tmp_path, part(handmade(tmp_path / "a.pdf", ("P", "x")), "a", labels=("1", "2")))
