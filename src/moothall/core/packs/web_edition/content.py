"""Turns a laid-out pack into what its web pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from msgspec.structs import replace

from moothall.core.clocks import say
from moothall.core.packs import front_matter, publication_context
from moothall.core.packs.layout import Issue, Layout
from moothall.core.packs.meeting import Item, Meeting
from moothall.core.packs.order import Standing, Variant
from moothall.core.packs.page_labels import Placed, page_range
from moothall.core.packs.prepared_papers import Prepared
from moothall.core.packs.web_edition.paper_html import fragment
from moothall.core.packs.web_edition.writer import (
    Group,
    ItemView,
    Neighbour,
    NoteView,
    PackView,
    PaperView,
    TextPage,
    paragraphs,
)
from moothall.core.pdf.typeset.front_pages import AgendaItem


@dataclass(frozen=True, slots=True)
class Shown:
    """A pack as web pages: the view, and the files that its pages use (pictures, uploaded PDFs) by name."""

    view: PackView
    files: Mapping[str, Path]


def show(issue: Issue, layout: Layout, *, pages: int) -> Shown:
    """The pages of one variant; ``pages`` is how many its PDF has."""
    papers = [each.prepared for each in layout.standings if each.prepared]
    images = {f"images/{name}": path for each in papers for name, path in each.images.items()}
    uploads = {_file(each): each.prepared.pdf for each in layout.standings if each.prepared and each.prepared.taken}
    return Shown(_pack(issue, layout, pages), images | uploads)


def _pack(issue: Issue, layout: Layout, pages: int) -> PackView:
    meeting, which = issue.meeting_for(layout.variant), issue.which
    day = say(publication_context.start(meeting).date())
    supplement = which.supplement > 0
    agenda = front_matter.agenda(meeting, issue.standings, layout.places)
    return PackView(
        title=f"{meeting.body}, {day}",
        heading=f"{meeting.body}: {which.name}" if which.name else meeting.body,
        council=meeting.council,
        body=meeting.body,
        when=publication_context.when(meeting),
        place=meeting.place,
        pdf="../pack.pdf",
        pages=pages,
        items=_turned([_item(issue, layout, index, line) for index, line in enumerate(agenda)]),
        contact=_contact(meeting),
        late=which.lateness,
        reason=which.reason if which.reissue else "",
        changes=layout.differences.sentences if layout.differences else (),
        letter=None if supplement else _markdown(meeting.letter.text),
        signed=_signed(meeting),
        members=()
        if supplement
        else tuple(Group(each.role, each.names) for each in front_matter.member_groups(meeting)),
        notes=() if supplement else _notes(meeting),
    )


def _signed(meeting: Meeting) -> tuple[str, ...]:
    own = meeting.letter
    return tuple(line for line in (own.close, own.signed_by or meeting.contact.name, own.on_behalf_of) if line)


def _contact(meeting: Meeting) -> str:
    ways = [way for way in (meeting.contact.name, meeting.contact.phone, meeting.contact.email) if way]
    return f"Contact: {', '.join(ways)}" if ways else ""


def _notes(meeting: Meeting) -> tuple[NoteView, ...]:
    return tuple(NoteView(note.title, _markdown(note.text) or Markup()) for note in publication_context.notes(meeting))


def _markdown(text: str) -> Markup | None:
    return Markup(fragment(front_matter.markdown(text))) if text else None  # noqa: S704 - sanitised: see fragment


def _item(issue: Issue, layout: Layout, index: int, line: AgendaItem) -> ItemView:
    """What the page of an item shows; ``line`` is the agenda's."""
    item = issue.meeting_for(layout.variant).items[index]
    here = [each for each in layout.standings if each.item == index]
    return ItemView(
        number=str(item.number),
        title=item.title,
        text=_markdown(item.text),
        page=_page(issue.meeting, index) if here else "",
        range=line.pages.strip("()"),
        restricted=_restricted(line, layout.variant),
        papers=tuple(_paper(issue, each, layout.places[each.key]) for each in here),
        to_follow=item.to_follow,
    )


def _restricted(line: AgendaItem, variant: Variant) -> str:
    if front_matter.EXEMPT not in line.marks:
        return ""
    return "Not for publication" if variant is Variant.PUBLIC else "Holds papers that are not for publication"


def _paper(issue: Issue, standing: Standing, placed: Placed) -> PaperView:
    where = page_range(placed.labels)
    if standing.prepared is None:
        return PaperView(
            id=standing.key,
            title="Not for publication",
            range=where,
            language=issue.meeting.language,
            html=_why_not(issue, standing.item),
        )
    prepared = standing.prepared
    return PaperView(
        id=standing.key,
        title=prepared.title,
        range=where,
        language=prepared.language or issue.meeting.language,
        html=None if prepared.html is None else Markup(prepared.html),  # noqa: S704 - sanitised: see fragment
        texts=tuple(_texts(prepared, placed)),
        pdf=_file(standing) if prepared.taken else "",
        mark="Exempt: not for publication" if standing.exempt else "",
    )


def _why_not(issue: Issue, index: int) -> Markup:
    sheet = front_matter.exempt_sheet(issue.meeting, issue.meeting.items[index], issue.exemptions(index))
    return Markup("<p>This paper is exempt under {} of {}: {}</p>\n<p>{}</p>").format(
        sheet.paragraph, sheet.act, sheet.wording, sheet.interest
    )


def _texts(prepared: Prepared, placed: Placed) -> Iterator[TextPage]:
    if prepared.taken:
        for label, facts in zip(placed.labels, prepared.taken.pages, strict=True):
            yield TextPage(label, paragraphs(facts.text))


def _file(standing: Standing) -> str:
    return f"papers/{standing.key}.pdf"


def _page(meeting: Meeting, index: int) -> str:
    """The file of an item's page: after its number, and after its place where two numbers would share a file."""
    slugs = [_slug(item) for item in meeting.items]
    slug = slugs[index] if slugs.count(slugs[index]) == 1 else f"{slugs[index]}_{index + 1}"
    return f"item-{slug}.html"


def _slug(item: Item) -> str:
    kept = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in str(item.number))
    return kept.strip("-").lower() or "0"


def _turned(items: Sequence[ItemView]) -> tuple[ItemView, ...]:
    """Each item with a page gets its neighbours that have one."""
    paged = [item for item in items if item.page]
    at = {item.page: index for index, item in enumerate(paged)}

    def neighbour(item: ItemView, step: int) -> Neighbour | None:
        index = at[item.page] + step
        if not 0 <= index < len(paged):
            return None
        return Neighbour(paged[index].number, paged[index].title, paged[index].page)

    return tuple(
        replace(item, before=neighbour(item, -1), after=neighbour(item, 1)) if item.page else item for item in items
    )
