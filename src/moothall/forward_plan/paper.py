"""A plan as a paper: the content tree, and from it the PDF (PDF/UA) by the press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moothall.core.press.store import Store
from moothall.core.press.tree.nodes import (
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Scope,
    Strong,
    Table,
    Text,
)
from moothall.forward_plan.public import PublicContact, PublicEntry, PublicPlan, PublicRequest
from moothall.forward_plan.slippage import UNDATED

if TYPE_CHECKING:
    from moothall.core.press.setting import SetPart

HEADS = ("Ref and date", "Decision maker", "Title", "Report author and contact", "Lead director")
WIDTHS = (2.0, 2.2, 5.6, 3.0, 2.2)
OUTCOMES = {
    "nowhere": "nothing yet",
    "future item": "among the future items",
    "planned": "planned for {aim}",
    "taken": "dealt with on {aim}",
    "closed": "{outcome}",
}


def set_plan(plan: PublicPlan, *, on: dt.date, store: Store, created: dt.datetime) -> SetPart:
    """The PDF of a plan as it stands on a day. Raises CannotSet."""
    from moothall.core.press.setting import set_paper  # noqa: PLC0415 - the press is large; other pages do without

    # Typst takes a fixed offset, not the zone of a place, and whole seconds
    moment = created.astimezone(dt.UTC).replace(microsecond=0)
    return set_paper(document(plan, on=on), store=store, created=moment, landscape=True)


def document(plan: PublicPlan, *, on: dt.date) -> Document:
    """The plan as a paper: introduction, a table for every meeting and month, future items, requests from minutes."""
    blocks: list[Block] = [Heading(1, _text(plan.title)), _paragraph(f"As on {_day(on)}.")]
    blocks += [_paragraph(each) for each in _paragraphs(plan.introduction)]
    for section in plan.sections:
        name = f"{plan.body_name}, {section.aim}" if section.day else section.aim
        blocks += [Heading(2, _text(name)), _table(section.entries)]
    if plan.future:
        blocks += [Heading(2, _text(f"{UNDATED}s")), _table(plan.future)]
    if not plan.entries:
        blocks.append(_paragraph("Nothing is planned at present."))
    blocks += _notes(plan)
    return Document(tuple(blocks), title=plan.title)


def _notes(plan: PublicPlan) -> Iterator[Block]:
    if plan.members:
        yield Heading(2, _text("Who decides"))
        yield ListBlock(tuple(ListItem((_paragraph(each),)) for each in plan.members))
    if plan.requests:
        yield Heading(2, _text("Asked for in minutes"))
        yield ListBlock(tuple(ListItem((_paragraph(_request(each)),)) for each in plan.requests))
    if plan.documents_from:
        yield Heading(2, _text("Documents"))
        yield from (_paragraph(each) for each in _paragraphs(plan.documents_from))
    if plan.contact is not None:
        yield _paragraph("This plan is kept by " + ", ".join(_contact(plan.contact)) + ".")


def _table(entries: Sequence[PublicEntry]) -> Table:
    head = Row(tuple(Cell((_paragraph(each),), Scope.COLUMN) for each in HEADS))
    return Table(tuple(_row(each) for each in entries), (head,), widths=WIDTHS)


def _row(entry: PublicEntry) -> Row:
    when = [entry.ref, "" if entry.aim == UNDATED else entry.aim]
    authors = [line for each in entry.authors for line in _contact(each)]
    return Row(
        (
            Cell((_lines(when),), Scope.ROW),
            Cell((_lines([entry.decision_maker]),)),
            Cell(tuple(_title(entry))),
            Cell((_lines(authors),)),
            Cell((_lines([entry.lead]),)),
        )
    )


def _title(entry: PublicEntry) -> Iterator[Paragraph]:
    yield Paragraph((Strong(_text(entry.title)),))
    told = (
        entry.matter,
        _key(entry),
        _private(entry),
        entry.slipped,
        f"Asked for: {entry.asked_by}." if entry.asked_by else "",
        f"Documents: {'; '.join(each.title for each in entry.documents)}." if entry.documents else "",
    )
    yield from (_paragraph(each) for each in told if each)


def _key(entry: PublicEntry) -> str:
    note = f" {entry.key_note}" if entry.key_note else ""
    return f"Key decision: {entry.key_reason}.{note}" if entry.key else ""


def _private(entry: PublicEntry) -> str:
    if not entry.private:
        return ""
    grounds = [f"paragraph {number} of Schedule 12A" for number, _ in entry.paragraphs]
    grounds += ["confidential information"] if entry.confidential else []
    return f"In private ({', '.join(grounds)}). {entry.private_reason}"


def _request(each: PublicRequest) -> str:
    outcome = OUTCOMES[each.became].format(aim=each.entry_aim, outcome=each.outcome)
    return f"{each.asked} (minute {each.minute}, {_day(each.meeting_day)}): {outcome.rstrip('.')}."


def _contact(contact: PublicContact) -> list[str]:
    phone = f"Tel: {contact.phone}" if contact.phone else ""
    return [each for each in (contact.name, phone, contact.email) if each]


def _lines(lines: Sequence[str]) -> Paragraph:
    content: list[Inline] = []
    for line in filter(None, lines):
        content += [LineBreak(), Text(line)] if content else [Text(line)]
    return Paragraph(tuple(content))


def _paragraphs(text: str) -> list[str]:
    return [each for line in text.splitlines() if (each := line.strip())]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(_text(text))


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
