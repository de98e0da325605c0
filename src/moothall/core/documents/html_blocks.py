"""HTML elements to blocks: one walk that gathers running text and breaks it off where a block begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from moothall.core.documents.html_tables import read_table
from moothall.core.documents.images import admit, from_data_uri
from moothall.core.documents.inlines import PLAIN, Marks, Run, build, plain, tidy_runs
from moothall.core.documents.list_labels import listed_labels
from moothall.core.documents.tree import (
    Block,
    Figure,
    Heading,
    Inline,
    Landscape,
    LineBreak,
    ListBlock,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Text,
)
from moothall.core.documents.walk import own_content
from moothall.core.documents.warnings import Caution

# fmt: off
_PASSAGES = frozenset({
    "p", "div", "dd", "dt", "dl", "center", "address", "pre", "legend", "summary", "article", "aside",
    "section", "main", "header", "footer", "nav", "hgroup", "fieldset", "details", "caption", "figcaption",
    "li",
})
# fmt: on
_STRONG, _EMPHASIS = frozenset({"b", "strong", "dt"}), frozenset({"i", "em", "cite", "dfn", "var"})
_BREAK_BEFORE = re.compile(r"break-before\s*:\s*(?:always|page|left|right)", re.IGNORECASE)
_BREAK_AFTER = re.compile(r"break-after\s*:\s*(?:always|page|left|right)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE)


@dataclass(slots=True)
class Source:
    """What the reading of one fragment shares: the pictures given and admitted, the notes' ids, the cautions.

    ``amended`` says that words are struck through in it, so that underlined ones are those put in.
    """

    images: Mapping[str, bytes]
    note_ids: frozenset[str] = frozenset()
    amended: bool = False
    admitted: dict[str, bytes] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)

    def caution(self, code: str, message: str) -> None:
        """Note something lost."""
        self.cautions.append(Caution(code, message))

    def admit(self, source: str, alt: str) -> str | None:
        """The name of the picture at ``source``, taken in; None, with a caution, where it cannot be."""
        name = f"The picture “{alt}”" if alt else "A picture"
        content = from_data_uri(source) if source[:5].lower() == "data:" else self.images.get(source)
        if content is None:
            self.caution(
                "picture-missing", f"{name} is not with the paper and was left out: put it into the file itself."
            )
            return None
        admitted = admit(content)
        if admitted is None:
            self.caution(
                "picture-unreadable", f"{name} is damaged or of an unknown kind and was left out: save it as PNG."
            )
            return None
        self.admitted[admitted[0]] = admitted[1]
        return admitted[0]


def read_blocks(source: Source, element: HtmlElement, marks: Marks = PLAIN) -> tuple[Block, ...]:
    """The blocks inside ``element``."""
    reader = _Reader(source)
    reader.inside(element, marks)
    return reader.finish()


def read_inlines(source: Source, element: HtmlElement) -> tuple[tuple[Inline, ...], list[Block]]:
    """The running text inside ``element``, its paragraphs joined by line breaks; and blocks that are no text."""
    content: list[Inline] = []
    others: list[Block] = []
    for block in read_blocks(source, element):
        if isinstance(block, Paragraph | Heading):
            content.extend([LineBreak()] if content else [])
            content.extend(own_content(block))
        else:
            others.append(block)
    return tuple(content), others


@dataclass(slots=True)
class _Reader:
    source: Source
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    keep_lines: bool = False

    def finish(self) -> tuple[Block, ...]:
        self._flush()
        return tuple(self.blocks)

    def _flush(self) -> None:
        content = build(tidy_runs(self.runs))
        self.runs.clear()
        if content:
            self.blocks.append(Paragraph(content))

    def _add(self, *blocks: Block) -> None:
        self._flush()
        self.blocks.extend(blocks)

    def inside(self, element: HtmlElement, marks: Marks) -> None:
        self._text(element.text, marks)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, marks)
            self._text(child.tail, marks)

    def _text(self, text: str | None, marks: Marks) -> None:
        lines = (text or "").split("\n") if self.keep_lines else [text or ""]
        for place, line in enumerate(lines):
            if place:
                self.runs.append(Run(LineBreak(), marks))
            self.runs.append(Run(Text(line), marks))

    def _element(self, element: HtmlElement, marks: Marks) -> None:
        special = _SPECIAL.get(element.tag)
        if special is not None:
            special(self, element, marks)
        elif element.tag in _PASSAGES:
            self._passage(element, marks)
        else:
            self.inside(element, self._marked(element, marks))

    def _passage(self, element: HtmlElement, marks: Marks) -> None:
        style = element.get("style", "")
        if element.tag == "section" and "landscape" in _classes(element):
            self._add(Landscape(read_blocks(self.source, element, marks)))
            return
        self._add(*[PageBreak()] if _BREAK_BEFORE.search(style) else [])
        keep, self.keep_lines = self.keep_lines, self.keep_lines or element.tag == "pre"
        self.inside(element, self._marked(element, marks))
        self.keep_lines = keep
        self._add(*[PageBreak()] if _BREAK_AFTER.search(style) else [])

    def read_heading(self, element: HtmlElement, _: Marks) -> None:
        number = _take_number(element)
        content, others = read_inlines(self.source, element)
        self._add(Heading(int(element.tag[1]), content, number, element.get("id")), *others)

    def read_break(self, _: HtmlElement, marks: Marks) -> None:
        self.runs.append(Run(LineBreak(), marks))

    def read_rule(self, element: HtmlElement, _: Marks) -> None:
        style = element.get("style", "")
        turns = "page-break" in _classes(element) or _BREAK_BEFORE.search(style) or _BREAK_AFTER.search(style)
        self._add(*[PageBreak()] if turns else [])

    def read_anchor(self, element: HtmlElement, marks: Marks) -> None:
        href = element.get("href", "")
        if element.get("role") == "doc-backlink" or "footnote-back" in element.get("class", ""):
            return
        if href[1:] in self.source.note_ids and href.startswith("#"):
            self.runs.append(Run(NoteReference(href[1:])))
            return
        if not href and not {"id", "name"} & set(element.keys()):
            self._caution_address(element)
        self.inside(element, replace(marks, link=href) if href else marks)

    def _caution_address(self, element: HtmlElement) -> None:
        words = " ".join(str(element.text_content()).split())
        if words:
            message = (
                f"The link “{words[:80]}” does not lead to a web, e-mail or telephone address: "
                "its words are kept, the link is not."
            )
            self.source.caution("link-dropped", message)

    def _marked(self, element: HtmlElement, marks: Marks) -> Marks:
        change = changed_by(element)
        if change == "underlined":
            change = "inserted" if self.source.amended else ""
        if change == "deleted" != marks.change:
            self._caution_struck(element)
        return _marked(
            element, replace(marks, change="deleted" if marks.change == "deleted" else change or marks.change)
        )

    def _caution_struck(self, element: HtmlElement) -> None:
        words = " ".join(str(element.text_content()).split())
        if words:
            message = (
                f"The words “{words[:80]}” are shown struck through, as words that an amendment takes out: "
                "delete them where they are not."
            )
            self.source.caution("struck-text-kept", message)

    def read_quoted(self, element: HtmlElement, marks: Marks) -> None:
        self.runs.append(Run(Text("“"), marks))
        self.inside(element, marks)
        self.runs.append(Run(Text("”"), marks))

    def read_quote(self, element: HtmlElement, marks: Marks) -> None:
        self._add(Quote(read_blocks(self.source, element, marks)))

    def read_picture(self, element: HtmlElement, _: Marks) -> None:
        self._add(*self._figure_of(element, ()))

    def read_figure(self, element: HtmlElement, marks: Marks) -> None:
        """A figure of one picture; anything richer (a table, two pictures) is read as its parts."""
        pictures = list(element.iter("img"))
        captions = list(element.iter("figcaption"))
        if len(pictures) != 1 or next(element.iter("table"), None) is not None:
            self._passage(element, marks)
            return
        caption, others = read_inlines(self.source, captions[0]) if captions else ((), [])
        self._add(*self._figure_of(pictures[0], caption), *(block for block in others if not isinstance(block, Figure)))

    def _figure_of(self, image: HtmlElement, caption: tuple[Inline, ...]) -> list[Block]:
        alt = image.get("alt")
        name = self.source.admit(image.get("src", ""), (alt or plain(caption)).strip())
        if name is None:
            return [Paragraph(caption)] if caption else []
        missing = alt is None or image.get("data-alt") == "missing"
        return [Figure(name, alt or "", caption, decorative=not missing and not (alt or "").strip())]

    def read_list(self, element: HtmlElement, marks: Marks) -> None:
        ordered = element.tag == "ol"
        members = [child for child in element if isinstance(child.tag, str)]
        labels = _labels(element, members) if ordered else [None] * len(members)
        items = [
            ListItem(read_blocks(self.source, member, marks), label)
            for member, label in zip(members, labels, strict=True)
        ]
        self._add(ListBlock(tuple(items), ordered=ordered))

    def read_table(self, element: HtmlElement, marks: Marks) -> None:
        if element.get("role") in ("presentation", "none"):
            for cell in element.iter("td", "th"):
                if next(cell.iterancestors("table")) is element:
                    self._passage(cell, marks)
            return
        captions: list[Block] = []

        def caption(part: HtmlElement) -> tuple[Inline, ...]:
            content, others = read_inlines(self.source, part)
            captions.extend(others)
            return content

        table = read_table(element, lambda cell: read_blocks(self.source, cell, marks), caption)
        self._add(*captions, table)


_SPECIAL: dict[str, Callable[[_Reader, HtmlElement, Marks], None]] = {
    **dict.fromkeys((f"h{level}" for level in range(1, 7)), _Reader.read_heading),
    **dict.fromkeys(("ul", "ol"), _Reader.read_list),
    "br": _Reader.read_break,
    "hr": _Reader.read_rule,
    "a": _Reader.read_anchor,
    "q": _Reader.read_quoted,
    "blockquote": _Reader.read_quote,
    "img": _Reader.read_picture,
    "figure": _Reader.read_figure,
    "table": _Reader.read_table,
}


def _marked(element: HtmlElement, marks: Marks) -> Marks:
    style = element.get("style", "")
    return replace(
        marks,
        strong=marks.strong or element.tag in _STRONG or bool(_BOLD.search(style)),
        emphasis=marks.emphasis or element.tag in _EMPHASIS or bool(_ITALIC.search(style)),
        script={"sub": "sub", "sup": "super"}.get(element.tag, marks.script),
    )


def changed_by(element: HtmlElement) -> str:
    """What an element does to its words: "deleted", "inserted", "underlined" (which may mean that), or nothing."""
    style = element.get("style", "")
    if element.tag in ("s", "strike", "del") or _STRUCK.search(style):
        return "deleted"
    if element.tag == "ins":
        return "inserted"
    return "underlined" if element.tag == "u" or _UNDERLINED.search(style) else ""


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _take_number(element: HtmlElement) -> str | None:
    """The printed number of a heading or item, with the span that shows it taken out of the text."""
    first = next(iter(element), None)
    number = element.get("data-number")
    if first is not None and not (element.text or "").strip() and "number" in _classes(first):
        number = number or str(first.text_content())
        first.drop_tree()
    return number or None


def _labels(element: HtmlElement, members: list[HtmlElement]) -> list[str | None]:
    """What is printed before each item: its ``data-number`` where the list has any, else what a browser prints."""
    numbered = any(member.get("data-number") is not None for member in members)
    own = [_take_number(member) for member in members]
    if numbered or any(own):
        return list(own)
    values = [_integer(member.get("value")) for member in members]
    step = -1 if element.get("reversed") is not None else 1
    style, start = element.get("type", "1"), _integer(element.get("start"))
    return list(listed_labels(values, start=start, style=style, step=step))


def _integer(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None
