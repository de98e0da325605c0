"""Words of a Word document that nobody can see in Word: of the same colour as what is behind them, or too small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from moothall.core.documents.readers.word.package import Element, child, q, value
from moothall.core.documents.readers.word.styles import Styles
from moothall.core.documents.warnings import Caution

# Half points: nobody reads type of two points.
SMALLEST = 4
# Channels of two colours that differ by less look alike.
_ALIKE = 16
_DARK = 3 * 64
_LONGEST_EXCERPT = 60
_MOST_PLACES = 5
_WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)
# The colours of w:highlight (ECMA-376 part 1, 17.18.40).
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "darkBlue": "000080", "darkCyan": "008080",
    "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "green": "00ff00", "lightGray": "c0c0c0", "magenta": "ff00ff", "red": "ff0000",
    "white": "ffffff", "yellow": "ffff00",
}  # fmt: skip

_LOOKS = tuple(map(q, ("w:color", "w:highlight", "w:sz", "w:rStyle")))

Colour = tuple[int, int, int]


@dataclass(slots=True)
class HiddenWords:
    """Hidden words of one kind: how many pieces, in which paragraphs, and the first of them."""

    code: str
    message: str
    pieces: int = 0
    paragraphs: list[int] = field(default_factory=list)
    excerpt: str = ""

    def add(self, words: str, paragraph: int) -> None:
        """Note a piece of hidden words; white space is nothing hidden."""
        tidied = " ".join(words.split())
        if not tidied:
            return
        self.pieces += 1
        self.excerpt = self.excerpt or tidied[:_LONGEST_EXCERPT]
        if paragraph not in self.paragraphs:
            self.paragraphs.append(paragraph)

    def caution(self) -> Caution:
        """Return what the clerk should know."""
        shown = [str(number) for number in self.paragraphs[:_MOST_PLACES]]
        more = len(self.paragraphs) - len(shown)
        listed = ", ".join(shown) + (f" and {more} more" if more else "")
        place = f"paragraph{'s' * (len(self.paragraphs) > 1)} {listed}"
        return Caution(
            self.code, self.message.format(count=f"{self.pieces} piece{'s' * (self.pieces != 1)}"), place, self.excerpt
        )


def hidden_kinds() -> dict[str, HiddenWords]:
    """Return the kinds of hidden words, with nothing found yet."""
    return {
        "hidden": HiddenWords("hidden-text-dropped", "Hidden text ({count}) is left out."),
        "blacked-out": HiddenWords(
            "blacked-out-text-dropped",
            "Blacked-out words ({count}), which are still in the Word file, are left out; "
            "“[blacked out]” stands in their place.",
        ),
        "invisible": HiddenWords(
            "invisible-text-dropped",
            "Words that cannot be seen in Word ({count}), such as white ones on white, are left out.",
        ),
    }


def find_cautions(kinds: Iterable[HiddenWords]) -> list[Caution]:
    """Return a caution for each kind of which there is something."""
    return [kind.caution() for kind in kinds if kind.pieces]


def find_invisibility(styles: Styles, properties: Element | None, style: str | None, run: Element) -> str:
    """Return "blacked-out" or "invisible" for a run that cannot be seen in Word, else "".

    A background that is not known for certain (a table style, a shape) counts as one that shows the words.
    """
    if _own_looks(properties) == 0 and styles.is_plain(style):
        return ""
    size = styles.run_value(properties, style, "w:sz")
    if size is not None and size.isdecimal() and int(size) <= SMALLEST:
        return "invisible"
    colour = _parse(styles.run_value(properties, style, "w:color"))
    highlight = _parse(_HIGHLIGHTS.get(styles.run_value(properties, style, "w:highlight") or ""))
    if colour is None and highlight is None:
        return ""  # Word picks a colour that can be read
    behind = highlight or _fill(child(properties, "w:shd")) or _background(styles, style, run)
    if behind is None or not _look_alike(colour or _BLACK, behind):
        return ""
    return "blacked-out" if sum(behind) <= _DARK else "invisible"


def _own_looks(properties: Element | None) -> int:
    """Return how many of a run's own properties can hide it."""
    return 0 if properties is None else sum(1 for _ in properties.iterchildren(*_LOOKS))


def _background(styles: Styles, style: str | None, run: Element) -> Colour | None:
    """Return the colour behind a run's paragraph, None where it is not known."""
    for above in run.iterancestors():
        if above.tag == q("w:p"):
            found = _fill(child(above, "w:pPr/w:shd")) or _fill(styles.paragraph_property(style, "w:shd"))
        elif above.tag == q("w:tc"):
            found = _fill(child(above, "w:tcPr/w:shd"))
        elif above.tag == q("w:tbl"):
            found = _fill(child(above, "w:tblPr/w:shd"))
            if found is None and _is_shaded(styles, value(above, "w:tblPr/w:tblStyle")):
                return None
        elif above.tag == q("w:txbxContent"):
            return None
        elif above.tag == q("w:document"):
            return _parse(value(above, "w:background", "w:color")) or _WHITE
        else:
            continue
        if found is not None:
            return found
    return _WHITE


def _is_shaded(styles: Styles, table_style: str | None) -> bool:
    return any(next(base.iter(q("w:shd")), None) is not None for base in styles.chain(table_style, "table"))


def _fill(shading: Element | None) -> Colour | None:
    if shading is None:
        return None
    solid = shading.get(q("w:val")) == "solid"
    return _parse(shading.get(q("w:color" if solid else "w:fill"))) or (_BLACK if solid else None)


def _parse(colour: str | None) -> Colour | None:
    try:
        red, green, blue = bytes.fromhex(colour or "")
    except ValueError:
        return None
    return red, green, blue


def _look_alike(one: Colour, other: Colour) -> bool:
    return all(abs(first - second) < _ALIKE for first, second in zip(one, other, strict=True))
