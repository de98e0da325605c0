"""The numbers that Word prints before paragraphs: counted as Word counts, written as it writes them.

Numbers in English words, as Word writes them in lists: One, Twenty-one, First, Twenty-first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from moothall.core.documents.list_labels import roman
from moothall.core.documents.readers.word.package import Element, child, number, q, switch, value
from moothall.core.documents.readers.word.styles import Styles

# fmt: off
_SMALL = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)
# fmt: on
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_ODD = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
        "twelve": "twelfth"}  # fmt: skip


def cardinal(count: int) -> str:
    """``count`` (0 to 99) in words; a larger number in digits."""
    if not 0 <= count < 100:
        return str(count)
    if count < 20:
        return _SMALL[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens]}-{_SMALL[ones].lower()}" if ones else _TENS[tens]


def ordinal(count: int) -> str:
    """``count`` as 1st, 2nd, 3rd, 11th."""
    if abs(count) % 100 in (11, 12, 13):
        return f"{count}th"
    return f"{count}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(abs(count) % 10, 'th') }"


def ordinal_words(count: int) -> str:
    """``count`` (1 to 99) as First, Twenty-first; a larger number as 101st."""
    if not 0 < count < 100:
        return ordinal(count)
    stem, dash, last = cardinal(count).rpartition("-")
    lower = last.lower()
    ended = _ODD.get(lower) or (f"{lower[:-1]}ieth" if lower.endswith("y") else f"{lower}th")
    return f"{stem}{dash}{ended}" if dash else ended.capitalize()


LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``start`` its first number, ``pattern`` its text ("%1.%2"), ``restart`` as Word states it
    (None: after any level above; 0: never; n: only after level n or above, counted from 1)."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    indent: int | None = None


@dataclass(slots=True)
class Scheme:
    """An abstract list: its levels, and where its counters stand. All lists made from it count together."""

    levels: dict[int, Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class Instance:
    """A list made from a scheme, with levels or starts of its own; ``begun`` are the levels it has used."""

    scheme: Scheme
    key: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)

    def level(self, depth: int) -> Level:
        """What holds for the level ``depth`` (0-based)."""
        return self.levels.get(depth) or self.scheme.levels.get(depth) or Level()

    def start(self, depth: int) -> int:
        """The first number at ``depth``."""
        return self.starts.get(depth, self.level(depth).start)


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a paragraph: its printed number, or None for a bullet; and where in which list it is."""

    label: str | None
    scheme: str
    depth: int
    indent: int | None


@dataclass(slots=True)
class Numbering:
    """All lists of a document by id; ``next_marker`` must be called once for each paragraph, in order."""

    instances: dict[str, Instance] = field(default_factory=dict)

    def next_marker(self, properties: Element | None, style: str | None, styles: Styles) -> Marker | None:
        """The marker of the next paragraph, or None where it is not in a list or its list prints nothing."""
        place = self._place(properties, style, styles)
        if place is None:
            return None
        instance, depth = place
        level = instance.level(depth)
        _count(instance, depth)
        if level.form == "bullet":
            return Marker(None, instance.key, depth, level.indent) if level.pattern else None
        label = _written(instance, depth)
        return Marker(label, instance.key, depth, level.indent) if label else None

    def _place(self, properties: Element | None, style: str | None, styles: Styles) -> tuple[Instance, int] | None:
        by_style = styles.paragraph_property(style, "w:numPr")
        name = value(properties, "w:numPr/w:numId") or value(by_style, "w:numId")
        instance = self.instances.get(name or "0")
        if instance is None:
            return None
        depth = number(properties, "w:numPr/w:ilvl")
        if depth is None and value(properties, "w:numPr/w:numId") is None:
            depth = self._style_depth(instance, style, styles)
            depth = number(by_style, "w:ilvl") if depth is None else depth
        return instance, min(max(depth or 0, 0), LEVELS - 1)

    def _style_depth(self, instance: Instance, style: str | None, styles: Styles) -> int | None:
        """The level that is tied to the paragraph's style, or to a style that it is based on."""
        for element in styles.chain(style, "paragraph"):
            name = element.get(q("w:styleId"))
            for depth in range(LEVELS):
                if instance.level(depth).style == name:
                    return depth
        return None


def _count(instance: Instance, depth: int) -> None:
    counters = instance.scheme.counters
    if depth in instance.starts and depth not in instance.begun:
        counters[depth] = instance.starts[depth]
    else:
        current = counters[depth]
        counters[depth] = instance.start(depth) if current is None else current + 1
    instance.begun.add(depth)
    for above in range(depth):
        # a level that was skipped counts as begun: "1.1" before any "1"
        if counters[above] is None:
            counters[above] = instance.start(above)
    for below in range(depth + 1, LEVELS):
        restart = instance.level(below).restart
        if restart is None or depth < restart:
            counters[below] = None


def _written(instance: Instance, depth: int) -> str:
    level = instance.level(depth)

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        form = "decimal" if level.legal else instance.level(at).form
        count = instance.scheme.counters[at]
        return "" if count is None or form in ("none", "bullet") else _FORMS.get(form, str)(count)

    return re.sub(r"%([1-9])", put, level.pattern).strip()


def _letters(count: int) -> str:
    """Word's letters: a to z, then aa, bb, cc ..."""
    if count < 1:
        return str(count)
    times, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 30)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "ordinal": ordinal,
    "cardinalText": cardinal,
    "ordinalText": ordinal_words,
    "numberInDash": lambda count: f"- {count} -",
}


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of ``numbering.xml``; none where the document has no such part."""
    if root is None:
        return Numbering()
    abstracts = {element.get(q("w:abstractNumId"), ""): element for element in root.findall(q("w:abstractNum"))}
    schemes = {key: Scheme(_levels(_linked(element, root, styles, abstracts))) for key, element in abstracts.items()}
    found = {}
    for element in root.findall(q("w:num")):
        key = value(element, "w:abstractNumId") or ""
        if key in schemes:
            found[element.get(q("w:numId"), "")] = _instance(element, key, schemes[key])
    found.pop("0", None)
    return Numbering(found)


def _linked(element: Element, root: Element, styles: Styles, abstracts: dict[str, Element]) -> Element:
    """The scheme that ``element`` borrows from a list style, or itself."""
    link = value(element, "w:numStyleLink")
    if link is None:
        return element
    wanted = value(styles.by_id.get(link), "w:pPr/w:numPr/w:numId")
    for instance in root.findall(q("w:num")):
        if instance.get(q("w:numId")) == wanted:
            return abstracts.get(value(instance, "w:abstractNumId") or "", element)
    return element


def _levels(element: Element) -> dict[int, Level]:
    return {_depth(level): _level(level) for level in element.findall(q("w:lvl"))}


def _depth(element: Element) -> int:
    text = element.get(q("w:ilvl"), "0")
    return int(text) if text.isdecimal() else 0


def _level(element: Element) -> Level:
    form = value(element, "w:numFmt") or "decimal"
    pattern = value(element, "w:lvlText") or ""
    if form == "bullet" and child(element, "w:lvlPicBulletId") is not None:
        pattern = pattern or "•"
    indent = number(element, "w:pPr/w:ind", "w:left")
    return Level(
        start=number(element, "w:start") or 0,
        form=form,
        pattern=pattern,
        restart=number(element, "w:lvlRestart"),
        legal=bool(switch(element, "w:isLgl")),
        style=value(element, "w:pStyle"),
        indent=indent if indent is not None else number(element, "w:pPr/w:ind", "w:start"),
    )


def _instance(element: Element, key: str, scheme: Scheme) -> Instance:
    instance = Instance(scheme, key)
    for override in element.findall(q("w:lvlOverride")):
        depth = _depth(override)
        own = child(override, "w:lvl")
        if own is not None:
            instance.levels[depth] = _level(own)
        start = number(override, "w:startOverride")
        if start is not None:
            instance.starts[depth] = start
    return instance
