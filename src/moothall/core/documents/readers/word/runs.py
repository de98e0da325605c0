"""The inside of a Word paragraph: its runs of text, pictures, breaks, notes, links and text boxes.

Characters of Microsoft's symbol fonts as the characters they look like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from moothall.core.documents.inlines import Marks, Run
from moothall.core.documents.readers.word.context import Box, Context, Field, Piece
from moothall.core.documents.readers.word.equations import linear
from moothall.core.documents.readers.word.media import read_drawing, read_old_picture
from moothall.core.documents.readers.word.package import Element, child, q, switch, value
from moothall.core.documents.readers.word.tracked_changes import is_element
from moothall.core.documents.readers.word.visibility import find_invisibility
from moothall.core.documents.tree import Block, LineBreak, NoteReference, PageBreak, Table, Text

# fmt: off
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x41: "✌", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐",
    0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9E: "·",
    0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xC3: "✗", 0xD8: "➢", 0xDC: "➲", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}
_SYMBOL = {
    **dict(zip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(b"abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑", 0x2D: "−",
}
# fmt: on


def is_symbol_font(font: str | None) -> bool:
    """Whether ``font`` draws something else than the letters that its text states."""
    return (font or "").lower().startswith(("wingdings", "symbol", "webdings"))


def drawn(text: str, font: str | None) -> str:
    """What ``text`` looks like in a symbol font; private characters of other fonts are bullets or go."""
    table = _SYMBOL if (font or "").lower().startswith("symbol") else _WINGDINGS
    symbol_font = is_symbol_font(font)
    return "".join(_one(character, table, symbol_font=symbol_font) for character in text)


def _one(character: str, table: dict[int, str], *, symbol_font: bool) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return table.get(code - 0xF000, "•" if code != 0xF020 else " ")
    if symbol_font and code < 0x100:
        return table.get(code, character)
    return "" if 0xE000 <= code <= 0xF8FF else character


Blocks = Callable[[Context, Element], tuple[Block, ...]]

_LINK = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\\\s"]+))?(?:.*?\\l\s+"?([^"\s]+))?', re.IGNORECASE | re.DOTALL)
_UNSHOWN = ("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "INDEX", "TC", "XE")
_SIMPLE = {q("w:tab"): "\t", q("w:ptab"): "\t", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): ""}


def read_pieces(context: Context, paragraph: Element, blocks: Blocks) -> list[Piece]:
    """The pieces of ``paragraph`` in order; ``blocks`` reads what a text box holds."""
    style = value(paragraph, "w:pPr/w:pStyle")
    reader = _Reader(context, style, blocks)
    reader.inside(paragraph, "")
    return reader.pieces


@dataclass(slots=True)
class _Reader:
    context: Context
    style: str | None
    blocks: Blocks
    pieces: list[Piece] = field(default_factory=list)

    def inside(self, element: Element, link: str) -> None:
        for part in element:
            if not is_element(part):
                continue
            if part.tag == q("w:r"):
                self._run(part, link or self._field_link())
            elif part.tag == q("w:hyperlink"):
                self.inside(part, self._hyperlink(part) or link)
            elif part.tag == q("w:fldSimple"):
                self._simple_field(part, link)
            elif part.tag in (q("m:oMath"), q("m:oMathPara")):
                self._equation(part)

    def _hyperlink(self, element: Element) -> str:
        anchor = element.get(q("w:anchor"), "")
        relation = self.context.package.relations(self.context.part).get(element.get(q("r:id"), ""))
        if relation is None:
            return self._place(anchor)
        return f"{relation.target}#{anchor}" if anchor else relation.target

    def _place(self, anchor: str) -> str:
        place = self.context.places.get(anchor)
        return f"#{place}" if place else ""

    def _field_link(self) -> str:
        for entry in reversed(self.context.fields):
            match = _LINK.match(entry.code.strip()) if entry.shown else None
            if match is not None:
                return match[1] or match[2] or self._place(match[3] or "")
        return ""

    def _simple_field(self, element: Element, link: str) -> None:
        self.context.fields.append(Field(element.get(q("w:instr"), ""), shown=True))
        self.inside(element, link)
        self.context.fields.pop()

    def _equation(self, element: Element) -> None:
        self.context.tally["equations"] += 1
        self.pieces.append(Run(Text(f" {linear(element)} ")))

    def _run(self, run: Element, link: str) -> None:
        properties = child(run, "w:rPr")
        marks = self._marks(properties, link)
        hidden = "hidden" if self.context.styles.toggle(properties, self.style, "w:vanish") else ""
        hidden = hidden or find_invisibility(self.context.styles, properties, self.style, run)
        font = value(properties, "w:rFonts", "w:ascii")
        for part in run:
            if not is_element(part):
                continue
            if part.tag == q("w:fldChar"):
                self._field_mark(part)
            elif part.tag == q("w:instrText"):
                self._field_code(part)
            elif hidden and part.tag == q("w:t"):
                self._hide(hidden, part.text or "")
            elif hidden != "hidden" and self._is_shown():
                self._part(part, marks, font)
        if not hidden and marks.change and any((text.text or "").strip() for text in run.iter(q("w:t"))):
            self.context.tally["struck" if marks.change == "deleted" else "underlined"] += 1

    def _hide(self, kind: str, words: str) -> None:
        self.context.hide(kind, words)
        if kind == "blacked-out" and words.strip() and self._is_shown():
            self.pieces.append(Run(Text("[blacked out]")))

    def _field_mark(self, element: Element) -> None:
        kind, fields = element.get(q("w:fldCharType")), self.context.fields
        if kind == "begin":
            fields.append(Field())
            checked = child(element, "w:ffData/w:checkBox")
            if checked is not None:
                ticked = switch(checked, "w:checked")
                ticked = switch(checked, "w:default") if ticked is None else ticked
                self.pieces.append(Run(Text("☒" if ticked else "☐")))
        elif kind == "separate" and fields:
            fields[-1].shown = True
        elif kind == "end" and fields:
            fields.pop()

    def _field_code(self, element: Element) -> None:
        if self.context.fields and not self.context.fields[-1].shown:
            self.context.fields[-1].code += element.text or ""

    def _is_shown(self) -> bool:
        for entry in self.context.fields:
            if not entry.shown:
                return False
            if entry.name in _UNSHOWN:
                self.context.tally["contents"] += entry.name == "TOC"
                return False
        return True

    def _marks(self, properties: Element | None, link: str) -> Marks:
        styles = self.context.styles
        script = styles.run_value(properties, None, "w:vertAlign")
        return Marks(
            link=link,
            strong=styles.toggle(properties, self.style, "w:b"),
            emphasis=styles.toggle(properties, self.style, "w:i"),
            script={"superscript": "super", "subscript": "sub"}.get(script or "", ""),
            change=self._change(properties, link),
        )

    def _change(self, properties: Element | None, link: str) -> str:
        """Struck words are taken out by an amendment; where there are such, underlined ones are put in by it."""
        styles = self.context.styles
        if any(styles.toggle(properties, self.style, name) for name in ("w:strike", "w:dstrike")):
            return "deleted"
        underline = styles.run_value(properties, None, "w:u") if self.context.amended and not link else None
        return "inserted" if underline not in (None, "none") else ""

    def _part(self, part: Element, marks: Marks, font: str | None) -> None:
        tag = part.tag
        if tag == q("w:t"):
            self.pieces.append(Run(Text(drawn(part.text or "", font)), marks))
        elif tag in _SIMPLE:
            self.pieces.append(Run(Text(_SIMPLE[str(tag)]), marks))
        elif tag == q("w:sym"):
            self._symbol(part, marks)
        elif tag == q("w:ruby"):
            self._ruby(part)
        elif tag in (q("w:br"), q("w:cr")):
            page = part.get(q("w:type")) == "page"
            self.pieces.append(PageBreak() if page else Run(LineBreak(), marks))
        elif tag in (q("w:footnoteReference"), q("w:endnoteReference")):
            kind = "f" if tag == q("w:footnoteReference") else "e"
            self.pieces.append(Run(NoteReference(f"{kind}{part.get(q('w:id'))}")))
        elif tag == q("w:commentReference"):
            self.context.tally["comments"] += 1
        elif tag in (q("w:drawing"), q("w:pict"), q("w:object")):
            self._drawing(part)

    def _ruby(self, part: Element) -> None:
        base = child(part, "w:rubyBase")
        if base is not None:
            self.inside(base, "")

    def _symbol(self, part: Element, marks: Marks) -> None:
        code = part.get(q("w:char"), "")
        if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code):
            shown = drawn(chr(int(code, 16)), part.get(q("w:font")) or "Wingdings")
            self.pieces.append(Run(Text(shown), replace(marks, script="")))

    def _drawing(self, part: Element) -> None:
        old = part.tag != q("w:drawing")
        boxes = [box for box in part.iter(q("w:txbxContent")) if _outermost(box, part)]
        found = read_old_picture(self.context, part) if old else read_drawing(self.context, part)
        self.pieces.extend(Box((each,)) if isinstance(each, Table) else each for each in found)
        for box in boxes:
            content = self.blocks(self.context, box)
            if content:
                self.context.tally["boxes"] += 1
                self.pieces.append(Box(content))


def _outermost(box: Element, drawing: Element) -> bool:
    """Whether ``box`` is a text box of ``drawing`` itself, not one inside another box."""
    above = box.getparent()
    while above is not None and above is not drawing:
        if above.tag == q("w:txbxContent"):
            return False
        above = above.getparent()
    return True
