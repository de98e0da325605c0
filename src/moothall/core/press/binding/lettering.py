"""The typeface of the page numbers, cut down to the signs that are needed and embedded once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import typst
from pikepdf import Object, Pdf

from moothall.core.press.binding.objects import drop, items

FONTS = Path(__file__).parent.parent / "setting" / "fonts"
FACE = "Source Sans 3"
PROGRAMS = ("/FontFile2", "/FontFile3")
CHARACTER = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font of the new file, and for each sign its code (two bytes, as hex) and its width (thousandths of an em)."""

    font: Object
    codes: dict[str, tuple[str, float]]

    def spell(self, text: str) -> str:
        """``text`` as the hex string of a content stream; signs that no typeface has are left out."""
        return "".join(self.codes[sign][0] for sign in text if sign in self.codes)

    def width(self, text: str) -> float:
        """The width of ``text`` in ems."""
        return sum(self.codes[sign][1] for sign in text if sign in self.codes) / 1000


def lettering(target: Pdf, signs: str) -> Lettering:
    """Set ``signs`` with Typst, and take the font that it embedded: a subset, with its way back to Unicode."""
    source = _sheet("".join(sorted(set(signs) - {" "})))
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    drawn = typst.compile(source, format="pdf", font_paths=fonts, timestamp=0)
    with Pdf.open(BytesIO(drawn)) as sheet:
        faces = sheet.pages[0].obj["/Resources"]["/Font"]
        chosen = max((faces[name] for name in sorted(faces.keys())), key=lambda face: len(_codes(face)))
        font = target.copy_foreign(chosen)
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        drop(descriptor, "/CIDSet")
        # The font must outlive the sheet it came from: qpdf would read these streams only on writing.
        for stream in (font["/ToUnicode"], *(descriptor[key] for key in PROGRAMS if key in descriptor)):
            stream.write(stream.read_bytes())
        return Lettering(font, _codes(font))


def _sheet(signs: str) -> bytes:
    escaped = "".join(f"\\u{{{ord(sign):x}}} " for sign in signs)
    return (
        f'#set page(width: 2000pt, height: auto)\n#set text(font: "{FACE}", size: 9pt, number-width: "tabular", '
        f'kerning: false, ligatures: false)\n#text("{escaped}")'
    ).encode()


def _codes(font: Object) -> dict[str, tuple[str, float]]:
    widths = _widths(font["/DescendantFonts"][0])
    return {sign: (f"{code:04x}", widths.get(code, 500.0)) for sign, code in _unicode(font["/ToUnicode"].read_bytes())}


def _unicode(cmap: bytes) -> list[tuple[str, int]]:
    """(sign, code) of each entry of a ToUnicode map."""
    found: list[tuple[str, int]] = []
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        found += [(_sign(sign), int(code, 16)) for code, sign in CHARACTER.findall(block)]
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, sign in RANGE.findall(block):
            first = int(low, 16)
            found += [(chr(ord(_sign(sign)) + at - first), at) for at in range(first, int(high, 16) + 1)]
    return found


def _sign(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def _widths(descendant: Object) -> dict[int, float]:
    """The widths array of a CID font: ``first [w w w]`` and ``first last w``."""
    widths: dict[int, float] = {}
    entries = list(items(descendant.get("/W")))
    while len(entries) >= 2:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, int):
            width = float(entries.pop(0))
            widths.update(dict.fromkeys(range(first, second + 1), width))
        else:
            widths.update({first + at: float(width) for at, width in enumerate(items(second))})
    return widths
