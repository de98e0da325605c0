"""A paper as the template reads it: plain JSON values in which everything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    Landscape,
    ListBlock,
    PageBreak,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from moothall.core.documents.walk import refuse_deep
from moothall.core.pdf.cache import digest
from moothall.core.pdf.typeset.column_widths import LANDSCAPE, LANDSCAPE_HEIGHT, PORTRAIT, PORTRAIT_HEIGHT, TEXT, Page
from moothall.core.pdf.typeset.glyphs import width
from moothall.core.pdf.typeset.inlines import Gathering, Runs, covered, plain, runs
from moothall.core.pdf.typeset.pictures import picture_kind, picture_size
from moothall.core.pdf.typeset.row_heights import caption_height
from moothall.core.pdf.typeset.tables import table_form

Form = dict[str, Any]
_LIST_INDENT = 20.0
_HEIGHT = 640.0  # of a picture at the most, so that its caption stands with it
_TURNED_HEIGHT = 420.0
_LABEL_COLUMN = 31.2
_NESTED_LABEL = 17.0
_NUMBER_EMS = 8.0  # of a heading's number, before it is broken into several lines


@dataclass(frozen=True, slots=True)
class Place:
    """How deep a block is in others, the room it has and the size of its type (points).

    ``height`` is the height that a page leaves for it.
    """

    depth: int = 0
    room: float = TEXT
    size: float = 11.0
    height: float = PORTRAIT_HEIGHT

    @property
    def ems(self) -> float:
        """The room in ems: a wider word may break anywhere."""
        return max(1.0, self.room / self.size)

    def inside(self, less: float = 0.0) -> Place:
        """The place inside a list, quotation or cell that stands here."""
        return replace(self, depth=self.depth + 1, room=max(self.room - less, self.size))


_FLOW = Place()
_NOTE = Place(depth=1, size=9.0)


def gathering_for(document: Document) -> Gathering:
    """A fresh gathering that knows the notes, pictures and link targets of ``document``."""
    return Gathering(
        notes=document.notes,
        images=document.images,
        targets=frozenset(_targets(document.blocks)),
        highest=min(_levels(document.blocks), default=1),
    )


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.level
        elif isinstance(block, Landscape):
            yield from _levels(block.blocks)


def _targets(blocks: Sequence[Block]) -> list[str]:
    """The identities of headings and tables that a link may lead to."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading(id=identity) if identity:
                found.append(identity)
            case Table(id=identity) if identity and any(row.cells for row in (*block.head, *block.body, *block.foot)):
                found.append(identity)
            case Landscape():
                found.extend(_targets(block.blocks))
            case _:
                pass
    return found


class Former:
    """Forms the blocks of one paper; holds its gathering."""

    def __init__(self, gathering: Gathering, *, turned: bool = False) -> None:
        self.gathering = gathering
        self.turned = turned

    def flow(self, blocks: Sequence[Block]) -> list[Form]:
        """Blocks at the top of a paper, where pages may be turned."""
        refuse_deep(blocks)
        forms: list[Form] = []
        for block in blocks:
            match block:
                case PageBreak():
                    forms.append({"k": "pb"})
                case Landscape():
                    self._turn(forms, Page.TURNED, self.flow_turned(block.blocks))
                case Table():
                    self._flow_table(forms, block)
                case _:
                    forms.extend(self.block(block, _FLOW))
        return forms

    def flow_turned(self, blocks: Sequence[Block]) -> list[Form]:
        """Blocks that already stand on a turned page."""
        outside, self.turned = self.turned, True
        try:
            return self.flow(blocks)
        finally:
            self.turned = outside

    def _page_height(self) -> float:
        """The height of the page between its margins."""
        return LANDSCAPE_HEIGHT if self.turned else PORTRAIT_HEIGHT

    def _page_room(self) -> float:
        """The width of the page between its outer margins."""
        return LANDSCAPE if self.turned else PORTRAIT

    def _flow_table(self, forms: list[Form], table: Table) -> None:
        caption = self._caption(table)
        formed = table_form(
            table,
            self.gathering,
            self._cell_blocks,
            room=self._page_room(),
            height=self._page_height(),
            may_turn=True,
        )
        if formed is None:
            forms.extend(_caption_alone(caption))
            return
        form = formed.form | caption | self._anchor(table.id) | {"top": 1}
        if formed.page is Page.UPRIGHT or (self.turned and formed.page is Page.TURNED):
            forms.append(form)
        else:
            self._turn(forms, formed.page, [form])

    def _turn(self, forms: list[Form], page: Page, inside: list[Form]) -> None:
        """Put ``inside`` on turned pages, with the headings that lead to it and what already stands turned."""
        leading: list[Form] = []
        while forms and forms[-1]["k"] == "h":
            leading.insert(0, forms.pop())
        if forms and forms[-1]["k"] == "land" and forms[-1]["page"] == page.value:
            forms[-1]["b"].extend([*leading, *inside])
        elif inside:
            forms.append({"k": "land", "page": page.value, "b": [*leading, *inside]})
        else:
            forms.extend(leading)

    def blocks(self, blocks: Sequence[Block], place: Place) -> list[Form]:
        """Blocks inside a list, a cell or a quotation."""
        return [form for block in blocks for form in self.block(block, place)]

    def _where(self) -> str:
        return f' under "{self.gathering.heading}"' if self.gathering.heading else ""

    def block(self, block: Block, place: Place) -> list[Form]:
        """One block as no form, one or several."""
        match block:
            case Heading():
                forms = [self._heading(block, place)] if block.number or block.content else []
            case Paragraph():
                content = self.runs(block.content, place.ems)
                heads = {"head": 1} if len(block.content) == 1 and isinstance(block.content[0], Strong) else {}
                forms = [{"k": "p", "c": content, **heads}] if content else []
            case ListBlock():
                forms = self._list(block, place)
            case Table():
                forms = self._inner_table(block, place)
            case Figure():
                forms = [self._figure(block, place)]
            case Quote():
                inside = self.blocks(block.blocks, place.inside(2 * _LIST_INDENT))
                forms = [{"k": "q", "b": inside}] if inside else []
            case Landscape():
                forms = self.blocks(block.blocks, place)
            case PageBreak():
                forms = []
        return forms

    def runs(self, inlines: tuple[Inline, ...], limit: float = _FLOW.ems) -> Runs:
        """Inlines as runs, with footnotes set where they are first called."""
        return runs(inlines, self.gathering, set_note=self._note, limit=limit)

    def _note(self, blocks: Sequence[Block]) -> list[Form]:
        refuse_deep(blocks)
        return self.blocks(blocks, _NOTE)

    def _heading(self, heading: Heading, place: Place) -> Form:
        content = self.runs(heading.content, min(place.ems, 18.0))
        if place.depth:
            # A heading inside a cell or list would break the paper's outline; it keeps its look.
            number = [f"{covered(heading.number, self.gathering)} "] if heading.number else []
            return {"k": "p", "c": [*number, *content], "strong": 1, "head": 1}
        gathering = self.gathering
        gathering.heading = f"{heading.number or ''} {plain(heading.content)}".strip()
        gathering.level = max(1, min(heading.level - gathering.highest + 1, gathering.level + 1))
        form: Form = {"k": "h", "l": gathering.level, "v": min(max(heading.level, 1), 6), "c": content}
        if heading.number:
            form["n"] = self.runs((Text(heading.number),), _NUMBER_EMS)
            form["nw"] = round(width(heading.number, bold=True), 3)
        return form | self._anchor(heading.id)

    def _anchor(self, identity: str | None) -> Form:
        anchor = self.gathering.anchor(identity)
        return {"id": anchor} if anchor else {}

    def _list(self, block: ListBlock, place: Place) -> list[Form]:
        if not block.items:
            return []
        labels = self._labels(block)
        items = [self.blocks(item.blocks, place.inside(_LIST_INDENT)) for item in block.items]
        if labels is None:
            return [{"k": "ul", "items": items}]
        widest = min(max(width(label) for label in labels) * 11.0, place.room / 2)
        numbers = [self.runs((Text(label),), place.ems / 2) if label else [] for label in labels]
        hang = place.depth == 0 and labels[0][:1].isdigit()
        column = max(_LABEL_COLUMN if hang else _NESTED_LABEL, round(widest + 1, 1))
        return [{"k": "ol", "labels": numbers, "w": column, "hang": int(hang), "items": items}]

    def _labels(self, block: ListBlock) -> list[str] | None:
        """The printed labels; an ordered list without any is counted 1., 2., 3."""
        if any(item.label for item in block.items):
            return [item.label or "" for item in block.items]
        return [f"{number}." for number in range(1, len(block.items) + 1)] if block.ordered else None

    def _cell_blocks(self, blocks: Sequence[Block], room: float, size: float, height: float) -> list[Form]:
        return self.blocks(blocks, Place(1, room, size, height))

    def _inner_table(self, table: Table, place: Place) -> list[Form]:
        """A table inside a list or a cell: it cannot turn its page."""
        caption = self._caption(table)
        formed = table_form(
            table,
            self.gathering,
            lambda blocks, room, size, height: self.blocks(blocks, Place(place.depth + 1, room, size, height)),
            room=place.room,
            height=min(place.height, self._page_height()),
            may_turn=False,
        )
        return [formed.form | caption | self._anchor(table.id)] if formed else _caption_alone(caption)

    def _caption(self, captioned: Table | Figure) -> Form:
        caption = self.runs(captioned.caption)
        return {"cap": caption} if caption else {}

    def _figure(self, figure: Figure, place: Place) -> Form:
        image = self.gathering.images.get(figure.image)
        if image is None:
            raise CannotSet(f'The picture "{figure.image}" is not there{self._where()}; add it or take it out.')
        source = f"{digest(image)[:32]}.{picture_kind(figure.image, image)}"
        self.gathering.used_images[source] = image
        room = place.room if place.depth else self._page_room()
        height = _TURNED_HEIGHT if self.turned else _HEIGHT
        wide, high = picture_size(figure.image, image, room=room, height=min(height, place.height))
        form: Form = {
            "k": "fig",
            "src": source,
            "alt": covered(figure.alt, self.gathering),
            "w": wide,
            "high": high + caption_height(plain(figure.caption), room),
            "top": int(wide > place.room),
        }
        return form | self._caption(figure)


def _caption_alone(caption: Form) -> list[Form]:
    """What is left of a table without cells."""
    return [{"k": "p", "c": caption["cap"]}] if caption else []


def paper_form(document: Document, gathering: Gathering, *, landscape: bool = False) -> Form:
    """The whole paper."""
    former = Former(gathering, turned=landscape)
    blocks = former.flow(document.blocks)
    return {
        "kind": "paper",
        "title": title_of(document, gathering),
        "turned": int(landscape),
        "b": blocks,
    }


def title_of(document: Document, gathering: Gathering) -> str:
    """The title for the file's metadata: the paper's own, its first heading, or what it is."""
    first = next((plain(block.content) for block in document.blocks if isinstance(block, Heading)), "")
    return covered(document.title or first, gathering).strip() or "Paper"
