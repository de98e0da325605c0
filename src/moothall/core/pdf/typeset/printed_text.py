"""The text that can be seen on the pages that Typst made, read from their content streams.

It reads only what Typst writes (simple operators, fonts with two bytes a glyph), and takes a quarter of the time of
a PDF library. Whatever it cannot read counts as not printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

# Strings hold glyph numbers of two bytes, the first of them nearly always zero: they cannot contain an operator.
_GRAPHICS = re.compile(rb"(?<!\S)(?:(?P<save>q)|(?P<restore>Q)|(?P<cm>(?:-?[\d.]++\s++){6})cm)(?!\w)")
_TEXT = re.compile(
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf|(?P<Tm>(?:-?[\d.]++\s++){6})Tm"
    rb"|\[(?P<array>.*?)\]\s*TJ|(?P<string>\(.*?\)|<\w*>)\s*Tj"
    rb"|/ActualText ?(?P<actual>\(.*?\)|<\w*>)>>\s*BDC|(?P<reversed>/ReversedChars)\s+BMC|(?P<end>EMC)",
    re.DOTALL,
)
# Nearly all text is printed like this: one run from where the page has just been moved to.
_USUAL = re.compile(
    rb"\nq 1 0 0 -1 (-?[\d.]+) (-?[\d.]+) cm/\w+ cs [\d. ]+ scn"
    rb"\nBT 0 Tr/(\w+) ([\d.]+) Tf 1 0 0 -1 0 0 Tm\[?([(<][^\n]*[)>])\]?T[Jj]\nET"
)
_SAVES = re.compile(rb"\n([qQ])\b")
_SHIFT = re.compile(rb"\)\s*([-\d.]*+)\s*\(")
_HEXADECIMAL = re.compile(rb"<([0-9A-F]+)>")
_PARTED = rb"0(\377\377)0"
_PART = "\uffff"
_MAPPED = re.compile(r"<([0-9A-F]{4})>\s*<([0-9A-F]+)>")
_MIDDLE = 0.3  # of the type's size: how far above the line the centre of a letter is
_SLACK = 0.5  # of the type's size: how far kerning may draw a run together
_ASIDE = 0.4  # of the type's size: how far apart lines must be at the least

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Widths(dict[str, float]):
    """The width of each glyph in thousandths of the size; a glyph that is not listed has none."""

    def __missing__(self, glyph: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Font:
    """What a font's glyphs mean, and how wide they are."""

    texts: dict[int, str]
    widths: Widths


@dataclass(slots=True)
class Run:
    """Glyphs printed one after another from (``x``, ``y``), in points from the lower left corner of the page.

    ``raw`` are the glyphs as the file has them, with the shifts between them, ``text`` is what they say, ``end`` where
    they end at the most.
    """

    x: float
    y: float
    size: float
    font: Font
    raw: bytes
    text: str = ""
    end: float = 0.0
    is_actual: bool = False
    is_reversed: bool = False

    def letters(self) -> list[tuple[str, float, float]]:
        """Return the text of each glyph, with where it begins and ends."""
        if self.is_actual:
            return [(self.text, self.x, self.end)]
        at, found = self.x, []
        for place, piece in enumerate(_SHIFT.split(_strings(self.raw))):
            if place % 2:
                at -= float(piece or 0) * self.size / 1000
                continue
            for glyph in _glyphs(piece):
                start, at = at, at + self.font.widths[glyph] * self.size / 1000
                found.append((self.font.texts.get(ord(glyph), ""), start, at))
        return found


def printed_pieces(document: pikepdf.Pdf) -> list[str]:
    """Return the words of ``document`` that can be seen, in the order in which they are printed.

    A word is seen when the centres of its letters are on the page and over no other word. A piece is what Typst prints
    at one go: a line, or what is in one style. Where it neither ends nor begins with white space, a word may go on from
    one piece to the next.
    """
    fonts: dict[tuple[int, int], Font] = {}
    pages = [list(_runs(page, fonts)) for page in document.pages]
    _read(run for runs in pages for run in runs)
    found: list[str] = []
    for page, runs in zip(document.pages, pages, strict=True):
        _left, _lower, width, height = map(float, page.mediabox)
        hidden = _overprinted(runs)
        for run in runs:
            if id(run) not in hidden and run.x >= 0 and run.end <= width and 0 <= run.y + _MIDDLE * run.size <= height:
                found.append(run.text)
            else:
                found.append(_seen(run, hidden.get(id(run), ()), width, height))
    return found


def _read(runs: Iterable[Run]) -> None:
    """Give each run its text and end. Those of one font are read together, which is several times as fast."""
    by_font: defaultdict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_font[id(run.font)].append(run)
    for same in by_font.values():
        font = same[0].font
        widths = font.widths.__getitem__
        glyphs = _glyphs(_SHIFT.sub(b"", _strings(_PARTED.join([run.raw for run in same])))).split(_PART)
        texts = _PART.join(glyphs).translate(font.texts).split(_PART)
        for run, own, text in zip(same, glyphs, texts, strict=True):
            run.end = run.x + sum(map(widths, own)) * run.size / 1000
            if not run.is_actual:
                run.text = text[::-1] if run.is_reversed else text


def _seen(run: Run, others: Sequence[Run], width: float, height: float) -> str:
    """The text of ``run`` without the words that are off the page, or over words of ``others``."""
    if not 0 <= run.y + _MIDDLE * run.size <= height:
        return " "
    spans = [span for other in others for span in _word_spans(other)]
    words, seen, whole = [""], True, True
    for text, start, end in run.letters():
        if text.isspace():
            words.append("")
            seen = True
            continue
        centre = (start + end) / 2
        seen = seen and 0 <= centre <= width
        seen = seen and (_is_mark(text) or not any(low < centre < high for low, high in spans))
        whole = whole and seen
        words[-1] = words[-1] + text if seen else ""
    return run.text if whole else f" {' '.join(words)} "


def _word_spans(run: Run) -> Iterator[tuple[float, float]]:
    """Where the words of ``run`` begin and end."""
    start: float | None = None
    end = run.x
    for text, left, right in [*run.letters(), (" ", 0.0, 0.0)]:
        if _is_mark(text):
            continue
        if not text.isspace():
            start, end = left if start is None else start, right
        elif start is not None:
            yield start, end
            start = None


def _height(run: Run) -> float:
    return run.y


def _overlap(run: Run, other: Run) -> bool:
    """Whether two runs on a line overlap, by more than kerning may draw them together."""
    slack = min(_SLACK * run.size, 0.6 * (run.end - run.x), 0.6 * (other.end - other.x))
    return min(run.end, other.end) - max(run.x, other.x) > slack


def _is_mark(text: str) -> bool:
    """Whether ``text`` is drawn over the letter before it, as an accent is."""
    return not text.isascii() and all(unicodedata.category(character)[0] == "M" for character in text)


def _overprinted(runs: Sequence[Run]) -> dict[int, list[Run]]:
    """Return the runs, by identity, that may be printed over others, with those others."""
    found: dict[int, list[Run]] = {}
    above: list[Run] = []
    line = 0.0
    for run in sorted((run for run in runs if not (run.text.isspace() or _is_mark(run.text))), key=_height):
        if run.y != line:
            line = run.y
            above = [other for other in above if line - other.y < _ASIDE * max(run.size, other.size)]
        left, right = run.x, run.end
        for other in above:
            if left < other.end and other.x < right and _overlap(run, other):
                found.setdefault(id(run), []).append(other)
                found.setdefault(id(other), []).append(run)
        above.append(run)
    return found


def _runs(page: pikepdf.Page, known: dict[tuple[int, int], Font]) -> Iterator[Run]:
    fonts = {name[1:].encode(): _font(font, known) for name, font in page.Resources.get("/Font", {}).items()}
    content = page.Contents
    data = content.read_bytes() if isinstance(content, pikepdf.Stream) else b"\n".join(c.read_bytes() for c in content)
    usual = _USUAL.findall(data)
    if len(usual) == data.count(b"\nBT") and b"qq" not in b"".join(_SAVES.findall(b"\n" + data)):
        for x, y, name, size, shown in usual:
            yield Run(float(x), float(y), float(size), fonts[name], shown)
        return
    first, *blocks = data.split(b"\nBT")
    places = [_IDENTITY]
    _move(places, first)
    for block in blocks:
        shown, _, rest = block.partition(b"\nET")
        yield from _block(shown, places[-1], fonts)
        _move(places, rest)


def _move(places: list[Matrix], graphics: bytes) -> None:
    """Follow the places (the last is where to draw) that ``graphics``, all between two texts, saves and restores."""
    for token in _GRAPHICS.finditer(graphics):
        match token.lastgroup:
            case "save":
                places.append(places[-1])
            case "restore" if len(places) > 1:
                places.pop()
            case "cm":
                places[-1] = _product(_matrix(token["cm"]), places[-1])
            case _:
                pass


def _block(shown: bytes, place: Matrix, fonts: Mapping[bytes, Font]) -> Iterator[Run]:
    at, font, size = place, Font({}, Widths()), 0.0
    actual: str | None = None
    is_reversed = False
    for token in _TEXT.finditer(shown):
        kind = token.lastgroup
        if kind == "Tm":
            at = _product(_matrix(token["Tm"]), place)
        elif kind == "size":
            font, size = fonts[token["font"]], float(token["size"])
        elif kind in ("array", "string"):
            run = Run(at[4], at[5], size * abs(at[0]), font, token[kind], is_reversed=is_reversed)
            if actual is not None:
                run.text, run.is_actual, actual = actual, True, ""
            yield run
        elif kind == "actual":
            actual = _utf16(token["actual"])
        else:
            actual, is_reversed = None, kind == "reversed"


def _strings(array: bytes) -> bytes:
    """The strings of ``array`` and the shifts between them, without the brackets at its ends."""
    if b">" in array:
        array = _HEXADECIMAL.sub(_literal, array)
    return array.strip(b"-.0123456789 \n")[1:-1]


def _literal(string: re.Match[bytes]) -> bytes:
    """A hexadecimal string as one in brackets."""
    return b"(" + b"".join([b"\\%03o" % byte for byte in bytes.fromhex(string[1].decode())]) + b")"


def _glyphs(inner: bytes) -> str:
    """One character for each glyph, its number, of what is in the brackets of a string."""
    return _unescaped(inner).decode("utf-16-be", "replace")


def _unescaped(inner: bytes) -> bytes:
    if b"\\" not in inner:
        return inner
    # The escapes of PDF are those of Python, but for the brackets. A bracket is never after an escaped backslash, for
    # the first byte of its glyph is between them.
    for bracket in (b"(", b")"):
        inner = bracket.join([part.removesuffix(b"\\") for part in inner.split(bracket)])
    return inner.decode("unicode_escape").encode("latin-1")


def _utf16(string: bytes) -> str:
    data = _unescaped(_strings(string))
    return data[2:].decode("utf-16-be", "replace") if data[:2] == b"\xfe\xff" else data.decode("latin-1")


def _matrix(numbers: bytes) -> Matrix:
    a, b, c, d, e, f = map(float, numbers.split())
    return a, b, c, d, e, f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _font(font: pikepdf.Object, known: dict[tuple[int, int], Font]) -> Font:
    made = known.get(font.objgen)
    if made is None:
        mapped = _MAPPED.findall(font.ToUnicode.read_bytes().decode("latin-1"))
        texts = {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be", "replace") for glyph, text in mapped}
        made = known[font.objgen] = Font(texts, Widths(_widths(font.DescendantFonts[0])))
    return made


def _widths(font: pikepdf.Object) -> Iterator[tuple[str, float]]:
    """The width of each glyph out of an array in which ``first last width`` and ``first [width ...]`` stand."""
    waiting: list[int] = []
    for value in font.get("/W", []):
        if isinstance(value, pikepdf.Array):
            yield from ((chr(waiting[0] + place), float(each)) for place, each in enumerate(value))
            waiting = []
        elif len(waiting) == 2:
            yield from ((chr(glyph), float(value)) for glyph in range(waiting[0], waiting[1] + 1))
            waiting = []
        else:
            waiting.append(int(value))
