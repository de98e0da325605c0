"""Fonts that a file leaves to its reader are put into it, where a free one of the same widths is to be had.

A reader without the font sets the page in another, and an archive cannot keep it (ISO 14289-1, 7.21.4.1). The
Liberation fonts were drawn to the widths of Arial, Times New Roman and Courier New, which have those of Helvetica,
Times and Courier.

Which letter a code stands for in a simple font: the encodings of PDF, and what a file changes in them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, ObjectSet, Pdf, Stream

from moothall.core.pdf.reader.objects import dictionary, elements, entry, integer, name, number, pages
from moothall.core.pdf.repair.content_streams import read
from moothall.core.pdf.repair.report import Report

Names = Mapping[int, str]

# Letters of Windows' code page 1252 that stand twice in it (ISO 32000-1, annex D).
_TWICE = {0xA0: "space", 0xAD: "hyphen"}
_ABSENT = ".notdef"


@cache
def win_ansi() -> Names:
    """WinAnsiEncoding: code and the name of its letter."""
    from fontTools.agl import UV2AGL  # noqa: PLC0415 - few papers need it

    letters = ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(32, 256))
    named = {code: UV2AGL[ord(letter)] for code, letter in letters if letter and ord(letter) in UV2AGL}
    return named | _TWICE


@cache
def _mac_roman() -> Names:
    from fontTools.encodings.MacRoman import MacRoman  # noqa: PLC0415

    return _listed(MacRoman)


@cache
def _standard() -> Names:
    from fontTools.encodings.StandardEncoding import StandardEncoding  # noqa: PLC0415

    return _listed(StandardEncoding)


def _listed(encoding: list[str]) -> Names:
    return {code: called for code, called in enumerate(encoding) if code >= 32 and called != _ABSENT}


def names_of(encoding: Any) -> dict[int, str] | None:
    """The names of a font's letters by code; None for an encoding that is none of those with letters.

    A font that names no encoding has that of its program, which for those matched here is Adobe's standard one.
    """
    inside = dictionary(encoding)
    called = name(entry(inside, "/BaseEncoding") if inside is not None else encoding)
    known = {"": _standard, "/StandardEncoding": _standard, "/WinAnsiEncoding": win_ansi}
    known["/MacRomanEncoding"] = _mac_roman
    if called not in known:
        return None
    return dict(known[called]()) | _differences(entry(inside, "/Differences"))


def _differences(listed: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for each in elements(listed):
        if isinstance(each, Name):
            if 0 <= code < 256:
                found[code] = name(each)[1:]
            code += 1
        else:
            code = integer(each) or 0
    return found


def letters_of(names: Names) -> dict[int, str]:
    """The letter that each code stands for; codes whose name means no single letter are left out."""
    from fontTools.agl import toUnicode  # noqa: PLC0415

    told = ((code, toUnicode(called)) for code, called in names.items())
    return {code: letter for code, letter in told if len(letter) == 1}


if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MOST_RESOURCES = 50_000
FOLDER = Path(__file__).parent / "fonts"
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FAMILIES = (
    (re.compile(r"arial|helvetica"), "LiberationSans"),
    (re.compile(r"timesnewroman|times"), "LiberationSerif"),
    (re.compile(r"couriernew|courier"), "LiberationMono"),
)
_STYLES = {"": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "BoldItalic"}
# In thousandths of the type size, which is what two widths may differ by (ISO 14289-1, 7.21.5).
TOLERANCE = 1.0
# What a TrueType font in a PDF is read for (ISO 32000-1, 9.9), and what the cutter reads.
_NEEDED = frozenset(
    {"GlyphOrder", "head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf", "cvt ", "fpgm", "prep", "OS/2", "post"}
)
NON_SYMBOLIC, SYMBOLIC, FIXED, SERIF, SLANTED = 32, 4, 1, 2, 64


def embed_fonts(pdf: Pdf, report: Report) -> None:
    """Embed what can be matched; what cannot is left as it is, and told."""
    for font in bare_fonts(pdf):
        known = match(name(entry(font, "/BaseFont"))[1:])
        done = known is not None and name(entry(font, "/Subtype")) != "/Type0" and _embed(pdf, font, known)
        (report.mended if done else report.left)("font")


def bare_fonts(pdf: Pdf) -> list[Object]:
    """The fonts that pages, and the forms and patterns on them, draw with and that are not in the file; each once."""
    seen, found = ObjectSet(), []
    waiting: list[Any] = [page for _, page in pages(pdf)]
    while waiting and len(seen) < MOST_RESOURCES:
        holder = waiting.pop()
        resources = dictionary(entry(holder, "/Resources"))
        if resources is None:
            continue
        bare = [pair for pair in _inside(resources, "/Font") if _is_bare(pair[1])]
        content = _content(holder, resources) if bare else b""
        found += [font for called, font in bare if _draws_with(called, content) and seen.add(font)]
        drawings = (*_inside(resources, "/XObject"), *_inside(resources, "/Pattern"))
        waiting += [each for _, each in drawings if isinstance(each, Stream) and seen.add(each)]
    return found


def _content(holder: Any, resources: Dictionary) -> bytes:
    """What is drawn with ``resources``: the holder's own content, and that of forms that bring none of their own."""
    forms = [each for _, each in _inside(resources, "/XObject") if isinstance(each, Stream)]
    streams = [holder] if isinstance(holder, Stream) else elements(entry(holder, "/Contents"))
    streams += [form for form in forms if name(entry(form, "/Subtype")) == "/Form" and "/Resources" not in form]
    return b"\n".join(read(each) for each in streams if isinstance(each, Stream))


def _draws_with(called: str, content: bytes) -> bool:
    """False only when the font's name surely stands nowhere in the content: names may be written with escapes."""
    return called.encode() in content or b"#" in content


def _inside(resources: Dictionary, category: str) -> list[tuple[str, Any]]:
    inside = dictionary(entry(resources, category))
    return list(inside.items()) if inside is not None else []


def _is_bare(value: Any) -> bool:
    """True for a font (not a part of a composite one) whose letters are not in the file."""
    if dictionary(value) is None or name(entry(value, "/Type")) != "/Font":
        return False
    kind = name(entry(value, "/Subtype"))
    if kind not in {"/TrueType", "/Type1", "/MMType1", "/Type0"}:
        return False
    below = elements(entry(value, "/DescendantFonts"))
    descriptor = entry(below[0] if below else value, "/FontDescriptor")
    return not any(isinstance(entry(descriptor, key), Stream) for key in _FILES)


def match(base_font: str) -> str | None:
    """The font with the widths of ``base_font``: "LiberationSans-Bold" for "Arial,Bold"; None if there is none."""
    plain = re.sub(r"[\s_]", "", _SUBSET.sub("", base_font)).lower()
    for family, file in _FAMILIES:
        found = family.match(plain)
        if found:
            rest = re.sub(r"[,-]|psmt|ps|mt|roman|regular|normal", "", plain[found.end() :])
            style = _STYLES.get(rest.replace("oblique", "italic"))
            return f"{file}-{style}" if style else None
    return None


def get_ready() -> None:
    """Load what most papers need, for all the processes that are forked from this one."""
    from fontTools import agl, subset  # noqa: F401, PLC0415

    for known in ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSerif-Regular", "LiberationSerif-Bold"):
        _own_widths(known, {0: " "})
        _letters_of_font(known)
    _cut("LiberationSans-Regular", frozenset("A"))  # the first one loads what reads and writes the tables


@cache
def _opened(known: str) -> TTFont:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - few papers need it

    return TTFont(FOLDER / f"{known}.ttf", lazy=True, recalcTimestamp=False)


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A font of the same widths: its file, and by code the names, letters and widths (thousandths) that are used."""

    known: str
    names: dict[int, str]
    letters: dict[int, str]
    widths: dict[int, float]


def _embed(pdf: Pdf, font: Object, known: str) -> bool:
    """True when the font was embedded: all its letters are known, and as wide as the file says."""
    fitting = _fitting(font, known)
    if fitting is not None:
        _write(pdf, font, fitting)
    return fitting is not None


def _fitting(font: Object, known: str) -> _Fitting | None:
    flags = integer(entry(entry(font, "/FontDescriptor"), "/Flags")) or 0
    names = names_of(entry(font, "/Encoding"))
    if names is None or (flags & SYMBOLIC and not flags & NON_SYMBOLIC):
        return None
    widths = _widths(font)
    letters = letters_of(names if widths is None else {code: names[code] for code in widths if code in names})
    own = _own_widths(known, letters)
    if widths is None:
        widths = {code: round(width) for code, width in own.items()}
    if not own or set(own) != set(widths) or any(abs(own[code] - widths[code]) > TOLERANCE for code in own):
        return None
    return _Fitting(known, names, {code: letters[code] for code in own}, widths)


def _widths(font: Object) -> dict[int, float] | None:
    """The widths that the file gives, by code; a letter without width is not used. None where it gives none."""
    first, listed = integer(entry(font, "/FirstChar")), elements(entry(font, "/Widths"))
    if first is None or not listed:
        return None
    found = {first + at: number(width) for at, width in enumerate(listed[:256])}
    return {code: width for code, width in found.items() if width}


def _own_widths(known: str, letters: dict[int, str]) -> dict[int, float]:
    font = _opened(known)
    signs, advances, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return {
        code: advances[signs[ord(letter)]][0] * 1000 / size for code, letter in letters.items() if ord(letter) in signs
    }


def _write(pdf: Pdf, font: Object, fitting: _Fitting) -> None:
    known, widths = fitting.known, fitting.widths
    program = pdf.make_stream(_cut(known, frozenset(fitting.letters.values())))
    program["/Length1"] = len(program.read_bytes())
    called = Name(f"/{_tag(fitting.letters)}+{known}")
    font["/Subtype"], font["/BaseFont"] = Name.TrueType, called
    font["/FontDescriptor"] = pdf.make_indirect(_descriptor(known, called, program))
    first, last = min(widths), max(widths)
    font["/FirstChar"], font["/LastChar"] = first, last
    font["/Widths"] = Array([widths.get(code, 0) for code in range(first, last + 1)])
    font["/Encoding"] = _encoding(fitting.names, widths)


def _encoding(names: dict[int, str], widths: dict[int, float]) -> Object:
    """WinAnsi, with what differs from it: what a TrueType font with letters may have (ISO 14289-1, 7.21.6)."""
    differences: list[Any] = []
    for code in sorted(widths):
        if win_ansi().get(code) != names[code]:
            differences += [code, Name(f"/{names[code]}")]
    if not differences:
        return Name.WinAnsiEncoding
    return Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences))


def _tag(letters: dict[int, str]) -> str:
    """Six capitals that name the subset, the same for the same letters."""
    spread = hashlib.sha256("".join(sorted(set(letters.values()))).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in spread[:6])


@cache
def _cut(known: str, letters: frozenset[str]) -> bytes:
    """The font with these letters only, as the same bytes each time. The box around all letters stays the font's."""
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    cutter = subset.Subsetter(subset.Options(notdef_outline=True))
    cutter.populate(text="".join(sorted(letters)) + " ")
    font = TTFont(FOLDER / f"{known}.ttf", recalcTimestamp=False, recalcBBoxes=False)
    font["cmap"] = _letters_of_font(known)
    for table in [table for table in font.keys() if table not in _NEEDED]:  # noqa: SIM118 - no dictionary
        del font[table]
    cutter.subset(font)
    made = BytesIO()
    font.save(made, reorderTables=True)
    return made.getvalue()


def _letters_of_font(known: str) -> Any:
    """The font's table of letters, which takes longest to read, to be cut down: the cutter changes no list in it."""
    table = copy(_opened(known)["cmap"])
    for each in table.tables:
        each.ensureDecompiled()
    table.tables = [copy(each) for each in table.tables]
    return table


def _descriptor(known: str, called: Object, program: Object) -> Dictionary:
    font = _opened(known)
    scale = 1000 / font["head"].unitsPerEm
    head, metrics, slant = font["head"], font["OS/2"], font["post"].italicAngle
    flags = NON_SYMBOLIC | (FIXED if "Mono" in known else 0) | (SERIF if "Serif" in known else 0)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=called,
        Flags=flags | (SLANTED if slant else 0),
        FontBBox=Array([round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=round(slant),
        Ascent=round(font["hhea"].ascent * scale),
        Descent=round(font["hhea"].descent * scale),
        CapHeight=round(getattr(metrics, "sCapHeight", 1409) * scale),
        StemV=140 if "Bold" in known else 80,
        FontFile2=program,
    )
