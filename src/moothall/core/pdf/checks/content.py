"""The content streams: everything painted is tagged or an artifact, and both trees agree (Matterhorn 01, 08, 31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Stream

from moothall.core.pdf.checks.flaws import Flaw
from moothall.core.pdf.checks.tree import Content, Grove
from moothall.core.pdf.merge.objects import Key, dictionary, number

TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT = TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
DEEPEST = 20
INVISIBLE = 3


@dataclass(slots=True)
class Reading:
    """What the content of one page (with its forms) does."""

    marked: set[Content] = field(default_factory=set)
    loose: int = 0
    crossed: int = 0
    fonts: dict[Key, Object] = field(default_factory=dict)
    holders: dict[Key, Object] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """The open marks ("artifact", "tagged", "" for others) and what text is drawn with."""

    marks: list[str]
    font: Object | None = None
    mode: int = 0
    depth: int = 0


def read_page(page: Object) -> Reading:
    """Follow the page's content, and the forms it draws, operator by operator."""
    found = Reading()
    _follow(Page(page), page, dictionary(page, "/Resources"), _State([]), found)
    return found


def _follow(stream: Object | Page, holder: Object, resources: Dictionary | None, state: _State, found: Reading) -> None:
    try:
        instructions = pikepdf.parse_content_stream(stream)
    except (pikepdf.PdfError, TypeError):  # a TypeError is an operator within an array
        return
    found.holders[holder.objgen] = holder
    floor = len(state.marks)
    for instruction in instructions:
        operator = str(instruction.operator)
        operands = list(instruction.operands)
        if operator in {"BMC", "BDC"}:
            _open(operands, resources, holder, state, found)
        elif operator == "EMC":
            if len(state.marks) > floor:
                state.marks.pop()
        elif operator == "Do":
            _draw(str(operands[0]), holder, resources, state, found)
        else:
            _paint(operator, operands, resources, state, found)
    del state.marks[floor:]


def _open(operands: list[Object], resources: Dictionary | None, holder: Object, state: _State, found: Reading) -> None:
    properties: object = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        properties = dictionary(dictionary(resources, "/Properties"), str(properties))
    mcid = number(properties, "/MCID") if isinstance(properties, Dictionary) else None
    kind = "artifact" if operands and operands[0] == Name.Artifact else "tagged" if mcid is not None else ""
    if (kind == "artifact" and "tagged" in state.marks) or (kind == "tagged" and "artifact" in state.marks):
        found.crossed += 1
    if mcid is not None and kind == "tagged":
        found.marked.add((holder.objgen, mcid))
    state.marks.append(kind)


def _draw(name: str, holder: Object, resources: Dictionary | None, state: _State, found: Reading) -> None:
    xobjects = dictionary(resources, "/XObject")
    drawn = xobjects.get(name) if xobjects is not None else None
    if not isinstance(drawn, Stream):
        return
    if drawn.get("/Subtype") != Name.Form:
        found.loose += not any(state.marks) and "/StructParent" not in drawn
    elif state.depth < DEEPEST:
        inner = _State(state.marks, state.font, state.mode, state.depth + 1)
        own = drawn if "/StructParents" in drawn else holder
        _follow(drawn, own, dictionary(drawn, "/Resources") or resources, inner, found)


def _paint(operator: str, operands: list[Object], resources: Dictionary | None, state: _State, found: Reading) -> None:
    if operator == "Tf" and operands:
        fonts = dictionary(resources, "/Font")
        state.font = fonts.get(str(operands[0])) if fonts is not None else None
    elif operator == "Tr" and operands:
        state.mode = int(operands[0])
    elif operator in PAINT:
        found.loose += not any(state.marks)
        if operator in TEXT and state.font is not None and state.mode != INVISIBLE:
            found.fonts[state.font.objgen] = state.font


def check_content(grove: Grove) -> Iterator[Flaw]:
    """Everything painted is tagged or an artifact; content and tags know each other; fonts are embedded."""
    fonts: dict[Key, tuple[Object, int]] = {}
    seen: set[Content] = set()
    for at, page in enumerate(grove.pages, start=1):
        reading = read_page(page)
        if reading.loose:
            yield Flaw("content-untagged", f"{reading.loose} marks on this page are neither tagged nor artifacts.", at)
        if reading.crossed:
            yield Flaw("artifact-in-tags", "Artifacts and tagged content stand inside each other on this page.", at)
        yield from _check_parents(grove, reading, at)
        seen |= reading.marked
        for key, font in reading.fonts.items():
            fonts.setdefault(key, (font, at))
    for node in grove.nodes:
        for content in node.content:
            if content not in seen:
                yield Flaw("tag-without-content", f"A {node.role} claims content that is not there.", node.page)
    for font, at in fonts.values():
        yield from _check_font(font, at)


def _check_parents(grove: Grove, reading: Reading, at: int) -> Iterator[Flaw]:
    """The parent tree leads from each piece of marked content to the element that claims it."""
    lost = strayed = 0
    for holder, mcid in reading.marked:
        owner = grove.owners.get((holder, mcid))
        if owner is None:
            lost += 1
            continue
        key = number(reading.holders[holder], "/StructParents")
        row = grove.parents.get(key) if key is not None else None
        found = row[mcid] if isinstance(row, pikepdf.Array) and mcid < len(row) else None
        strayed += not isinstance(found, Dictionary) or found.objgen != owner.element.objgen
    if lost:
        yield Flaw("content-without-tag", f"{lost} pieces of marked content are claimed by no tag.", at)
    if strayed:
        yield Flaw("parent-tree", f"The parent tree leads {strayed} pieces of content to the wrong tag.", at)


def _check_font(font: Object, at: int) -> Iterator[Flaw]:
    if font.get("/Subtype") == Name.Type3:
        return
    composite = font.get("/Subtype") == Name.Type0
    bearer = font["/DescendantFonts"][0] if composite else font
    descriptor = dictionary(bearer, "/FontDescriptor")
    name = str(font.get("/BaseFont", "?"))[1:]
    if descriptor is None or not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield Flaw("font-not-embedded", f"The font {name} is not embedded.", at)
    if composite and "/ToUnicode" not in font and str(font.get("/Encoding", "")).startswith("/Identity"):
        yield Flaw("font-without-unicode", f"The font {name} does not say which letters its signs are.", at)
