"""What a pack may hold stays as it was; what may not is removed, and said."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest

from moothall.core.documents.errors import CannotRead
from moothall.core.pdf.cache import Store, file_digest
from moothall.core.pdf.reader import Limits, TakenIn, inspect, readable, take_in, take_in_all
from moothall.core.pdf.reader.process_client import Reader
from moothall.core.pdf.reader.uploads import _take_in
from tests.pdf.reader import hostile
from tests.pdf.reader.raw import (
    CATALOG,
    FONT,
    WORDS,
    annotated,
    catalog,
    changed,
    document,
    on_page,
    page,
    plain,
    stream,
)

Take = Callable[[bytes], TakenIn]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture
def take(tmp_path: Path, reader: Reader) -> Take:
    def take(data: bytes) -> TakenIn:
        paper = tmp_path / "Budget report.pdf"
        paper.write_bytes(data)
        return _take_in(paper, reader, store=Store(tmp_path / "store"), limits=Limits())

    return take


def codes(taken: TakenIn) -> list[str]:
    """What was found; not that the font of these papers by hand was put into the file."""
    return [caution.code for caution in taken.cautions if caution.code != "mended"]


@pytest.mark.parametrize(
    ("nasty", "code", "place"),
    [
        ("a script on opening", "javascript", ""),
        ("scripts by name", "javascript", ""),
        ("a script before closing", "javascript", ""),
        ("a script when a page opens", "javascript", "page 1"),
        ("a script behind a link", "javascript", "page 1"),
        ("a script after a good link", "javascript", "page 1"),
        ("a script in a chain that goes round", "javascript", "page 1"),
        ("a script in a bookmark", "javascript", ""),
        ("a script in a form field", "javascript", "page 1"),
        ("a script address", "unsafe-link", "page 1"),
        ("an address of this house", "unsafe-link", "page 1"),
        ("an address of a file", "unsafe-link", "page 1"),
        ("a program behind a link", "launch", "page 1"),
        ("a program on opening", "launch", ""),
        ("another file behind a link", "other-file", "page 1"),
        ("an inner file behind a link", "other-file", "page 1"),
        ("a form that is sent", "form-action", "page 1"),
        ("a form that is filled in from a file", "form-action", "page 1"),
        ("an attached file", "embedded-file", ""),
        ("a file attached to a place", "embedded-file", "page 1"),
        ("a file that goes with the page", "embedded-file", "page 1"),
        ("a portfolio", "portfolio", ""),
        ("a film", "multimedia", "page 1"),
        ("rich media", "multimedia", "page 1"),
        ("a sound", "multimedia", "page 1"),
        ("a model in three dimensions", "multimedia", "page 1"),
        ("a form of Adobe's own", "xfa-form", ""),
    ],
)
def test_what_acts_is_removed_and_said_with_its_page(nasty: str, code: str, place: str, take: Take) -> None:
    found = {caution.code: caution for caution in take(hostile.ACTIVE[nasty]()).cautions}
    assert found[code].place == place
    assert found[code].message.startswith("Budget report.pdf")


def test_a_sound_paper_gives_no_caution_and_keeps_its_text(take: Take) -> None:
    taken = take(document(plain()))
    assert codes(taken) == []
    assert taken.pages[0].text.strip() == "The panel notes the report"
    assert not taken.tagged


@pytest.mark.parametrize("address", ["https://www.gov.uk/a?b=c", "http://a.example", "mailto:clerk@avonmere.example"])
def test_an_ordinary_link_stays(address: str, take: Take) -> None:
    taken = take(annotated(hostile.LINK % (b"<</S /URI /URI (%s)>>" % address.encode())))
    with pikepdf.open(taken.pdf) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == address
    assert codes(taken) == []


def test_a_link_to_a_named_place_leads_to_its_page(take: Take) -> None:
    names = b"/Names <</Dests <</Names [(annex) [3 0 R /XYZ 0 700 null]]>> >>"
    link = b"<</Type /Annot /Subtype /Link /Rect [0 0 99 99] /Dest (annex)>>"
    taken = take(changed({1: CATALOG[:-2] + names + b">>", 3: page(b"/Annots [6 0 R]"), 6: link}))
    with pikepdf.open(taken.pdf) as pdf:
        assert pdf.pages[0].Annots[0].Dest[0].is_same_object_as(pdf.pages[0].obj)
        assert "/Names" not in pdf.Root


def test_a_link_to_nowhere_is_removed_and_said(take: Take) -> None:
    taken = take(annotated(b"<</Type /Annot /Subtype /Link /Rect [0 0 99 99] /Dest (gone)>>"))
    assert codes(taken) == ["broken-link"]


def test_bookmarks_keep_their_titles_and_places(take: Take) -> None:
    outline = {
        6: b"<</First 7 0 R /Last 8 0 R>>",
        7: b"<</Title (Introduction) /Dest [3 0 R /Fit] /Next 8 0 R>>",
        8: b"<</Title (Costs) /A <</S /GoTo /D [3 0 R /XYZ 0 500 0]>> >>",
    }
    taken = take(catalog(b"/Outlines 6 0 R", outline))
    with pikepdf.open(taken.pdf) as pdf, pdf.open_outline() as found:
        assert [item.title for item in found.root] == ["Introduction", "Costs"]


def test_only_title_and_language_are_left_of_what_the_document_says_of_itself(take: Take) -> None:
    about = document(
        {**plain(), 1: CATALOG[:-2] + b"/Lang (en-GB)>>", 6: b"<</Title (Budget) /Author (A Person) /Producer (X)>>"},
        b"/Info 6 0 R",
    )
    taken = take(about)
    with pikepdf.open(taken.pdf) as pdf:
        assert dict(pdf.docinfo) == {"/Title": "Budget"}
    assert (taken.title, taken.language) == ("Budget", "en-GB")


def test_private_data_and_thumbnails_are_removed(take: Take) -> None:
    private = stream(b"secret figures")
    taken = take(on_page(b"/PieceInfo <</X <</Private 6 0 R>> >> /Thumb 6 0 R /Metadata 6 0 R", {6: private}))
    with pikepdf.open(taken.pdf) as pdf:
        streams = [bytes(value.read_bytes()) for value in pdf.objects if isinstance(value, pikepdf.Stream)]
    assert not [data for data in streams if b"secret" in data]


def test_hidden_layers_are_taken_out_with_their_names(take: Take) -> None:
    taken = take(
        changed(
            {
                1: CATALOG[:-2] + b"/OCProperties <</OCGs [6 0 R] /D <</OFF [6 0 R]>> >> >>",
                3: page().replace(b"/Font", b"/Properties <</L 6 0 R>> /Font"),
                4: stream(b"/OC /L BDC BT /F1 12 Tf 72 600 Td (exempt figures) Tj ET EMC " + WORDS),
                6: b"<</Type /OCG /Name (Exempt)>>",
            }
        )
    )
    assert codes(taken) == ["hidden-layer"]
    assert taken.pages[0].text.strip() == "The panel notes the report"
    assert b"Exempt" not in unpacked(taken.pdf)
    assert b"exempt figures" not in unpacked(taken.pdf)


def test_a_comment_is_removed_and_a_highlight_becomes_part_of_the_page(take: Take) -> None:
    note = b"<</Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (not for the public)>>"
    shown = b"<</Type /Annot /Subtype /Square /Rect [9 9 99 99] /AP <</N 8 0 R>> /Contents (why?)>>"
    drawing = stream(b"1 0 0 rg 0 0 90 90 re f", hostile.FORM.replace(b"500", b"90"))
    taken = take(on_page(b"/Annots [6 0 R 7 0 R]", {6: note, 7: shown, 8: drawing}))
    assert codes(taken) == ["comment", "mark-up"]
    assert b"1 0 0 rg" in unpacked(taken.pdf)
    assert b"not for the public" not in unpacked(taken.pdf)


def test_a_redaction_that_was_never_applied_is_said(take: Take) -> None:
    taken = take(annotated(b"<</Type /Annot /Subtype /Redact /Rect [70 690 300 720]>>"))
    assert codes(taken) == ["redaction-not-applied"]


FIELD = b"<</Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Avonmere) /Rect [72 600 300 620] /DA (/F1 12 Tf 0 g)"
FORM = b"/AcroForm <</Fields [6 0 R] /DA (/F1 12 Tf 0 g) /DR <</Font <</F1 5 0 R>> >> >>"


def test_a_filled_in_form_field_is_read_as_the_page_s_text(take: Take) -> None:
    shown = stream(b"BT /F1 12 Tf 2 5 Td (Avonmere) Tj ET", hostile.FORM.replace(b"500", b"220"))
    form = {1: CATALOG[:-2] + FORM + b">>", 3: page(b"/Annots [6 0 R]"), 6: FIELD + b"/AP <</N 7 0 R>> >>", 7: shown}
    taken = take(changed(form))
    assert codes(taken) == ["form-flattened"]
    assert "Avonmere" in taken.pages[0].text


def test_a_field_that_was_never_drawn_is_drawn(take: Take) -> None:
    taken = take(changed({1: CATALOG[:-2] + FORM + b">>", 3: page(b"/Annots [6 0 R]"), 6: FIELD + b">>"}))
    assert codes(taken) == ["form-flattened"]
    assert "Avonmere" in taken.pages[0].text


def test_a_field_of_a_tagged_form_keeps_its_place_in_the_structure(take: Take) -> None:
    taken = take(
        changed(
            {
                1: CATALOG[:-2] + FORM + b"/StructTreeRoot 7 0 R /MarkInfo <</Marked true>> >>",
                3: page(b"/Annots [6 0 R] /StructParents 0"),
                4: stream(b"/P <</MCID 0>> BDC " + WORDS + b" EMC"),
                6: FIELD + b"/StructParent 1>>",
                7: b"<</Type /StructTreeRoot /K [8 0 R 9 0 R] /ParentTree <</Nums [0 [8 0 R] 1 9 0 R]>> >>",
                8: b"<</S /P /P 7 0 R /Pg 3 0 R /K 0>>",
                9: b"<</S /Form /P 7 0 R /Pg 3 0 R /K <</Type /OBJR /Obj 6 0 R>> >>",
            }
        )
    )
    assert taken.tagged
    with pikepdf.open(taken.pdf) as pdf:
        form = pdf.Root.StructTreeRoot.K[1]
        assert int(form.K[0].MCID) == 1
        assert pdf.Root.StructTreeRoot.ParentTree.Nums[1][1].is_same_object_as(form)
        drawn = b"".join(each.read_bytes() for each in pdf.pages[0].Contents)
    assert b"/Form <</MCID 1>> BDC" in drawn


@pytest.mark.parametrize(
    ("nasty", "code"),
    [
        ("structure that reaches no page", "tags-without-structure"),
        ("structure that is a number", "tags-without-structure"),
        ("structure without a parent tree", "structure-damaged"),
        ("a page box of no size", "page-size-mended"),
        ("compression cut short", "page-damaged"),
        ("a filter nobody knows", "page-damaged"),
        ("contents in another file", "external-content"),
        ("no trailer", "repaired"),
    ],
)
def test_damage_is_said(nasty: str, code: str, take: Take) -> None:
    assert code in codes(take(hostile.ALL[nasty]()))


def test_what_was_readable_of_a_cut_stream_is_kept(take: Take) -> None:
    assert "The panel notes" in take(hostile.STREAMS["compression cut short"]()).pages[0].text


def with_high_numbers(more: Mapping[int, bytes] | None = None, extra: bytes = b"") -> bytes:
    """Return a paper whose objects have numbers that its trailer does not allow, and so small a file makes unlikely."""
    objects = {
        150_001: b"<</Type /Catalog /Pages 150002 0 R " + extra + b">>",
        150_002: b"<</Type /Pages /Kids [150003 0 R] /Count 1>>",
        150_003: page()
        .replace(b" 2 0 R", b" 150002 0 R")
        .replace(b"4 0 R", b"150004 0 R")
        .replace(b"5 0 R", b"150005 0 R"),
        150_004: stream(WORDS),
        150_005: FONT,
        **(more or {}),
    }
    out, sections = bytearray(hostile.HEADER), b""
    for number, body in objects.items():
        sections += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n" + sections
    out += b"trailer\n<</Size 8 /Root 150001 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def test_paper_whose_objects_qpdf_does_not_find_is_copied_page_by_page(take: Take) -> None:
    taken = take(with_high_numbers())
    assert codes(taken)[0] == "pages-copied"
    assert "The panel notes the report" in taken.pages[0].text


def test_paper_whose_list_of_hidden_layers_is_lost_is_refused_for_that_reason(take: Take) -> None:
    layers = {
        150_003: page(b"/Resources <</Font <</F1 150005 0 R>> /Properties <</Off 150006 0 R>> >>")
        .replace(b"/Resources <</Font <</F1 5 0 R>> >>", b"")
        .replace(b" 2 0 R", b" 150002 0 R")
        .replace(b"4 0 R", b"150004 0 R"),
        150_004: stream(b"/OC /Off BDC " + WORDS + b" EMC"),
        150_006: b"<</Type /OCG /Name (Secret)>>",
    }
    setting = b"/OCProperties <</OCGs [150006 0 R] /D <</OFF [150006 0 R]>> >>"
    with pytest.raises(CannotRead, match="layers"):
        take(with_high_numbers(layers, setting))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a Word file", "looks like a Word, Excel or zip file"),
        (b"<!DOCTYPE html><p>Not found", "looks like a web page"),
        (b"\xff\xd8\xff\xe0 picture", "looks like a JPEG picture"),
        (hostile.HEADER, "damaged beyond repair"),
        (hostile.HEADER + b"1 0 obj <</Filter /BrotliDecode>>", "Brotli"),
        (document({1: CATALOG, 2: b"<</Type /Pages /Kids [] /Count 0>>"}), "no page of it can be read"),
    ],
    ids=["empty", "Word", "web page", "picture", "header only", "Brotli", "no pages"],
)
def test_what_cannot_be_taken_is_refused_in_one_sentence_with_its_name(data: bytes, says: str, take: Take) -> None:
    with pytest.raises(CannotRead, match=says) as refusal:
        take(data)
    assert str(refusal.value).startswith("Budget report.pdf ")


def test_too_many_pages_are_refused_with_their_number(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(hostile.sound(pages=12))
    with pytest.raises(CannotRead, match="12 pages, and the limit is 10"):
        take_in(paper, store=Store(tmp_path), limits=Limits(pages=10))


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(document(plain()) + bytes(3 << 20))
    with pytest.raises(CannotRead, match="too large: 3 MB, and the limit is 1 MB"):
        take_in(paper, store=Store(tmp_path), limits=Limits(size=1 << 20))


def test_a_paper_is_read_once_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    for paper in (first, second):
        paper.write_bytes(hostile.ACTIVE["a script on opening"]())
    one = take_in(first, store=Store(tmp_path / "store"))
    monkeypatch.setattr(Reader, "ask", lambda *_: pytest.fail("read again"))
    two = take_in(second, store=Store(tmp_path / "store"))
    assert (one.pdf, one.pages, one.sha256) == (two.pdf, two.pages, file_digest(second))
    assert two.cautions[0].message.startswith("second.pdf")


def test_equal_papers_give_equal_bytes(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(hostile.ACTIVE["an attached file"]())
    made = [take_in(paper, store=Store(tmp_path / name)).pdf.read_bytes() for name in "ab"]
    assert made[0] == made[1]


def test_many_papers_come_back_in_order_with_errors_as_values(tmp_path: Path) -> None:
    papers = [tmp_path / f"{number}.pdf" for number in range(6)]
    for number, paper in enumerate(papers):
        paper.write_bytes(b"no pdf" if number == 3 else hostile.sound(pages=number + 1))
    told: list[tuple[int, int]] = []
    outcomes = take_in_all(papers, store=Store(tmp_path / "store"), progress=lambda *done: told.append(done))
    assert [len(one.pages) if isinstance(one, TakenIn) else str(one) for one in outcomes] == [
        1, 2, 3, "3.pdf is not a PDF: it looks like a plain text file.", 5, 6,
    ]  # fmt: skip
    assert told == [(done, 6) for done in range(1, 7)]


def test_an_inspection_says_what_a_paper_is(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(hostile.ACTIVE["a script on opening"]())
    seen = inspect(paper)
    assert (seen.pages, seen.sizes[0].named, seen.fonts[0].name) == (1, "A4 portrait", "Helvetica")
    assert not seen.fonts[0].embedded
    assert [risk.code for risk in seen.risks] == ["javascript", "mended"]
    assert "Tags: none" in readable(seen)


def unpacked(path: Path) -> bytes:
    """The file's objects and streams, unpacked."""
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
