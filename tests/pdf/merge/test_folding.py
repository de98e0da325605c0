"""A paper folded once is bound as if it were folded anew, and its objects lose nothing on the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import Part, bind, part_cache
from moothall.core.pdf.merge.prepare_part import fold
from moothall.core.pdf.merge.serialise import Freezer, Sewer, Slots, thawed
from tests.pdf.merge.makers import Handmade, bound, handmade, part, qpdf_is_content, sections, set_pdf, volume

REPORT = """= Purpose
See #link(<there>)[there].
#table(columns: 2, table.header[Year][Pupils], [2013], [1,204])
== There <there>
"""


@pytest.fixture
def papers(tmp_path: Path) -> list[Part]:
    other = handmade(tmp_path / "b.pdf", ("Chart", "x"), RoleMap=Dictionary(Chart=Name.Figure))
    plain = set_pdf(tmp_path / "c.pdf", "No tags", tagged=False)
    report = part(set_pdf(tmp_path / "a.pdf", REPORT), "a")
    return [report, part(other, "b", 2), part(plain, "c", 3, text=("No tags",)), part(report.pdf, "d", 4)]


def _made(papers: list[Part], out: Path, store: Store | None = None) -> bytes:
    bind(volume(papers), out, store=store)
    return out.read_bytes()


def test_what_is_kept_gives_the_same_bytes(papers: list[Part], tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    fresh = _made(papers, tmp_path / "1.pdf")
    assert [_made(papers, tmp_path / "2.pdf", store), _made(papers, tmp_path / "3.pdf", store)] == [fresh, fresh]


def _unfoldable(*_: object) -> None:
    pytest.fail("a kept part was folded again")


def test_other_labels_and_neighbours_need_no_folding(
    papers: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "cache")
    _made(papers, tmp_path / "1.pdf", store)
    monkeypatch.setattr(part_cache, "fold", _unfoldable)
    again = [part(each.pdf, f"new-{each.key}", 7, text=each.text, title=each.title) for each in reversed(papers[:3])]
    assert _made(again, tmp_path / "2.pdf", store) == _made(again, tmp_path / "3.pdf", store)
    assert qpdf_is_content(tmp_path / "2.pdf")


def test_the_classes_of_a_part_stand_in_one_order(tmp_path: Path) -> None:
    layouts = {f"/C{number:02}": Dictionary(O=Name.Layout, SpaceAfter=number) for number in range(12)}
    paper = handmade(tmp_path / "a.pdf", ("P", "x"), ClassMap=Dictionary(layouts))
    classes = fold(part(paper, "a"), "en-GB").facts.classes
    assert list(classes) == sorted(classes)
    assert [at for at, _ in classes.values()] == sorted(at for at, _ in classes.values())
    assert len(classes) == len(layouts)


@pytest.mark.parametrize("change", ["title", "text", "stamped", "clear"])
def test_what_decides_the_folding_is_never_taken_from_another(papers: list[Part], tmp_path: Path, change: str) -> None:
    store = Store(tmp_path / "cache")
    _made(papers, tmp_path / "1.pdf", store)
    other: dict[str, Any] = {"title": "Anew", "text": ("Other words",), "stamped": False, "clear": (("top-right",),)}
    again = [part(papers[2].pdf, "c", **{"title": papers[2].title, "text": papers[2].text, change: other[change]})]
    assert _made(again, tmp_path / "2.pdf", store) == _made(again, tmp_path / "3.pdf")


@pytest.mark.parametrize("at", [0.1, 0.5, 0.99], ids=["facts", "text", "streams"])
def test_a_damaged_folding_is_made_again(papers: list[Part], tmp_path: Path, at: float) -> None:
    store = Store(tmp_path / "cache")
    fresh = _made(papers, tmp_path / "1.pdf", store)
    for path in (tmp_path / "cache").rglob("*.quire"):
        content = bytearray(path.read_bytes())
        content[int(at * len(content))] ^= 0xFF
        path.write_bytes(content)
    assert _made(papers, tmp_path / "2.pdf", store) == fresh


def test_a_part_that_comes_or_goes_keeps_or_loses_the_links_to_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    front = part(set_pdf(tmp_path / "a.pdf", '#link("moothall:part/b")[The report]'), "a")
    report = part(set_pdf(tmp_path / "b.pdf", "= Report"), "b", 2)
    whole = _made([front, report], tmp_path / "1.pdf", store)
    _made([front], tmp_path / "2.pdf", store)
    with Pdf.open(tmp_path / "2.pdf") as pdf:
        assert "/Annots" not in pdf.pages[0]
    assert _made([front, report], tmp_path / "3.pdf", store) == whole
    with Pdf.open(tmp_path / "3.pdf") as pdf:
        assert pdf.pages[0].Annots[0].Dest[0].objgen == pdf.pages[1].obj.objgen


def test_nothing_is_in_the_file_that_nothing_leads_to(papers: list[Part], tmp_path: Path) -> None:
    dangling = set_pdf(tmp_path / "e.pdf", '#link("moothall:part/nowhere")[gone]')
    pdf, _ = bound(tmp_path, *papers, part(dangling, "e", 5))
    every = {
        each.objgen for each in pdf.objects if isinstance(each, Object) and _kind(each) not in {"/XRef", "/ObjStm"}
    }
    assert every == _reached(pdf)


def _kind(thing: Object) -> str:
    return str(thing.get("/Type", "")) if isinstance(thing, Dictionary | Stream) else ""


def _reached(pdf: Pdf) -> set[tuple[int, int]]:
    todo, found = [pdf.Root, pdf.trailer.Info], set()
    while todo:
        thing = todo.pop()
        if thing.objgen in found:
            continue
        found.add(thing.objgen)
        shown = (thing.stream_dict if isinstance(thing, Stream) else thing).unparse(resolved=True)
        todo += [pdf.get_object((int(number), 0)) for number in re.findall(rb"(?<![\w.])(\d+) 0 R\b", shown)]
    return found


@pytest.mark.parametrize("way", ["tag", "annotation", "page tree"])
def test_nothing_comes_along_of_a_page_that_was_taken_out(tmp_path: Path, way: str) -> None:
    made = Handmade()
    page = made.page(("P", "kept"))
    secret = made.page(("P", "secret"))
    secret["/Note"] = String("secret")
    del made.pdf.pages[1]
    if way == "annotation":
        page.Annots = Array(
            [made.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Other=secret))]
        )
    elif way == "page tree":
        branch = made.pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([secret])))
        made.elements[0]["/Other"] = branch
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert not [each for each in pdf.objects if b"secret" in _shown(each)]


def _shown(thing: Any) -> bytes:
    if isinstance(thing, Stream):
        return thing.stream_dict.unparse(resolved=True) + thing.read_bytes()
    return thing.unparse(resolved=True) if isinstance(thing, Object) else b""


def test_an_object_of_a_later_generation_is_found(tmp_path: Path) -> None:
    made = handmade(tmp_path / "a.pdf", ("P", "words"))
    content = made.read_bytes()
    number = re.search(rb"(\d+) 0 obj\n<<[^\n]*/StructElem", content)[1]  # type: ignore[index]
    for old, new in ((b" 0 obj", b" 1 obj"), (b" 0 R", b" 1 R")):
        content = content.replace(b"\n%b%b" % (number, old), b"\n%b%b" % (number, new))
        content = content.replace(b" %b%b" % (number, old), b" %b%b" % (number, new))
    made.write_bytes(content.replace(b"startxref", b"startxxxx"))
    pdf, _ = bound(tmp_path, part(made, "a"))
    assert [str(kid.S) for kid in sections(pdf)[0].K] == ["/P"]


def test_words_that_look_like_a_reference_stay_words(tmp_path: Path) -> None:
    made = Handmade()
    made.page(("Figure", "x"))
    made.elements[0].Alt = String("(see 1 0 R and \\2 0 R) >> 3 0 R")
    pdf, _ = bound(tmp_path, part(made.save(tmp_path / "a.pdf"), "a"))
    assert str(sections(pdf)[0].K[0].Alt) == "(see 1 0 R and \\2 0 R) >> 3 0 R"


@pytest.mark.parametrize("name", ["Heading 1", "Überschrift", "a(b)c#d", "x/y", "1 0 R"])
def test_a_role_of_any_name_is_kept(tmp_path: Path, name: str) -> None:
    roles = (Dictionary({f"/{name}": Name.P}), Dictionary({f"/{name}": Name.Span}))
    papers = [part(handmade(tmp_path / f"{at}.pdf", (name, "x"), RoleMap=roles[at]), str(at), at + 1) for at in (0, 1)]
    pdf, _ = bound(tmp_path, *papers)
    assert [str(section.K[0].S) for section in sections(pdf)] == [f"/{name}", f"/{name}-Span"]
    assert str(pdf.Root.StructTreeRoot.RoleMap[f"/{name}-Span"]) == "/Span"


VALUES = st.recursive(
    st.one_of(
        st.binary(max_size=12).map(String),
        st.integers(-999, 999),
        st.booleans(),
        st.none(),
        st.text("ab ()#/<>%\n é", min_size=1, max_size=5).map(lambda name: Name(f"/{name}")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(Array),
        st.dictionaries(st.sampled_from(("/A", "/B", "/C")), inner, max_size=3).map(Dictionary),
    ),
    max_leaves=12,
)


@given(VALUES)
@settings(deadline=None, max_examples=200)
def test_whatever_is_frozen_thaws_as_it_was(value: object) -> None:
    with Pdf.new() as pdf:
        other = pdf.make_indirect(Dictionary(Other=True))
        holder = pdf.make_indirect(Dictionary(Before=other, Value=value, After=other))
        freezer = Freezer(pdf, Slots(pdf))
        freezer.place(holder)
        frozen = freezer.freeze()
        lines = thawed(frozen.text, [b"%d 0 R" % holder.objgen[0], b"%d 0 R" % other.objgen[0]])
        assert lines == [holder.unparse(resolved=True), other.unparse(resolved=True)]


def test_a_disk_that_fills_up_leaves_neither_a_pack_nor_half_of_one(
    papers: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(Sewer, "finish", full)
    with pytest.raises(OSError, match="No space"):
        _made(papers, tmp_path / "1.pdf")
    assert sorted(tmp_path.iterdir()) == before
