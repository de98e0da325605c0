"""Links, bookmarks, page labels, metadata: the ways into a pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from moothall.core.pdf.merge import bind, check_ua
from tests.pdf.merge.makers import Handmade, bound, handmade, part, sections, set_pdf, volume


def _links(pdf: Pdf, at: int) -> list[Object]:
    return [note for note in pdf.pages[at].obj.get("/Annots", Array()) if note.Subtype == Name.Link]


def _page_of(pdf: Pdf, destination: Object) -> int:
    return [page.obj.objgen for page in pdf.pages].index(destination[0].objgen)


def test_a_link_to_a_part_leads_to_its_first_page(tmp_path: Path) -> None:
    agenda = set_pdf(tmp_path / "a.pdf", '= Agenda\n#link("moothall:part/report")[(Pages 2 - 3)]')
    report = set_pdf(tmp_path / "b.pdf", "= Report\n#pagebreak()\nMore")
    pdf, result = bound(tmp_path, part(agenda, "agenda"), part(report, "report", 2))
    (link,) = _links(pdf, 0)
    assert "/A" not in link
    assert _page_of(pdf, link.Dest) == 1
    assert result.cautions == ()


def test_a_link_to_an_unknown_part_is_taken_out_and_reported(tmp_path: Path) -> None:
    agenda = set_pdf(tmp_path / "a.pdf", '= Agenda\n#link("moothall:part/exempt")[(Pages 2 - 3)]')
    pdf, result = bound(tmp_path, part(agenda, "agenda"))
    assert _links(pdf, 0) == []
    assert [(caution.code, caution.place) for caution in result.cautions] == [("link-to-unknown-part", "page 1")]
    assert b"exempt" not in (tmp_path / "out.pdf").read_bytes()
    assert check_ua(tmp_path / "out.pdf") == ()


def test_a_link_within_a_part_looks_ahead(tmp_path: Path) -> None:
    paper = set_pdf(tmp_path / "a.pdf", "= One\n#link(<end>)[to the end]\n#pagebreak()\n= Two <end>")
    other = set_pdf(tmp_path / "b.pdf", "= Before")
    pdf, _ = bound(tmp_path, part(other, "b"), part(paper, "a", 2))
    assert _page_of(pdf, _links(pdf, 1)[0].Dest) == 2


def _named(tmp_path: Path, name: str, *, old: bool) -> Path:
    """A paper whose link goes to a destination called "chapter" on its second page."""
    made = Handmade()
    first, second = made.page(("P", "one")), made.page(("P", "two"))
    place = Array([second, Name.XYZ, 0, 700, None])
    if old:
        made.pdf.Root.Dests = Dictionary(chapter=place)
    else:
        tree = NameTree.new(made.pdf)
        tree["chapter"] = Dictionary(D=place)
        made.pdf.Root.Names = Dictionary(Dests=tree.obj)
    goal = Name("/chapter") if old else String("chapter")
    first.Annots = Array([made.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9]))])
    first.Annots[0].A = Dictionary(S=Name.GoTo, D=goal)
    return made.save(tmp_path / f"{name}.pdf")


@pytest.mark.parametrize("old", [True, False], ids=["names-of-pdf-1.1", "strings"])
def test_the_same_destination_name_in_two_parts_stays_apart(tmp_path: Path, old: bool) -> None:
    papers = [part(_named(tmp_path, name, old=old), name, 1 + 2 * at) for at, name in enumerate("ab")]
    pdf, _ = bound(tmp_path, *papers)
    assert [_page_of(pdf, _links(pdf, at)[0].Dest) for at in (0, 2)] == [1, 3]


def test_a_dead_link_is_taken_out_and_reported(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page(("P", "one"))
    note = made.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9]))
    note.Dest = String("nowhere")
    page.Annots = Array([note])
    owner = made.element("Link", page, Array([Dictionary(Type=Name.OBJR, Obj=note, Pg=page)]))
    made.number(note, "/StructParent", owner)
    pdf, result = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert "/Annots" not in pdf.pages[0].obj
    assert str(sections(pdf)[0].K[1].S) == "/Span"
    assert "dead-link" in {caution.code for caution in result.cautions}


def _outline(pdf: Pdf) -> list[tuple[int, str, int]]:
    """(depth, title, page index) of each bookmark."""
    found: list[tuple[int, str, int]] = []

    def look(item: Object | None, depth: int) -> None:
        while item is not None:
            found.append((depth, str(item.Title), _page_of(pdf, item.Dest)))
            look(item.get("/First"), depth + 1)
            item = item.get("/Next")

    look(pdf.Root.Outlines.First, 0)
    return found


def test_bookmarks_are_item_paper_headings(tmp_path: Path) -> None:
    report = set_pdf(tmp_path / "a.pdf", "= Purpose\n#pagebreak()\n== Detail")
    plain = handmade(tmp_path / "b.pdf", ("P", "x"))
    item = ("5. Budget",)
    pdf, _ = bound(
        tmp_path,
        part(report, "a", title="Report", outline=item),
        part(plain, "b", 3, title="Appendix", outline=item),
        part(plain, "c", 4, title="Notes"),
    )
    assert _outline(pdf) == [
        (0, "5. Budget", 0), (1, "Report", 0), (2, "Purpose", 0), (3, "Detail", 1), (1, "Appendix", 2), (0, "Notes", 3),
    ]  # fmt: skip
    assert (pdf.Root.Outlines.Count, pdf.Root.Outlines.First.Count) == (4, 2)


def test_broken_bookmarks_are_dropped_and_what_hangs_below_them_kept(tmp_path: Path) -> None:
    made = Handmade()
    page = made.page(("P", "x"))
    inner = made.pdf.make_indirect(Dictionary(Title=String("Kept"), Dest=Array([page, Name.Fit])))
    nameless = made.pdf.make_indirect(Dictionary(First=inner))
    dead = made.pdf.make_indirect(Dictionary(Title=String("Dead"), Dest=String("gone"), Next=nameless))
    nameless.Next = dead  # a loop
    made.pdf.Root.Outlines = Dictionary(First=dead)
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a", title="Paper"))
    assert _outline(pdf) == [(0, "Paper", 0), (1, "Kept", 0)]


def test_page_labels_are_what_is_printed(tmp_path: Path) -> None:
    blank = handmade(tmp_path / "a.pdf", ("P", "x"))
    labels = ("i", "1", "2", "21", "21a", "22", "E1", "E2", "007")
    pdf, _ = bound(tmp_path, *(part(blank, label, labels=(label,)) for label in labels))
    assert tuple(page.label for page in pdf.pages) == labels


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    pdf, _ = bound(tmp_path, part(set_pdf(tmp_path / "a.pdf", "= One"), "a"))
    assert str(pdf.docinfo.Title) == "Agenda pack"
    assert str(pdf.docinfo.CreationDate) == "D:20141114090000Z"
    assert (str(pdf.Root.Lang), pdf.Root.ViewerPreferences.DisplayDocTitle) == ("en-GB", True)
    with pdf.open_metadata() as packet:
        assert (packet["dc:title"], packet["dc:language"], packet["pdfuaid:part"]) == ("Agenda pack", {"en-GB"}, "1")
    assert pdf.pdf_version == "1.7"


def test_a_paper_that_does_not_claim_pdf_ua_keeps_the_pack_from_claiming_it(tmp_path: Path) -> None:
    report = set_pdf(tmp_path / "a.pdf", "= One")
    bound(tmp_path, part(report, "a"), part(handmade(tmp_path / "b.pdf", ("P", "x")), "b", 2))
    assert "no-claim" in {flaw.code for flaw in check_ua(tmp_path / "out.pdf")}


def test_an_upload_that_claims_pdf_ua_falsely_keeps_the_pack_from_claiming_it(tmp_path: Path) -> None:
    upload = set_pdf(tmp_path / "a.pdf", "= One")
    with Pdf.open(upload, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 0 0 9 9 re f")
        pdf.save(upload)
    bound(tmp_path, part(upload, "a", clear=(("bottom-centre",),)))
    assert "no-claim" in {flaw.code for flaw in check_ua(tmp_path / "out.pdf")}


def test_the_same_volume_gives_the_same_bytes(tmp_path: Path) -> None:
    papers = [part(set_pdf(tmp_path / "a.pdf", "= One"), "a"), part(handmade(tmp_path / "b.pdf", ("P", "x")), "b", 2)]
    outs = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for out in outs:
        bind(volume(papers), out)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_layers_of_all_parts_are_kept_as_each_shows_them(tmp_path: Path) -> None:
    papers = []
    for name, base in (("a", Name.ON), ("b", Name.OFF)):
        made = Handmade()
        page = made.page(("P", "x"))
        layer = made.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        page.Resources.Properties = Dictionary(L=layer)
        made.pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(BaseState=base))
        papers.append(part(made.save(tmp_path / f"{name}.pdf"), name, 1 + len(papers)))
    pdf, _ = bound(tmp_path, *papers)
    layers = pdf.Root.OCProperties
    assert [str(layer.Name) for layer in layers.OCGs] == ["a", "b"]
    assert [str(layer.Name) for layer in layers.D.OFF] == ["b"]
