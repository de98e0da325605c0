"""Sheets as the template reads them: mostly the blocks of any paper, with a few kinds of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from moothall.core.documents.tree import (
    Block,
    Cell,
    Heading,
    Inline,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Scope,
    Strong,
    Table,
    Text,
)
from moothall.core.pdf.typeset.column_widths import TEXT
from moothall.core.pdf.typeset.front_pages import (
    AgendaItem,
    Blank,
    ChangeList,
    Contact,
    ExemptSheet,
    Front,
    Letter,
    Note,
    PaperNotice,
    Sheet,
    SupplementCover,
    TextPages,
)
from moothall.core.pdf.typeset.glyphs import width
from moothall.core.pdf.typeset.inlines import Gathering, covered
from moothall.core.pdf.typeset.paper_json import Form, Former, Place

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB = re.compile(r"(https?://|www\.)[^\s]+")
_LABEL_COLUMN = 31.2
_SUBJECT = 7  # the look of a letter's subject line


def sheet_form(sheet: Sheet, gathering: Gathering) -> Form:
    """The whole sheet."""
    writer = _Writer(gathering)
    match sheet:
        case Front():
            title, forms = sheet.title, writer.front(sheet)
        case ExemptSheet():
            title, forms = f"{sheet.heading}: item {sheet.item_number}", writer.exempt(sheet)
        case SupplementCover():
            title, forms = f"{sheet.heading} {sheet.number}: {sheet.meeting}", writer.supplement(sheet)
        case ChangeList():
            title, forms = f"{sheet.heading}: {sheet.meeting}", writer.changes(sheet)
        case PaperNotice():
            title, forms = f"{sheet.heading}: {sheet.paper}", writer.notice(sheet)
        case TextPages():
            title, forms = f"{sheet.heading}: {sheet.paper}", writer.text_pages(sheet)
        case Blank():
            title, forms = sheet.text, [writer.kind("blank", sheet.text)]
    return {"kind": "sheet", "title": covered(title, gathering), "turned": 0, "b": forms}


class _Writer:
    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.former = Former(gathering)

    def kind(self, name: str, text: str) -> Form:
        """A line of text in one of the sheet's own looks."""
        return {"k": name, "c": self.former.runs(_text(text))}

    def blocks(self, blocks: Sequence[Block]) -> list[Form]:
        return self.former.flow(blocks)

    def front(self, sheet: Front) -> list[Form]:
        return [
            *self.letter(sheet.letter, sheet.title),
            *self.notes(sheet.notes_heading, sheet.notes),
            {"k": "pb"},
            *self.agenda(sheet),
        ]

    def letter(self, letter: Letter, title: str) -> list[Form]:
        return [
            {
                "k": "letterhead",
                "council": self.former.runs(_text(letter.council)),
                "office": self.former.runs(_text(letter.office)),
                "address": [self.former.runs(_text(line)) for line in letter.address],
                "facts": [
                    [self.former.runs(_text(label)), self.former.runs(_reachable(value))]
                    for label, value in letter.facts
                ],
            },
            *self.blocks([_paragraph(Strong(_text(letter.addressed)))]),
            *self.blocks(_addressees(letter)),
            {"k": "gap", "pt": 8},
            *self.blocks([_plain(letter.salutation)]),
            *(form | {"v": _SUBJECT} for form in self.blocks([Heading(1, _text(title))])),
            *self.blocks(letter.body),
            {"k": "sign", "lines": [self.former.runs(_text(line)) for line in _signature(letter)]},
            *([{"k": "panel", "b": self.blocks([_plain(line) for line in letter.notice])}] if letter.notice else []),
        ]

    def notes(self, heading: str, notes: Sequence[Note]) -> list[Form]:
        if not notes:
            return []
        items = tuple(
            ListItem((_paragraph(Strong(_text(note.title))), *note.blocks), label=note.number) for note in notes
        )
        return [{"k": "pb"}, *self.blocks([Heading(2, _text(heading)), ListBlock(items, ordered=True)])]

    def agenda(self, sheet: Front) -> list[Form]:
        return [
            *self.blocks([Heading(2, _text(f"{sheet.agenda_heading}"))]),
            *self.blocks([_paragraph(Strong(_text(sheet.body))), _plain(sheet.where)]),
            self.items(sheet.items),
            *self.blocks(sheet.closing),
        ]

    def items(self, items: Sequence[AgendaItem]) -> Form:
        labels = [item.number for item in items]
        return {
            "k": "agenda",
            "labels": [self.former.runs(_text(label), TEXT / 2 / 11) for label in labels],
            "w": min(max(_LABEL_COLUMN, *(round(width(label, bold=True) * 11.0 + 1, 1) for label in labels)), TEXT / 2),
            "items": [self.item(item) for item in items],
        }

    def item(self, item: AgendaItem) -> Form:
        return {
            "title": self.former.runs(_text(item.title)),
            "over": self.former.runs(_text(item.heading)),
            "pages": self.pages(item.pages, item.key),
            "marks": [self.former.runs(_text(mark)) for mark in item.marks],
            "blurb": self.former.blocks(item.blurb, Place(depth=1)),
            "papers": [
                {"title": self.former.runs(_text(paper.title)), "pages": self.pages(paper.pages, paper.key)}
                for paper in item.papers
            ],
        }

    def pages(self, pages: str, key: str) -> list[object]:
        return self.former.runs((_led(pages, key),)) if pages else []

    def exempt(self, sheet: ExemptSheet) -> list[Form]:
        law = f"{sheet.paragraph} of {sheet.act}"
        return [
            self.kind("over", f"{sheet.council} · {sheet.meeting}"),
            *self.blocks([Heading(1, _text(sheet.heading))]),
            *self.blocks([_form_table((("Item", sheet.item_number), ("Title", sheet.item_title)))]),
            *self.blocks(
                [
                    _plain(f"The papers for this item hold exempt information as defined in {law}:"),
                    Quote((_plain(sheet.wording),)),
                    Heading(2, _text("The public interest")),
                    _plain(sheet.interest),
                ]
            ),
        ]

    def supplement(self, sheet: SupplementCover) -> list[Form]:
        facts = tuple(pair for pair in (("Supplement", sheet.number), ("Published", sheet.date)) if pair[1])
        return [
            self.kind("over", sheet.council),
            *self.blocks([Heading(1, _text(sheet.heading)), _paragraph(Strong(_text(sheet.meeting)))]),
            *self.blocks([_plain(sheet.where), _form_table(facts)]),
            *self.blocks([Heading(2, _text(sheet.reason_heading)), _plain(sheet.reason)]),
            *self.blocks([Heading(2, _text(sheet.items_heading))]),
            *([self.items(sheet.items)] if sheet.items else self.blocks([_plain(sheet.empty)])),
            *self.contact(sheet.contact),
        ]

    def changes(self, sheet: ChangeList) -> list[Form]:
        rows = tuple(
            Row(
                (
                    Cell((_paragraph(_led(change.pages, change.key)),), scope=Scope.ROW),
                    Cell((_plain(change.paper),)),
                    Cell((_plain(change.change),)),
                )
            )
            for change in sheet.changes
        )
        head = Row(tuple(Cell((_plain(name),), scope=Scope.COLUMN) for name in sheet.columns))
        facts = tuple(pair for pair in (("Version", sheet.version), ("Published", sheet.date)) if pair[1])
        return [
            self.kind("over", f"{sheet.council} · {sheet.meeting}"),
            *self.blocks([Heading(1, _text(sheet.heading)), _form_table(facts), _plain(sheet.explanation)]),
            *self.blocks([Table(rows, head=(head,), widths=(16, 34, 50)) if rows else _plain(sheet.empty)]),
        ]

    def notice(self, sheet: PaperNotice) -> list[Form]:
        facts = ((sheet.labels[0], sheet.paper), (sheet.labels[1], sheet.pages))
        return [
            self.kind("over", f"{sheet.council} · {sheet.meeting}"),
            *self.blocks([Heading(1, _text(sheet.heading)), _form_table(facts)]),
            *self.blocks([_plain(sheet.explanation), _plain(sheet.asking)]),
            *self.contact(sheet.contact),
        ]

    def contact(self, contact: Contact | None) -> list[Form]:
        if contact is None:
            return []
        lines = [_paragraph(Strong(_text(contact.name))), *(Paragraph(_reachable(line)) for line in contact.lines)]
        return [{"k": "panel", "b": self.blocks(lines)}]

    def text_pages(self, sheet: TextPages) -> list[Form]:
        forms = self.blocks([Heading(1, _text(f"{sheet.heading}: {sheet.paper}"))])
        for name, text in sheet.pages:
            paragraphs = [_plain(part) for part in text.split("\n\n") if part.strip()]
            forms += self.blocks([Heading(2, _text(name)), *paragraphs])
        return forms


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text),) if text else ()


def _paragraph(*content: Inline) -> Paragraph:
    return Paragraph(content)


def _plain(text: str) -> Paragraph:
    return Paragraph(_text(text))


def _led(text: str, key: str) -> Inline:
    """``text`` as a link to the pack's part ``key``, where there is one."""
    return Link(f"moothall:part/{key}", (Text(text),)) if key else Text(text)


def _reachable(text: str) -> tuple[Inline, ...]:
    """``text``, as a link where it is an e-mail or web address."""
    if _EMAIL.fullmatch(text):
        return (Link(f"mailto:{text}", (Text(text),)),)
    if _WEB.fullmatch(text):
        return (Link(text if "://" in text else f"https://{text}", (Text(text),)),)
    return _text(text)


def _addressees(letter: Letter) -> list[Block]:
    groups: list[Block] = [
        _paragraph(Strong(_text(f"{group.role}: ")), *_text(_listed(group.names))) for group in letter.groups
    ]
    return [*groups, *(_plain(other) for other in letter.others)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _signature(letter: Letter) -> list[str]:
    return [line for line in (letter.close, letter.signed_by, letter.signed_for) if line]


def _form_table(pairs: Sequence[tuple[str, str]]) -> Table:
    """Labels and values, each label the header of its row."""
    return Table(
        tuple(Row((Cell((_plain(label),), scope=Scope.ROW), Cell((_plain(value),)))) for label, value in pairs)
    )
