"""A plan as a paper: the content tree, and from it the PDF (PDF/UA) by the press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.documents.tree import (
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
from moothall.core.pdf.cache import Store
from moothall.forward_plan.public import PublicContact, PublicEntry, PublicPlan, PublicRequest
from moothall.foundation.translation import say_date

if TYPE_CHECKING:
    from moothall.core.pdf.typeset import SetPart

HEADS = (
    gettext_lazy("Ref and date"),
    gettext_lazy("Decision maker"),
    gettext_lazy("Title"),
    gettext_lazy("Report author and contact"),
    gettext_lazy("Lead director"),
)
WIDTHS = (2.0, 2.2, 5.6, 3.0, 2.2)
OUTCOMES = {
    "nowhere": gettext_lazy("{asked} (minute {minute}, {day}): nothing yet."),
    "future item": gettext_lazy("{asked} (minute {minute}, {day}): among the future items."),
    "planned": gettext_lazy("{asked} (minute {minute}, {day}): planned for {aim}."),
    "taken": gettext_lazy("{asked} (minute {minute}, {day}): dealt with on {aim}."),
    "closed": gettext_lazy("{asked} (minute {minute}, {day}): {outcome}."),
}


def papers() -> Store:
    """Where papers of plans are kept once they are made; tidied up every night (``forward_plan.jobs``)."""
    return Store(settings.DATA / "press")


def set_plan(plan: PublicPlan, *, on: dt.date, store: Store, created: dt.datetime) -> SetPart:
    """The PDF of a plan as it stands on a day. Raises CannotSet."""
    from moothall.core.pdf.typeset import set_paper  # noqa: PLC0415 - the press is large; other pages do without

    # Typst takes a fixed offset, not the zone of a place, and whole seconds
    moment = created.astimezone(dt.UTC).replace(microsecond=0)
    return set_paper(document(plan, on=on), store=store, created=moment, landscape=True)


def document(plan: PublicPlan, *, on: dt.date) -> Document:
    """The plan as a paper: introduction, a table for every meeting and month, future items, requests from minutes."""
    blocks: list[Block] = [Heading(1, _text(plan.title)), _paragraph(_("As on {day}.").format(day=say_date(on)))]
    blocks += [_paragraph(each) for each in _paragraphs(plan.introduction)]
    for section in plan.sections:
        name = _("{body}, {day}").format(body=plan.body_name, day=section.aim) if section.day else section.aim
        blocks += [Heading(2, _text(name)), _table(section.entries)]
    if plan.future:
        blocks += [Heading(2, _text(_("Future items"))), _table(plan.future)]
    if not plan.entries:
        blocks.append(_paragraph(_("Nothing is planned at present.")))
    blocks += _notes(plan)
    return Document(tuple(blocks), title=plan.title)


def _notes(plan: PublicPlan) -> Iterator[Block]:
    if plan.members:
        yield Heading(2, _text(_("Who decides")))
        yield ListBlock(tuple(ListItem((_paragraph(each),)) for each in plan.members))
    if plan.requests:
        yield Heading(2, _text(_("Asked for in minutes")))
        yield ListBlock(tuple(ListItem((_paragraph(_request(each)),)) for each in plan.requests))
    if plan.documents_from:
        yield Heading(2, _text(_("Documents")))
        yield from (_paragraph(each) for each in _paragraphs(plan.documents_from))
    if plan.contact is not None:
        kept = _("This plan is kept by {contact}.").format(contact=", ".join(_contact(plan.contact)))
        yield _paragraph(kept)


def _table(entries: Sequence[PublicEntry]) -> Table:
    head = Row(tuple(Cell((_paragraph(str(each)),), Scope.COLUMN) for each in HEADS))
    return Table(tuple(_row(each) for each in entries), (head,), widths=WIDTHS)


def _row(entry: PublicEntry) -> Row:
    when = [entry.ref, entry.aim if entry.day or entry.month else ""]
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
        _("Asked for: {minute}.").format(minute=entry.asked_by) if entry.asked_by else "",
        _documents(entry),
    )
    yield from (_paragraph(each) for each in told if each)


def _key(entry: PublicEntry) -> str:
    if not entry.key:
        return ""
    told = _("Key decision: {reason}.").format(reason=entry.key_reason)
    return f"{told} {entry.key_note}" if entry.key_note else told


def _documents(entry: PublicEntry) -> str:
    titles = "; ".join(each.title for each in entry.documents)
    return _("Documents: {titles}.").format(titles=titles) if titles else ""


def _private(entry: PublicEntry) -> str:
    if not entry.private:
        return ""
    paragraph = _("paragraph {number} of Schedule 12A")
    grounds = [paragraph.format(number=number) for number, _wording in entry.paragraphs]
    grounds += [_("confidential information")] if entry.confidential else []
    return _("In private ({grounds}). {reason}").format(grounds=", ".join(grounds), reason=entry.private_reason)


def _request(each: PublicRequest) -> str:
    return str(OUTCOMES[each.became]).format(
        asked=each.asked,
        minute=each.minute,
        day=say_date(each.meeting_day),
        aim=each.entry_aim,
        outcome=each.outcome.rstrip("."),
    )


def _contact(contact: PublicContact) -> list[str]:
    phone = _("Tel: {number}").format(number=contact.phone) if contact.phone else ""
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
