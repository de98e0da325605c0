"""Many trees become one, and every name keeps its meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from moothall.core.pdf.merge import check_ua
from tests.pdf.merge.makers import (
    Handmade,
    bound,
    handmade,
    part,
    parts_of_struct_text,
    qpdf_is_content,
    sections,
    set_pdf,
    struct_text,
)

REPORT = """= Purpose
Words with a #link("https://example.org")[link].
== Figures
#table(columns: 2, table.header[Year][Pupils], [2013], [1,204])
- one
- two#footnote[A note.]
"""


def test_typst_papers_together_are_still_pdf_ua(tmp_path: Path) -> None:
    report = set_pdf(tmp_path / "a.pdf", REPORT)
    bound(tmp_path, part(report, "a"), part(report, "b", 2))
    assert check_ua(tmp_path / "out.pdf") == ()
    assert qpdf_is_content(tmp_path / "out.pdf")


def test_each_part_is_a_titled_part_of_one_document(tmp_path: Path) -> None:
    report = set_pdf(tmp_path / "a.pdf", REPORT)
    pdf, _ = bound(tmp_path, part(report, "a", title="First"), part(report, "b", 2, title="Second"))
    root = pdf.Root.StructTreeRoot
    assert [str(kid.S) for kid in root.K] == ["/Document"]
    assert [(str(kid.S), str(kid.T)) for kid in sections(pdf)] == [("/Part", "First"), ("/Part", "Second")]
    assert {str(kid.P.S) for kid in sections(pdf)} == {"/Document"}


def test_a_papers_own_document_becomes_a_section(tmp_path: Path) -> None:
    pdf, _ = bound(tmp_path, part(set_pdf(tmp_path / "a.pdf", REPORT), "a"))
    assert str(sections(pdf)[0].K[0].S) == "/Sect"


def test_the_tagged_text_of_a_paper_stays_the_same(tmp_path: Path) -> None:
    first, second = set_pdf(tmp_path / "a.pdf", REPORT), set_pdf(tmp_path / "b.pdf", "= Other\nMore words.")
    bound(tmp_path, part(second, "a"), part(first, "b", 2))
    for own, packed in zip((second, first), parts_of_struct_text(tmp_path / "out.pdf"), strict=True):
        assert [line.strip() for line in packed[1:]] == [line.strip() for line in _sorted_alike(own)[1:]]


def _sorted_alike(path: Path) -> list[str]:
    """The paper's tagged text after qpdf wrote it once, since qpdf sorts the keys of attributes."""
    again = path.with_suffix(".again.pdf")
    with Pdf.open(path) as pdf:
        pdf.save(again)
    return struct_text(again)


@pytest.mark.parametrize("language", ["cy", ""], ids=["another-language", "same-language"])
def test_a_part_says_its_language_only_when_it_differs(tmp_path: Path, language: str) -> None:
    made = Handmade()
    made.page(("P", "Geiriau"))
    made.pdf.Root.Lang = String(language or "en-gb")
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert str(sections(pdf)[0].get("/Lang", "")) == language


def test_a_role_that_means_two_things_is_renamed_where_fewer_pages_use_it(tmp_path: Path) -> None:
    much = Handmade()
    much.page(("Chart", "one"))
    much.page(("Chart", "two"))
    much.root.RoleMap = Dictionary(Chart=Name.Figure)
    little = handmade(tmp_path / "b.pdf", ("Chart", "three"), RoleMap=Dictionary(Chart=Name.Sect))
    pdf, _ = bound(tmp_path, part(little, "a"), part(much.save(tmp_path / "a.pdf"), "b", 2))
    roles = {key: str(value) for key, value in pdf.Root.StructTreeRoot.RoleMap.items()}
    assert roles == {"/Chart": "/Figure", "/Chart-Sect": "/Sect"}
    assert [[str(kid.S) for kid in section.K] for section in sections(pdf)] == [["/Chart-Sect"], ["/Chart", "/Chart"]]


def test_a_chain_of_roles_keeps_its_end(tmp_path: Path) -> None:
    roles = Dictionary(Body=Name("/Text"), Text=Name.P)
    pdf, _ = bound(tmp_path, part(handmade(tmp_path / "a.pdf", ("Body", "x"), RoleMap=roles), "a"))
    assert {key: str(value) for key, value in pdf.Root.StructTreeRoot.RoleMap.items()} == {"/Body": "/P", "/Text": "/P"}


def test_a_loop_of_roles_means_nothing(tmp_path: Path) -> None:
    roles = Dictionary(A=Name("/B"), B=Name("/A"))
    pdf, _ = bound(tmp_path, part(handmade(tmp_path / "a.pdf", ("A", "x"), RoleMap=roles), "a"))
    assert {str(value) for value in pdf.Root.StructTreeRoot.RoleMap.values()} == {"/NonStruct"}


def test_a_standard_role_mapped_anew_is_called_what_it_means(tmp_path: Path) -> None:
    odd = handmade(tmp_path / "a.pdf", ("H1", "not a heading"), RoleMap=Dictionary(H1=Name.P))
    plain = handmade(tmp_path / "b.pdf", ("H1", "a heading"))
    pdf, _ = bound(tmp_path, part(odd, "a"), part(plain, "b", 2))
    assert [str(section.K[0].S) for section in sections(pdf)] == ["/P", "/H1"]
    assert "/RoleMap" not in pdf.Root.StructTreeRoot


def test_classes_that_differ_are_renamed_and_followed(tmp_path: Path) -> None:
    papers = []
    for name, colour in (("a", 0), ("b", 1)):
        made = Handmade()
        made.page(("P", "x"))
        made.elements[0].C = Array([Name("/Lead"), 0])
        made.root.ClassMap = Dictionary(Lead=Dictionary(O=Name.Layout, SpaceAfter=colour))
        papers.append(part(made.save(tmp_path / f"{name}.pdf"), name, 1 + colour))
    pdf, _ = bound(tmp_path, *papers)
    named = [str(section.K[0].C[0]) for section in sections(pdf)]
    assert len(set(named)) == 2
    assert [pdf.Root.StructTreeRoot.ClassMap[name].SpaceAfter for name in named] == [0, 1]


def test_identifiers_stay_unique_and_header_cells_are_still_found(tmp_path: Path) -> None:
    papers = []
    for at, name in enumerate(("a", "b")):
        made = Handmade()
        made.page(("TH", "Head"), ("TD", "Cell"))
        made.elements[0].ID = String("h1")
        made.elements[1].A = Dictionary(O=Name.Table, Headers=Array([String("h1")]))
        papers.append(part(made.save(tmp_path / f"{name}.pdf"), name, 1 + at))
    pdf, _ = bound(tmp_path, *papers)
    ids = dict(zip(pdf.Root.StructTreeRoot.IDTree.Names[::2], pdf.Root.StructTreeRoot.IDTree.Names[1::2], strict=True))
    for section in sections(pdf):
        head, cell = section.K
        assert ids[cell.A.Headers[0]].objgen == head.objgen
    assert len(ids) == 2


def test_a_parent_tree_with_kids_is_read(tmp_path: Path) -> None:
    made = Handmade()
    for at in range(3):
        made.page(("P", f"words {at}"))
    rows = list(made.rows)
    kids = [made.pdf.make_indirect(Dictionary(Nums=Array(rows[at : at + 2]), Limits=[at // 2] * 2)) for at in (0, 2, 4)]
    made.root.ParentTree = Dictionary(Kids=Array(kids))
    _assert_every_word_found(tmp_path, made)


@pytest.mark.parametrize("damage", ["absent", "an-array", "wrong-row", "same-number-twice", "no-number"])
def test_a_broken_parent_tree_is_made_anew(tmp_path: Path, damage: str) -> None:
    made = Handmade()
    first, second = made.page(("P", "words 0")), made.page(("P", "words 1"), ("P", "words 2"))
    if damage == "absent":
        del made.root.ParentTree
    elif damage == "an-array":
        made.root.ParentTree = made.rows
    elif damage == "wrong-row":
        made.rows[1] = made.rows[3]
    elif damage == "same-number-twice":
        second.StructParents = first.StructParents
    else:
        del first.StructParents
    _assert_every_word_found(tmp_path, made)


def _assert_every_word_found(tmp_path: Path, made: Handmade) -> None:
    other = handmade(tmp_path / "other.pdf", ("P", "before"))
    bound(tmp_path, part(other, "o"), part(made.save(tmp_path / "a.pdf"), "a", 2))
    words = [line.strip() for line in parts_of_struct_text(tmp_path / "out.pdf")[1] if "words" in line]
    assert words == ['"words 0"', '"words 1"', '"words 2"']
    assert not {"parent-tree", "content-without-tag"} & {flaw.code for flaw in check_ua(tmp_path / "out.pdf")}


def test_a_form_on_two_pages_is_numbered_once(tmp_path: Path) -> None:
    made = Handmade()
    pages = [made.page(("P", "one")), made.page(("P", "two"))]
    form = made.pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    for page in pages:
        page.Resources.XObject = Dictionary(Fm=form)
        page.Contents = made.pdf.make_stream(page.Contents.read_bytes() + b" /Fm Do")
    owner = made.element("Figure", pages[0], Dictionary(Type=Name.MCR, Pg=pages[0], Stm=form, MCID=0))
    made.number(form, "/StructParents", Array([owner]))
    other = handmade(tmp_path / "other.pdf", ("P", "before"))
    pdf, _ = bound(tmp_path, part(other, "o"), part(made.save(tmp_path / "a.pdf"), "a", 2))
    numbers = [page.obj.StructParents for page in pdf.pages]
    drawn = [pdf.pages[at].obj.Resources.XObject.Fm for at in (1, 2)]
    assert drawn[0].objgen == drawn[1].objgen
    assert sorted([*numbers, drawn[0].StructParents]) == [0, 1, 2, 3]
    assert "parent-tree" not in {flaw.code for flaw in check_ua(tmp_path / "out.pdf")}


def test_namespaces_are_kept_and_their_later_types_mapped_for_older_readers(tmp_path: Path) -> None:
    made = Handmade()
    made.page(("Em", "strong words"))
    space = made.pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf2/ssn")))
    made.root.Namespaces = Array([space])
    made.elements[0].NS = space
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    root = pdf.Root.StructTreeRoot
    assert root.Namespaces[0].objgen == sections(pdf)[0].K[0].NS.objgen
    assert str(root.RoleMap.Em) == "/Span"
