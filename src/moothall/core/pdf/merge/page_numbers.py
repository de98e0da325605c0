"""Stamping "Page N" where nothing of the page's own is in the way.

The typeface of the page numbers, cut down to the signs that are needed and embedded once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import typst
from pikepdf import Array, Dictionary, Object, Pdf

from moothall.core.pdf.merge.objects import dictionary, drop, items, number, numbers
from moothall.core.pdf.merge.parts import Spot
from moothall.core.pdf.stamp_places import DESCENT, MM, box

FONTS = Path(__file__).parent.parent / "typeset" / "fonts"
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


# The strip that is added below a page which has no free place.
STRIP = 14 * MM
SIZE = 10.0
PAD_SIDE, PAD_ABOVE, PAD_BELOW = 4.0, 9.0, 4.0
ROUND = 3.0
# A quarter circle as a Bézier curve: the customary distance of its control points, as a part of the radius.
CURVE = 0.5523
WORD = "Page "

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader sees of a page: its box in user space, the turn clockwise in degrees, and points per unit."""

    seen: Rectangle
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as displayed."""
        left, bottom, right, top = self.seen
        across, up = (right - left) * self.unit, (top - bottom) * self.unit
        return (up, across) if self.turn in {90, 270} else (across, up)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From points as displayed (origin bottom left) to the page's user space."""
        left, bottom, right, top = self.seen
        step = 1 / self.unit
        return {
            0: (step, 0, 0, step, left, bottom),
            90: (0, step, -step, 0, right, bottom),
            180: (-step, 0, 0, -step, right, top),
            270: (0, -step, step, 0, left, top),
        }[self.turn]


def frame(page: Object) -> Frame:
    """The frame of a page; impossible boxes and turns are read as a reader would."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    crop = _box(page, "/CropBox") or media
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        seen = media
    turn = (number(page, "/Rotate") or 0) % 360
    unit = float(page.get("/UserUnit", 1) or 1)
    return Frame(seen, turn if turn % 90 == 0 else 0, unit if unit > 0 else 1.0)


def _box(page: Object, key: str) -> Rectangle | None:
    corners = numbers(page.get(key), 4)
    if corners is None:
        return None
    x0, y0, x1, y1 = corners
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def add_strip(page: Object) -> bytes:
    """Lengthen the page below, as displayed, by an empty strip; returns the clip that its own content needs.

    The paper's marks and annotations keep their places. The clip keeps out what its old box did not show.
    """
    old = frame(page)
    longer = list(old.seen)
    side, sign = {0: (1, -1), 90: (2, 1), 180: (3, 1), 270: (0, -1)}[old.turn]
    longer[side] += sign * STRIP / old.unit
    media = list(_box(page, "/MediaBox") or old.seen)
    media[side] = min(media[side], longer[side]) if sign < 0 else max(media[side], longer[side])
    page["/MediaBox"] = Array([_plain(value) for value in media])
    page["/CropBox"] = Array([_plain(value) for value in longer])
    left, bottom, right, top = old.seen
    return f"{_n(left)} {_n(bottom)} {_n(right - left)} {_n(top - bottom)} re W n\n".encode()


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 4)


def spot(page: Object, place: str, font: Object) -> Spot:
    """Where the number of ``page`` goes: at ``place``. Its typeface ``font`` is entered among the page's own."""
    view = frame(page)
    return Spot(place, view.matrix, view.size, _font_name(page, font))


def stamp(spot: Spot, label: str, letters: Lettering) -> bytes:
    """The content that draws "Page ``label``" at ``spot``, an artifact on a white rounded ground."""
    place = spot.place
    width = letters.width(WORD + label) * SIZE
    left, bottom, right, _ = box(place, *spot.size)
    baseline = bottom + DESCENT
    start = {
        "centre": (left + right - width) / 2,
        "right": right - width,
        "left": left,
    }[place.partition("-")[2]]
    ground = _ground(start - PAD_SIDE, baseline - PAD_BELOW, width + 2 * PAD_SIDE, PAD_BELOW + PAD_ABOVE)
    edge = "Header" if place.startswith("top") else "Footer"
    side = "Top" if place.startswith("top") else "Bottom"
    return (
        f"q {' '.join(map(_n, spot.matrix))} cm\n"
        f"/Artifact <</Type /Pagination /Subtype /{edge} /Attached [/{side}]>> BDC\n"
        f"1 g {ground} f\n"
        f"BT 0 g /{spot.font} {_n(SIZE)} Tf 1 0 0 1 {_n(start)} {_n(baseline)} Tm "
        f"<{letters.spell(WORD + label)}> Tj ET\n"
        "EMC Q\n"
    ).encode()


def _font_name(page: Object, font: Object) -> str:
    resources = dictionary(page, "/Resources")
    if resources is None:
        resources = page["/Resources"] = Dictionary()
    fonts = dictionary(resources, "/Font")
    if fonts is None:
        fonts = resources["/Font"] = Dictionary()
    name = "PageNumber"
    while f"/{name}" in fonts and fonts[f"/{name}"].objgen != font.objgen:
        name += "s"
    fonts[f"/{name}"] = font
    return name


def _ground(left: float, bottom: float, width: float, height: float) -> str:
    """The path of a rectangle with round corners."""
    right, top, bend = left + width, bottom + height, ROUND * (1 - CURVE)
    corners = (
        (right - ROUND, bottom, right - bend, bottom, right, bottom + bend, right, bottom + ROUND),
        (right, top - ROUND, right, top - bend, right - bend, top, right - ROUND, top),
        (left + ROUND, top, left + bend, top, left, top - bend, left, top - ROUND),
        (left, bottom + ROUND, left, bottom + bend, left + bend, bottom, left + ROUND, bottom),
    )
    path = [f"{_n(left + ROUND)} {_n(bottom)} m"]
    path += [f"{_n(x)} {_n(y)} l {' '.join(map(_n, curve))} c" for x, y, *curve in corners]
    return " ".join([*path, "h"])


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
