"""What the reading of one Word document shares."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from moothall.core.documents.inlines import Run
from moothall.core.documents.readers.word.numbering import Numbering
from moothall.core.documents.readers.word.package import Element, Package, q, switch
from moothall.core.documents.readers.word.styles import Styles
from moothall.core.documents.readers.word.visibility import HiddenWords, hidden_kinds
from moothall.core.documents.tree import Block, Figure, PageBreak
from moothall.core.documents.warnings import Caution


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: blocks anchored somewhere in a paragraph."""

    blocks: tuple[Block, ...]


Piece = Run | Figure | PageBreak | Box


@dataclass(slots=True)
class Field:
    """A field that is being read: what it computes, and whether its shown result has begun."""

    code: str = ""
    shown: bool = False

    @property
    def name(self) -> str:
        """The field's command, such as ``TOC``."""
        return (self.code.split() or [""])[0].upper()


@dataclass(slots=True)
class Context:
    """The document's package, styles and lists, and what has been found so far. ``part`` is the part being read.

    ``amended`` says that some words are struck through, so that underlined ones are those put in.
    """

    package: Package
    part: str
    styles: Styles
    numbering: Numbering
    images: dict[str, bytes] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    fields: list[Field] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    amended: bool = False
    hidden: dict[str, HiddenWords] = field(default_factory=hidden_kinds)
    paragraph: int = 0  # how many paragraphs have been begun

    def hide(self, kind: str, words: str) -> None:
        """Note hidden words in the paragraph that is being read."""
        self.hidden[kind].add(words, self.paragraph)

    def caution(self, code: str, message: str) -> None:
        """Note something lost."""
        self.cautions.append(Caution(code, message))

    def find_amendments(self, body: Element) -> None:
        """See whether words are struck through, as amendments show what they take out."""
        runs = body.iter(q("w:r"))
        self.amended = any(switch(run, f"w:rPr/{name}") for run in runs for name in ("w:strike", "w:dstrike"))

    def find_places(self, body: Element) -> None:
        """Give each paragraph that a link in the document leads to one name, whatever its bookmarks are called."""
        wanted = {link.get(q("w:anchor"), "") for link in body.iter(q("w:hyperlink"))}
        for code in body.iter(q("w:instrText")):
            wanted.update(re.findall(r'\\l\s+"?([^"\s]+)', code.text or ""))
        for paragraph in body.iter(q("w:p")):
            marks = [mark.get(q("w:name"), "") for mark in paragraph.iter(q("w:bookmarkStart"))]
            named = [mark for mark in marks if mark in wanted and mark]
            self.places.update(dict.fromkeys(named, identifier(named[0])) if named else {})


def identifier(bookmark: str) -> str:
    """A bookmark's name as an id."""
    return "to-" + (re.sub(r"[^A-Za-z0-9_-]", "-", bookmark).strip("-_") or "there")
