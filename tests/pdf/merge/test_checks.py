"""The checks find what they are there for: each flaw is put into a sound file, and is then the only one found."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.documents.errors import CannotRead
from moothall.core.pdf.checks.flaws import RULES
from moothall.core.pdf.merge import check_ua
from moothall.core.pdf.standard_roles import UNDESCRIBED
from tests.pdf.merge.makers import set_pdf

SOUND = """= Purpose
Words#footnote[A note.] and a #link("https://example.org")[link].
== Detail
#table(columns: 2, table.header[Year][Pupils], [2013], [1,204])
#figure(rect(), alt: "A box", caption: [Box])
- one
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_pdf(tmp_path_factory.mktemp("sound") / "sound.pdf", SOUND)


def test_a_sound_file_has_no_flaw(sound: Path) -> None:
    assert check_ua(sound) == ()


def _elements(pdf: Pdf, role: str) -> list[Object]:
    found = [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/S") == Name(f"/{role}")]
    assert found
    return found


def _append(pdf: Pdf, content: bytes) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)


def _strip_scope(pdf: Pdf) -> None:
    for head in _elements(pdf, "TH"):
        del head.A, head.ID
    for cell in _elements(pdf, "TD"):
        del cell.A


def _swap_row(pdf: Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums
    keyed = {row[at]: row[at + 1] for at in range(0, len(row), 2)}
    array = keyed[pdf.pages[0].obj.StructParents]
    array[0], array[1] = array[1], array[0]


def _unembed(pdf: Pdf) -> None:
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


DAMAGE: dict[str, Callable[[Pdf], object]] = {
    "no-language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "title-not-shown": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "not-marked": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False),
    "suspects": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True),
    "tab-order": lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"),
    "layer-without-name": lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary(OCGs=[], D=Dictionary())),
    "unknown-role": lambda pdf: _elements(pdf, "LBody")[0].__setitem__("/S", Name("/Odd")),
    "heading-skips": lambda pdf: _elements(pdf, "H2")[0].__setitem__("/S", Name.H3),
    "misplaced": lambda pdf: _elements(pdf, "TBody")[0].__setitem__("/S", Name.Div),
    "header-without-scope": _strip_scope,
    "figure-without-alternative": lambda pdf: _elements(pdf, "Figure")[0].__delitem__("/Alt"),
    "note-without-id": lambda pdf: _elements(pdf, "Note")[0].__delitem__("/ID"),
    "id-not-listed": lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/IDTree"),
    "wrong-parent": lambda pdf: _elements(pdf, "H1")[0].__setitem__("/P", _elements(pdf, "H2")[0]),
    "broken-child": lambda pdf: _elements(pdf, "L")[0].K.append(Dictionary()),
    "annotation-untagged": lambda pdf: pdf.pages[0].obj.Annots.append(
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1]))
    ),
    "annotation-undescribed": lambda pdf: pdf.pages[0].obj.Annots[0].__setitem__("/Contents", String(" ")),
    "annotation-parent": lambda pdf: pdf.pages[0].obj.Annots[0].__delitem__("/StructParent"),
    "content-untagged": lambda pdf: _append(pdf, b"0 0 9 9 re f"),
    "artifact-in-tags": lambda pdf: _append(pdf, b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC"),
    "content-without-tag": lambda pdf: _append(pdf, b"/P <</MCID 999>> BDC 0 0 9 9 re f EMC"),
    "tag-without-content": lambda pdf: _elements(pdf, "H1")[0].__setitem__("/K", Array([0, 999])),
    "parent-tree": _swap_row,
    "font-not-embedded": _unembed,
    "standard-role-remapped": lambda pdf: pdf.Root.StructTreeRoot.RoleMap.__setitem__("/Sect", Name.Div),
}


@pytest.mark.parametrize("code", DAMAGE)
def test_a_flaw_is_found_by_its_name(sound: Path, tmp_path: Path, code: str) -> None:
    with Pdf.open(sound) as pdf:
        DAMAGE[code](pdf)
        pdf.save(tmp_path / "damaged.pdf")
    assert code in {flaw.code for flaw in check_ua(tmp_path / "damaged.pdf")}


@pytest.mark.parametrize("code", ["no-title", "no-claim"])
def test_metadata_without_title_or_claim_are_found(sound: Path, tmp_path: Path, code: str) -> None:
    with Pdf.open(sound) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        word = b"dc:title" if code == "no-title" else b"pdfuaid:part"
        pdf.Root.Metadata.write(xmp.replace(word, b"dc:other"))
        pdf.save(tmp_path / "damaged.pdf", fix_metadata_version=False)
    assert {flaw.code for flaw in check_ua(tmp_path / "damaged.pdf")} == {code}


def test_an_untagged_file_has_no_tags(tmp_path: Path) -> None:
    flaws = {flaw.code for flaw in check_ua(set_pdf(tmp_path / "a.pdf", "Words", tagged=False))}
    assert {"no-tags", "not-marked", "content-untagged"} <= flaws


def test_a_table_without_header_cells_is_found_with_its_page(tmp_path: Path) -> None:
    paper = set_pdf(tmp_path / "a.pdf", "= One\n#pagebreak()\n#table(columns: 2, [a], [b])")
    assert [(flaw.code, flaw.page) for flaw in check_ua(paper)] == [("table-without-headers", 2)]


def test_advice_is_no_failure(tmp_path: Path) -> None:
    paper = set_pdf(tmp_path / "a.pdf", "#table(columns: 2, [a], [b])")
    assert [(flaw.code, flaw.fails) for flaw in check_ua(paper)] == [("table-without-headers", False)]


def test_a_picture_that_is_only_announced_is_advice(sound: Path, tmp_path: Path) -> None:
    with Pdf.open(sound) as pdf:
        _elements(pdf, "Figure")[0].Alt = String(f"{UNDESCRIBED}, page 1 of this paper.")
        pdf.save(tmp_path / "announced.pdf")
    assert [(flaw.code, flaw.fails) for flaw in check_ua(tmp_path / "announced.pdf")] == [("figure-undescribed", False)]


def test_every_flaw_that_a_check_can_find_has_its_rule() -> None:
    folder = Path(inspect.getfile(check_ua)).parent
    used = {code for path in folder.glob("*.py") for code in re.findall(r'Flaw\(f?"([a-z-]+)"', path.read_text())}
    assert used | {"figure-without-alternative", "formula-without-alternative"} == set(RULES)


def test_a_rule_names_its_clause_and_its_condition() -> None:
    assert str(RULES["header-without-scope"]) == "PDF/UA-1, 7.5; Matterhorn 15-003"


def test_a_file_that_is_no_pdf_cannot_be_checked(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no")
    with pytest.raises(CannotRead, match=r"a\.pdf"):
        check_ua(tmp_path / "a.pdf")
